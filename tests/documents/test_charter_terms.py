"""A charter says its terms as data; once put to a decision, nobody changes them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from accounts.models import Member
from documents import actions, rules
from documents.actions import draft, enter_terms
from documents.comparison import WordChange, compare
from documents.models import CharterTerms, DecidesBy, DocumentKind, Version
from documents.steps import told, whole
from foundation.addresses import at
from foundation.refusals import Refused
from groups import kinds
from groups.models import Decision, Group
from tests.conftest import Login
from tests.documents.conftest import Adopt, send

Terms = dict[str, Any]
Charter = Callable[..., Version]
TERMS: Terms = {
    "seats_consumers": 2,
    "seats_family": 0,
    "seats_staff": 1,
    "seats_others": 0,
    "term_months": 24,
    "terms_in_a_row": 3,
    "quorum_percent": 50,
    "quorum_consumers": 2,
    "decides_by": DecidesBy.CONSENT,
    "chair": True,
    "co_chair": False,
    "note_taker": False,
    "grounds": "Whoever stays away from three meetings in a row gives up the seat.",
    "powers": "It decides on the survey.",
    "budget": "",
    "disputes": "",
    "minutes_to_board": True,
    "minutes_to_program": True,
    "minutes_to_public": False,
}


@pytest.fixture
def charter(administrator: Member) -> Charter:
    """A draft of the charter with its terms: `charter(term_months=12)`."""

    def charter(**changed: object) -> Version:
        version = draft(DocumentKind.CHARTER, text="We meet each month.", by=administrator)
        enter_terms(version, **{**TERMS, **changed}, by=administrator)
        return fresh(version)

    return charter


@pytest.fixture
def proposed(charter: Charter, committee: Group, board: Group, administrator: Member) -> Version:
    version = charter()
    actions.propose_for_ratification(version, by=administrator)
    return fresh(version)


def fresh(version: Version) -> Version:
    rows = Version.objects.within(version.agency).select_related("document", "terms")
    found = rows.get(pk=version.pk)
    found.agency = version.agency
    return found


def test_the_bodies_decide_on_the_terms(proposed: Version) -> None:
    decisions = Decision.objects.within(proposed.agency).filter(subject_id=proposed.pk)
    texts = [each.text for each in decisions.filter(subject_type="document_version")]
    assert len(texts) == 2
    for text in texts:
        assert "For consumers: 2\nFor staff: 1" in text
        assert "Quorum: 50% of those with a vote" in text
        assert "Terms in a row: At most 3" in text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"seats_family": 1}, "seats_consumers"),
        ({"seats_consumers": 61}, "seats_consumers"),
        ({"quorum_consumers": 3}, "quorum_consumers"),
        ({"quorum_consumers": 1}, "quorum_consumers"),
        ({"chair": False}, "chair"),
    ],
)
def test_terms_that_no_charter_can_have_are_told_by_their_field(
    changed: Terms, field: str, charter: Charter, administrator: Member
) -> None:
    version = charter()
    with pytest.raises(ValidationError) as caught:
        enter_terms(version, **{**TERMS, **changed}, by=administrator)
    assert set(caught.value.message_dict) == {field}


def test_one_seat_for_consumers_needs_one_of_them(charter: Charter) -> None:
    assert charter(seats_consumers=1, seats_staff=0, quorum_consumers=1).charter_terms is not None


def test_terms_are_of_a_draft_of_the_charter_and_of_those_who_write_it(
    charter: Charter, proposed: Version, administrator: Member, consumer: Member
) -> None:
    mission = draft(DocumentKind.MISSION, text="We trust in hope.", by=administrator)
    for version, by in ((proposed, administrator), (mission, administrator)):
        with pytest.raises(Refused):
            enter_terms(version, **TERMS, by=by)
    later = draft(DocumentKind.CHARTER, text="We meet.", by=administrator)
    assert rules.entering_terms(later, consumer) is not None
    with pytest.raises(Refused):
        enter_terms(later, **TERMS, by=consumer)


def test_a_change_that_was_not_seen_is_not_overwritten(
    charter: Charter, administrator: Member
) -> None:
    version = charter()
    enter_terms(version, **{**TERMS, "term_months": 12}, seen=1, by=administrator)
    for seen in (0, 1):
        with pytest.raises(ValidationError, match="Somebody changed this"):
            enter_terms(version, **TERMS, seen=seen, by=administrator)
    terms = fresh(version).charter_terms
    assert terms is not None
    assert (terms.version, terms.term_months) == (2, 12)


NEW = (
    "INSERT INTO documents_charterterms (agency_id, charter_id, seats_consumers, seats_family,"
    " seats_staff, seats_others, term_months, quorum_percent, quorum_consumers, decides_by, chair,"
    " co_chair, note_taker, grounds, powers, budget, disputes, minutes_to_board,"
    " minutes_to_program, minutes_to_public) VALUES ({agency}, {other}, 1, 0, 0, 0, 12, 1, 1,"
    " 'consent', true, false, false, '', '', '', '', false, false, false)"
)
ATTACKS = {
    "its seats": "UPDATE documents_charterterms SET seats_staff = 0 WHERE charter_id = {version}",
    "its quorum": "UPDATE documents_charterterms SET quorum_percent = 1"
    " WHERE charter_id = {version}",
    "its words": "UPDATE documents_charterterms SET grounds = 'Any.' WHERE charter_id = {version}",
    "taken away": "DELETE FROM documents_charterterms WHERE charter_id = {version}",
    "given to another": "UPDATE documents_charterterms SET charter_id = {other}"
    " WHERE charter_id = {version}",
    "given to a mission": NEW.replace("{other}", "{mission}"),
    "as if erased": "SET LOCAL cqi.erasing = 'on'; UPDATE documents_charterterms"
    " SET grounds = 'Any.' WHERE charter_id = {version}",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_database_keeps_the_terms_in_force_as_they_were_adopted(
    attack: str, proposed: Version, adopt: Adopt, administrator: Member
) -> None:
    adopt(proposed)
    other = draft(DocumentKind.CHARTER, text="Another.", by=administrator)
    mission = draft(DocumentKind.MISSION, text="We trust in hope.", by=administrator)
    before = whole(fresh(proposed))
    statement = ATTACKS[attack].format(
        version=proposed.pk, other=other.pk, mission=mission.pk, agency=proposed.agency_id
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert whole(fresh(proposed)) == before
    # The same statement is fine for a draft: what refuses is that this one was decided on.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(NEW.format(agency=proposed.agency_id, other=other.pk))


def test_no_terms_come_to_a_charter_that_was_proposed_without(
    committee: Group, board: Group, administrator: Member
) -> None:
    version = draft(DocumentKind.CHARTER, text="We meet each month.", by=administrator)
    actions.propose_for_ratification(version, by=administrator)
    statement = NEW.format(agency=version.agency_id, other=version.pk)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "wrong",
    [
        {"seats_others": 1},
        {"term_months": 0},
        {"terms_in_a_row": 0},
        {"quorum_percent": 0},
        {"quorum_percent": 101},
        {"quorum_consumers": 3},
        {"decides_by": "chair"},
        {"chair": False},
    ],
)
def test_the_database_refuses_terms_that_no_charter_can_have(
    wrong: Terms, charter: Charter
) -> None:
    version = charter()
    rows = CharterTerms.objects.within(version.agency).filter(charter=version)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**wrong)


def test_a_new_version_begins_with_the_terms_and_the_difference_shows_them(
    proposed: Version, adopt: Adopt, administrator: Member
) -> None:
    adopt(proposed)
    version = draft(
        DocumentKind.CHARTER, text=proposed.text, like=fresh(proposed), by=administrator
    )
    pieces = [
        piece for row in compare(whole(fresh(proposed)), whole(fresh(version))) for piece in row
    ]
    assert {piece.change for piece in pieces} == {WordChange.SAME}
    enter_terms(version, **{**TERMS, "term_months": 12, "note_taker": True}, by=administrator)
    lines = {
        line.label: (line.words, line.before)
        for section in told(fresh(version), fresh(proposed)).terms
        for line in section.lines
        if line.before
    }
    assert lines == {
        "Length of a term": ("12 months", "24 months"),
        "": ("Note taker", "nothing"),
    }
    changed = compare(whole(fresh(proposed)), whole(fresh(version)))
    words = [piece.text for row in changed for piece in row if piece.change is WordChange.ADDED]
    assert words == ["12", "Note taker"]


def test_the_ground_for_ending_a_seat_may_be_quoted_from_the_terms(
    proposed: Version, adopt: Adopt, committee: Group
) -> None:
    adopt(proposed)
    charter = kinds.charter(committee)
    assert charter is not None
    assert TERMS["grounds"] in charter


def test_the_page_takes_all_terms_and_says_how_to_mend_them(
    administrator: Member, login: Login
) -> None:
    version = draft(DocumentKind.CHARTER, text="We meet each month.", by=administrator)
    client: Client = login(administrator)
    page = at(version.agency, "documents:enter_terms", pk=version.pk)
    assert (
        page in client.get(at(version.agency, "documents:version", pk=version.pk)).content.decode()
    )
    boxes = dict.fromkeys(("chair", "minutes_to_program"), "on")
    sent = {name: value for name, value in TERMS.items() if not isinstance(value, bool)} | boxes
    wrong = send(client, page, version=0, **{**sent, "seats_staff": 2, "term_months": 0})
    assert wrong.status_code == 422
    assert set(wrong.context["form"].errors) == {"term_months"}
    assert send(client, page, version=0, **{**sent, "seats_staff": 2}).status_code == 422
    assert send(client, page, version=0, **sent).status_code == 302
    terms = fresh(version).charter_terms
    assert terms is not None
    assert (terms.seats_consumers, terms.chair, terms.co_chair) == (2, True, False)
    assert (terms.minutes_to_board, terms.minutes_to_program) == (False, True)


def test_readers_see_the_terms_or_that_none_were_entered(
    proposed: Version, adopt: Adopt, consumer: Member, administrator: Member, login: Login
) -> None:
    adopt(proposed)
    client: Client = login(consumer)
    agency = proposed.agency
    pages = [
        at(agency, "documents:document", kind="charter"),
        at(agency, "documents:version", pk=proposed.pk),
        at(agency, "documents:print_version", pk=proposed.pk),
    ]
    for page in pages:
        assert "At most 3" in client.get(page).content.decode()
    later = draft(DocumentKind.CHARTER, text="We meet.", by=administrator)
    assert client.get(at(agency, "documents:enter_terms", pk=later.pk)).status_code == 404
    actions.propose_for_ratification(later, by=administrator)
    adopt(later)
    for page in (pages[0], at(agency, "documents:version", pk=later.pk)):
        assert "terms of this charter were not entered" in client.get(page).content.decode()
