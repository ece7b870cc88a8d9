"""A process written in steps: drawn, listed, decided on, and fixed with its version."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client

from accounts.models import Member
from documents import actions, rules
from documents.actions import add_step, change_step, draft, edit, move_step, take_away_step
from documents.comparison import WordChange, compare
from documents.flowchart import NARROW, WIDE, FlowStep, flowcharts
from documents.models import DocumentKind, Form, ProcessStep, Version
from documents.steps import said_by_item, told, whole
from foundation.addresses import at
from foundation.refusals import Refused
from groups.models import Decision, Group
from tests.conftest import Login
from tests.documents.conftest import Adopt

Words = dict[str, Any]
Write = Callable[..., Version]
ASK: Words = {"name": "Ask people", "who_decides": "Each person.", "consumers": "They speak first."}
CHOOSE: Words = {
    "name": "Choose an idea",
    "who_decides": "The cell, by consent.",
    "consumers": "Two of them must agree.",
    "feedback": "Whoever raised it is told in a month.",
    "appeal": "The oversight committee answers in a month.",
    "measure": "A goal with a number.",
}


@pytest.fixture
def write(administrator: Member) -> Write:
    def write(*steps: Words) -> Version:
        version = draft(
            DocumentKind.PROCESS, text="It follows our mission.", form=Form.STEPS, by=administrator
        )
        for each in steps:
            add_step(version, **each, by=administrator)
        return version

    return write


@pytest.fixture
def proposed(write: Write, committee: Group, board: Group, administrator: Member) -> Version:
    version = write(ASK, CHOOSE)
    actions.propose_for_ratification(version, by=administrator)
    version.refresh_from_db()
    return version


def names(version: Version) -> list[str]:
    fresh = Version.objects.within(version.agency).get(pk=version.pk)
    return [step.name for step in fresh.ordered_steps]


def test_steps_are_added_moved_changed_and_taken_away(write: Write, administrator: Member) -> None:
    version = write(ASK, CHOOSE)
    first, second = version.ordered_steps
    assert move_step(second, up=True, by=administrator)
    assert names(version) == ["Choose an idea", "Ask people"]
    assert not move_step(second, up=True, by=administrator)
    change_step(first, **{**ASK, "name": "Ask everybody"}, version=1, by=administrator)
    assert names(version) == ["Choose an idea", "Ask everybody"]
    with pytest.raises(ValidationError, match="Somebody changed this"):
        change_step(first, **ASK, version=1, by=administrator)
    take_away_step(second, by=administrator)
    assert names(version) == ["Ask everybody"]
    with pytest.raises(ValidationError, match="took this step away"):
        take_away_step(second, by=administrator)


def test_a_step_says_who_decides_and_where_consumers_sit(
    write: Write, administrator: Member
) -> None:
    version = write()
    with pytest.raises(ValidationError) as caught:
        add_step(version, name="Ask", who_decides=" ", consumers="", by=administrator)
    assert set(caught.value.message_dict) == {"who_decides", "consumers"}


def test_only_a_draft_in_steps_takes_steps(
    write: Write, administrator: Member, consumer: Member
) -> None:
    version = write(ASK)
    assert rules.adding_step(version, consumer, there=1) is not None
    assert rules.adding_step(version, administrator, there=15) is not None
    with pytest.raises(ValidationError) as caught:
        edit(version, text="All of it.", form=Form.NARRATIVE, text_equivalent="", by=administrator)
    assert "form" in caught.value.message_dict
    take_away_step(version.ordered_steps[0], by=administrator)
    edit(version, text="All of it.", form=Form.NARRATIVE, text_equivalent="", by=administrator)
    with pytest.raises(Refused):
        add_step(version, **ASK, by=administrator)


def test_a_process_without_steps_or_with_open_blanks_is_not_proposed(
    write: Write, committee: Group, board: Group, administrator: Member
) -> None:
    version = write()
    with pytest.raises(Refused):
        actions.propose_for_ratification(version, by=administrator)
    add_step(version, **{**ASK, "consumers": "[[where they sit]]"}, by=administrator)
    with pytest.raises(Refused):
        actions.propose_for_ratification(version, by=administrator)


def test_the_bodies_decide_on_the_steps(proposed: Version) -> None:
    decisions = Decision.objects.within(proposed.agency).filter(subject_id=proposed.pk)
    for decision in decisions.filter(subject_type="document_version"):
        assert "2. Choose an idea\nWho decides: The cell, by consent." in decision.text
        assert "Appeal: The oversight committee answers in a month." in decision.text


def test_once_proposed_nobody_changes_its_steps(proposed: Version, administrator: Member) -> None:
    step = proposed.ordered_steps[0]
    for act in (
        lambda: add_step(proposed, **ASK, by=administrator),
        lambda: change_step(step, **CHOOSE, by=administrator),
        lambda: move_step(step, up=False, by=administrator),
        lambda: take_away_step(step, by=administrator),
    ):
        with pytest.raises(Refused):
            act()
    assert names(proposed) == ["Ask people", "Choose an idea"]


ATTACKS = {
    "its words": "UPDATE documents_processstep SET appeal = 'None.' WHERE process_id = {version}",
    "its order": "UPDATE documents_processstep SET position = 9 - position"
    " WHERE process_id = {version}",
    "taken away": "DELETE FROM documents_processstep WHERE process_id = {version}",
    "one more": "INSERT INTO documents_processstep (agency_id, process_id, position, name,"
    " who_decides, consumers, feedback, appeal, measure) VALUES"
    " ({agency}, {version}, 9, 'Ask the manager', 'The manager.', 'Nowhere.', '', '', '')",
    "the text": "UPDATE documents_version SET text = 'Another text.' WHERE id = {version}",
    "a draft again": "UPDATE documents_version SET proposed_on = NULL, in_force_on = NULL"
    " WHERE id = {version}",
    "another form": "UPDATE documents_version SET form = 'narrative' WHERE id = {version}",
    "never in force": "UPDATE documents_version SET in_force_on = NULL WHERE id = {version}",
    "as if erased": "SET LOCAL cqi.erasing = 'on'; UPDATE documents_processstep"
    " SET appeal = 'None.' WHERE process_id = {version}",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_keeps_a_version_in_force_as_it_was_adopted(
    attack: str, proposed: Version, adopt: Adopt
) -> None:
    adopt(proposed)
    assert proposed.in_force_on is not None
    before = whole(proposed)
    statement = ATTACKS[attack].format(version=proposed.pk, agency=proposed.agency_id)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert whole(Version.objects.within(proposed.agency).get(pk=proposed.pk)) == before


def test_the_database_takes_no_step_past_a_draft(
    proposed: Version, administrator: Member, write: Write
) -> None:
    """A step of a new draft can’t be pushed into a version that was put to a decision."""
    version = draft(
        DocumentKind.PROCESS, text="Next.", form=Form.STEPS, like=proposed, by=administrator
    )
    step = version.ordered_steps[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        ProcessStep.objects.within(version.agency).filter(pk=step.pk).update(
            process=proposed, position=7
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.within(version.agency).filter(pk=version.pk).update(form=Form.NARRATIVE)


def test_a_new_version_begins_with_the_steps_and_the_difference_shows_them(
    proposed: Version, administrator: Member
) -> None:
    version = draft(
        DocumentKind.PROCESS,
        text="It follows our mission.",
        form=Form.STEPS,
        like=proposed,
        by=administrator,
    )
    assert names(version) == ["Ask people", "Choose an idea"]
    assert all(
        piece.change is WordChange.SAME
        for pieces in compare(whole(proposed), whole(version))
        for piece in pieces
    )
    second = version.ordered_steps[1]
    changed = {**CHOOSE, "who_decides": "The cell, by vote."}
    change_step(second, **changed, by=administrator)
    fresh = Version.objects.within(version.agency).get(pk=version.pk)
    pieces = [piece for row in compare(whole(proposed), whole(fresh)) for piece in row]
    assert [piece.text for piece in pieces if piece.change is WordChange.REMOVED] == ["consent."]
    assert [piece.text for piece in pieces if piece.change is WordChange.ADDED] == ["vote."]


def test_what_the_steps_say_stands_beside_the_checklist(write: Write) -> None:
    version = write(ASK, CHOOSE)
    said = said_by_item(version)
    assert said["appeal"] == ("2. Choose an idea: The oversight committee answers in a month.",)
    assert len(said["who_decides"]) == 2
    assert told(version).missing == ()


def test_what_no_step_says_is_told(write: Write) -> None:
    assert told(write(ASK)).missing == ("Told back", "Appeal", "Measured by")


def test_every_word_is_drawn_inside_the_picture() -> None:
    words = "A long sentence about who decides in this step and about everybody who is asked. " * 3
    steps = [
        FlowStep("Ask " * 20, (words,), (words, words)),
        FlowStep("X", ("Who decides: we",), ()),
        FlowStep("Antidisestablishmentarianism" * 3, (words,), (words,)),
    ]
    for form, picture in zip((WIDE, NARROW), flowcharts(steps), strict=True):
        drawn = " ".join(line.words for box in picture.boxes for line in box.lines)
        assert drawn.count("about everybody") == 15
        for box in picture.boxes:
            for line in box.lines:
                room = form.aside if box.aside else form.step
                letter = 0.62 if line.bold else 0.56
                assert float(line.x) >= room[0]
                assert float(line.x) + letter * form.letters * len(line.words) <= sum(room)
                assert 0 < float(line.y) < picture.height
        assert len(picture.heads) == len(picture.lines) == 2
        assert len(picture.links) == 2


def test_pages_show_the_drawing_and_the_list(
    proposed: Version, adopt: Adopt, consumer: Member, login: Login
) -> None:
    adopt(proposed)
    client: Client = login(consumer)
    agency = proposed.agency
    for page in (
        at(agency, "documents:document", kind="process"),
        at(agency, "documents:version", pk=proposed.pk),
        at(agency, "documents:print_version", pk=proposed.pk),
        at(agency, "documents:rate", pk=proposed.pk),
    ):
        text = client.get(page).content.decode()
        assert text.count("<svg xmlns") == 2
        assert "<strong>Choose an idea</strong>" in text
    assert "2. Choose an idea: A goal with a number." in text


def test_who_writes_no_drafts_finds_no_page_of_a_step(
    write: Write, consumer: Member, login: Login
) -> None:
    version = write(ASK)
    step = version.ordered_steps[0]
    client: Client = login(consumer)
    for name in ("change_step", "move_step", "take_away_step"):
        assert client.get(at(version.agency, f"documents:{name}", pk=step.pk)).status_code == 404
    assert client.get(at(version.agency, "documents:add_step", pk=version.pk)).status_code == 404
