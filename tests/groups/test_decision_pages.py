from datetime import timedelta

from accounts.models import Member
from foundation.addresses import at
from groups import actions
from groups.models import Choice, Decision
from tests.conftest import Login
from tests.groups.conftest import Propose, send

DAY = timedelta(days=1)


def test_a_proposal_is_decided_in_two_pages_and_nobody_sees_the_others_first(
    propose: Propose,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    manager: Member,
    login: Login,
) -> None:
    decision = propose()
    actions.take_position(
        decision, member=second_consumer, choice=Choice.RESERVATIONS, reason="It may spill."
    )
    url = at(decision.agency, "groups:decision", pk=decision.pk)
    client = login(consumer)
    assert "It may spill." not in client.get(url).content.decode()
    answer = send(client, url, choice="object", reason="The tap is broken.", round=1)
    assert (answer.status_code, answer["Location"]) == (302, url)
    shown = client.get(url).content.decode()
    assert "It may spill." in shown
    assert "The tap is broken." in shown
    assert login(manager).get(url).status_code == 403
    assert login(manager).post(url).status_code == 403
    assert "It may spill." not in login(provider).get(url).content.decode()


def test_what_was_agreed_is_for_everyone_in_the_program(
    propose: Propose,
    consumer: Member,
    second_consumer: Member,
    facilitator: Member,
    manager: Member,
    login: Login,
) -> None:
    decision = propose()
    for member in (consumer, second_consumer):
        actions.take_position(decision, member=member, choice=Choice.AGREE, reason="Thirst.")
    url = at(decision.agency, "groups:close_decision", pk=decision.pk)
    answer = send(login(facilitator), url, adopted="yes", outcome="From Monday on.", round=1)
    assert answer.status_code == 302
    client = login(manager)
    listed = client.get(at(decision.agency, "groups:decisions", pk=decision.group_id))
    assert decision.title in listed.content.decode()
    page = client.get(at(decision.agency, "groups:decision", pk=decision.pk)).content.decode()
    assert "From Monday on." in page
    assert "Thirst." not in page


def test_the_oversight_committee_reads_what_was_dropped_without_enough_consumers(
    propose: Propose, chair: Member, committee_chair: Member, manager: Member, login: Login
) -> None:
    decision = propose()
    actions.take_position(decision, member=chair, choice=Choice.STAND_ASIDE)
    actions.close_decision(decision, by=chair, adopted=False, waiver="Nobody came.")
    url = at(decision.agency, "groups:decision", pk=decision.pk)
    assert "Nobody came." in login(committee_chair).get(url).content.decode()
    assert login(manager).get(url).status_code == 403
    assert list(Decision.objects.within(decision.agency).waived()) == [decision]


def test_closing_without_enough_consumers_says_what_can_be_done(
    propose: Propose, chair: Member, provider: Member, facilitator: Member, login: Login
) -> None:
    decision = propose()
    actions.take_position(decision, member=provider, choice=Choice.AGREE)
    client, close = login(chair), at(decision.agency, "groups:close_decision", pk=decision.pk)
    assert login(facilitator).get(close).status_code == 403
    refused = send(client, close, adopted="yes", round=1)
    assert refused.status_code == 403
    assert "consumer" not in refused.text.lower()
    waive = at(decision.agency, "groups:waive", pk=decision.pk)
    assert send(client, waive, waiver="The heating is broken.").status_code == 302
    assert send(client, close, adopted="yes", round=1).status_code == 302
    decision.refresh_from_db()
    assert (decision.status, decision.waiver) == ("adopted", "The heating is broken.")
