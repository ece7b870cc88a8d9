"""From a starter text to a draft: offered where nothing is there, never adopted by itself."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import Member
from compensation.plan import actions as plans
from compensation.plan import rules as plan_rules
from compensation.plan.models import PlanVersion
from devtools import ratified
from dialogues.dialogue import actions as dialogues
from dialogues.dialogue.models import Dialogue
from documents import actions as documents
from documents.models import DocumentKind, Version
from foundation.addresses import at
from foundation.models import Agency, Event
from foundation.policies import find
from foundation.prose import open_blanks
from foundation.refusals import Refused
from groups.models import Decision, Group
from starters.texts import LANGUAGES, TextCode, starter
from tests.conftest import Login
from tests.documents.conftest import board, committee, decide, send
from tests.owner import owner

__all__ = ["board", "committee"]
BLANK = "We are [[Name of your agency]]."


@pytest.fixture
def dialogue(agency: Agency, facilitator: Member, long_ago: date) -> Dialogue:
    return dialogues.open_dialogue(agency, by=facilitator, name="Tea", on=long_ago)


def words(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return unescape(answer.content.decode())


def offered(client: Client, page: str, starts: str) -> None:
    """The page leads to the starter text, which names each of its blanks."""
    assert f'href="{starts}"' in words(client, page)
    for language in LANGUAGES:
        shown = words(client, f"{starts}?starter={language}")
        code = TextCode("ground-rules" if "ground" in starts else starts.split("/")[-3])
        for blank in starter(code, language).blanks:
            assert f'name="{blank.name}"' in shown
            assert blank.label in shown


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_a_document_that_is_not_there_can_begin_with_the_text(
    kind: DocumentKind, agency: Agency, administrator: Member, login: Login
) -> None:
    starts = at(agency, "documents:starter", kind=kind.value)
    offered(login(administrator), at(agency, "documents:document", kind=kind.value), starts)


def test_a_plan_and_ground_rules_can_begin_with_the_text(
    agency: Agency, administrator: Member, facilitator: Member, dialogue: Dialogue, login: Login
) -> None:
    client = login(administrator)
    offered(client, at(agency, "compensation:plan"), at(agency, "compensation:starter"))
    page = at(agency, "dialogues:ground_rules", pk=dialogue.pk)
    offered(login(facilitator), page, at(agency, "dialogues:starter", pk=dialogue.pk))
    dialogues.set_ground_rules(dialogue, text="We listen.", by=facilitator)
    assert at(agency, "dialogues:starter", pk=dialogue.pk) not in words(login(facilitator), page)


@pytest.mark.parametrize(
    "name", ["documents:starter", "compensation:starter", "dialogues:starter", "documents:draft"]
)
def test_only_those_who_may_write_it_begin_with_the_text(
    name: str, agency: Agency, consumer: Member, dialogue: Dialogue, login: Login
) -> None:
    about: dict[str, dict[str, Any]] = {
        "documents": {"kind": "mission"},
        "dialogues": {"pk": dialogue.pk},
    }
    url = at(agency, name, **about.get(name.partition(":")[0], {}))
    assert login(consumer).get(url).status_code == 403
    assert login(consumer).get(f"{url}?starter=en").status_code == 403


def draft_from(client: Client, agency: Agency, kind: str, language: str, **values: str) -> Version:
    """Open the editor as the page of blanks does, and save what it begins with."""
    url = at(agency, "documents:draft", kind=kind)
    began = client.get(url, {"starter": language, **values}).context["form"].initial
    assert send(client, url, **began).status_code == 302
    return Version.objects.within(agency).of(kind).latest("pk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_stands_in_the_draft_and_the_rest_stays_marked(
    language: str, agency: Agency, administrator: Member, login: Login
) -> None:
    client = login(administrator)
    version = draft_from(client, agency, "mission", language, area="Hood River")
    labels = {each.name: each.label for each in starter(TextCode.MISSION, language).blanks}
    assert agency.name in version.text
    assert "Hood River" in version.text
    assert open_blanks(version.text) == [labels["services"]]
    page = words(client, at(agency, "documents:version", pk=version.pk))
    assert f'<mark class="app-blank">{labels["services"]}</mark>' in page
    assert "Its first words came from our starter text." in page


def test_where_a_draft_began_is_recorded_and_nothing_is_adopted(
    agency: Agency, administrator: Member, login: Login
) -> None:
    version = draft_from(login(administrator), agency, "charter", "es")
    (event,) = Event.objects.within(agency).filter(name="document.begun_from_starter")
    assert (event.subject_id, event.actor_id) == (version.pk, administrator.pk)
    assert event.data == {"language": "es"}
    assert (version.proposed_on, version.in_force_on) == (None, None)
    documents.edit(version, text="Ours.", form="narrative", text_equivalent="", by=administrator)
    page = words(login(administrator), at(agency, "documents:version", pk=version.pk))
    assert "Its first words came from our starter text." in page


def test_a_draft_of_one_s_own_does_not_say_so(
    agency: Agency, administrator: Member, login: Login
) -> None:
    client, url = login(administrator), at(agency, "documents:draft", kind="mission")
    assert send(client, url, text="Ours.", starter="tlh").status_code == 302
    version = Version.objects.within(agency).get()
    page = words(client, at(agency, "documents:version", pk=version.pk))
    assert "starter text" not in page
    assert not Event.objects.within(agency).filter(name="document.begun_from_starter").exists()


def test_numbers_begin_with_the_agency_s_policies_and_the_mission_in_force(
    agency: Agency,
    administrator: Member,
    committee: Group,
    board: Group,
    login: Login,
    adopted_mission: Callable[[], Version],
) -> None:
    version = adopted_mission()
    url = at(agency, "documents:starter", kind="process")
    values = login(administrator).get(url).context["shown"].values
    assert values["mission"] == str(version.number)
    page = words(login(administrator), url)
    assert page.count(f"It follows version {version.number} of our mission statement") == 2
    for blank in starter(TextCode.PROCESS, "en").blanks:
        if blank.policy:
            assert values[blank.name] == str(find(blank.policy).value(agency, agency.today()))


@pytest.fixture
def adopted_mission(
    agency: Agency, administrator: Member, committee: Group, board: Group
) -> Callable[[], Version]:
    def adopted() -> Version:
        version = documents.draft(DocumentKind.MISSION, text="Hope.", by=administrator)
        documents.propose_for_ratification(version, by=administrator)
        for group in (committee, board):
            decide(version, group)
        version.refresh_from_db()
        return version

    return adopted


def test_a_draft_with_an_open_blank_is_not_put_to_a_decision(
    agency: Agency, administrator: Member, committee: Group, board: Group, login: Login
) -> None:
    version = documents.draft(DocumentKind.MISSION, text=BLANK, by=administrator)
    with pytest.raises(Refused) as refused:
        documents.propose_for_ratification(version, by=administrator)
    assert "Name of your agency" in str(refused.value.refusal.reason)
    client = login(administrator)
    page = words(client, at(agency, "documents:version", pk=version.pk))
    assert "These blanks are still open: Name of your agency." in page
    propose = at(agency, "documents:propose", pk=version.pk)
    assert propose not in page
    assert client.get(propose).status_code == 403
    assert not Decision.objects.within(agency).filter(subject_type="document_version").exists()


def test_an_open_blank_in_the_sentences_of_a_chart_counts_as_well(
    agency: Agency, administrator: Member, committee: Group, board: Group
) -> None:
    version = documents.draft(
        DocumentKind.PROCESS, text="One", form="chart", text_equivalent=BLANK, by=administrator
    )
    with pytest.raises(Refused):
        documents.propose_for_ratification(version, by=administrator)


def test_saving_and_proposing_at_once_says_which_blank_is_open(
    agency: Agency, administrator: Member, committee: Group, board: Group, login: Login
) -> None:
    client, url = login(administrator), at(agency, "documents:draft", kind="mission")
    answer = send(client, url, text=BLANK, propose="1")
    assert answer.status_code == 422
    assert "These blanks are still open: Name of your agency." in unescape(answer.content.decode())
    assert not Version.objects.within(agency).exists()
    answer = send(client, url, text="We are Riverside.", propose="1")
    version = Version.objects.within(agency).get()
    assert answer["Location"] == at(agency, "documents:propose", pk=version.pk)


@pytest.mark.django_db(transaction=True)
def test_what_was_already_asked_about_can_be_asked_about_again(
    agency: Agency, administrator: Member, committee: Group, board: Group
) -> None:
    """Its words are fixed, so double brackets that somebody meant don't stop it."""
    version = documents.draft(DocumentKind.MISSION, text="We are.", by=administrator)
    documents.propose_for_ratification(version, by=administrator)
    decide(version, board, adopted=False)
    # As it may have been written before blanks were looked for.
    with owner() as raw:
        raw.execute("SET session_replication_role = replica")
        raw.execute("UPDATE documents_version SET text = %s WHERE id = %s", (BLANK, version.pk))
    version.refresh_from_db()
    assert len(documents.propose_for_ratification(version, by=administrator)) == 1


def plan_of(agency: Agency, administrator: Member, text: str) -> PlanVersion:
    return plans.draft(
        text=text, hourly_rate=Decimal(20), daily_cap=None, due_days=14, by=administrator
    )


def test_a_plan_with_an_open_blank_is_neither_adopted_nor_put_to_the_committee(
    agency: Agency, administrator: Member, established: None, committee: Group, login: Login
) -> None:
    administrator.agency.refresh_from_db()
    version = plan_of(agency, administrator, BLANK)
    with pytest.raises(Refused):
        plans.adopt(version, on=agency.today(), by=administrator)
    with pytest.raises(Refused):
        plans.seek_ratification(version, by=administrator)
    page = words(login(administrator), at(agency, "compensation:plan_version", pk=version.pk))
    assert "These blanks are still open: Name of your agency." in page
    assert at(agency, "compensation:adopt", pk=version.pk) not in page
    whole = plan_of(agency, administrator, "We pay.")
    with pytest.raises(Refused, match="not ratified"):
        plans.adopt(whole, on=agency.today(), by=administrator)
    assert ratified.adopt(whole, on=agency.today(), by=administrator).since == agency.today()


def test_a_plan_with_an_open_blank_is_not_put_in_force_for_the_founding(
    agency: Agency, administrator: Member
) -> None:
    today = agency.today()
    open_one, whole = (plan_of(agency, administrator, text) for text in (BLANK, "We pay."))
    refusal = plan_rules.putting_in_force(open_one, administrator, on=today, in_force=None)
    assert refusal is not None
    assert "Name of your agency" in str(refusal.reason)
    assert plan_rules.putting_in_force(whole, administrator, on=today, in_force=None) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rate_of_a_plan_starts_blank(
    language: str, agency: Agency, administrator: Member, login: Login
) -> None:
    client, url = login(administrator), at(agency, "compensation:draft")
    form = client.get(url, {"starter": language}).context["form"]
    assert agency.name in form.initial["text"]
    assert not form["hourly_rate"].value()
    sent = {"text": form.initial["text"], "starter": language, "version": 1, "due_days": "14"}
    assert send(client, url, **sent).status_code == 422
    assert send(client, url, **sent, hourly_rate="30").status_code == 302
    assert Event.objects.within(agency).filter(name="payment_plan.begun_from_starter").exists()
    version = PlanVersion.objects.within(agency).get()
    page = words(client, at(agency, "compensation:plan_version", pk=version.pk))
    assert "Its first words came from our starter text." in page


def test_ground_rules_with_an_open_blank_are_not_kept(
    agency: Agency, facilitator: Member, dialogue: Dialogue, login: Login
) -> None:
    with pytest.raises(ValidationError, match="still open"):
        dialogues.set_ground_rules(dialogue, text=BLANK, by=facilitator)
    client = login(facilitator)
    url = at(agency, "dialogues:set_ground_rules", pk=dialogue.pk)
    first = client.get(url, {"starter": "en", "contact": "Rosa"}).context["form"].initial
    assert re.search(r"talk to Rosa\.$", first["text"].strip())
    assert send(client, url, **first).status_code == 302
    assert Event.objects.within(agency).filter(name="ground_rules.begun_from_starter").exists()
