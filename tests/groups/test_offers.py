"""A page does not offer what the rule would refuse; it says what comes first."""

from accounts.models import Member
from foundation.addresses import at
from groups import actions
from groups.models import Choice, Group
from tests.conftest import Login
from tests.groups.conftest import Propose


def test_a_group_with_open_proposals_is_not_offered_to_be_closed(
    seated: Group, propose: Propose, chair: Member, consumer: Member, login: Login
) -> None:
    client = login(chair)
    page = at(seated.agency, "groups:group", pk=seated.pk)
    close = at(seated.agency, "groups:close", pk=seated.pk)
    assert close in client.get(page).text
    decision = propose()
    assert client.get(close).status_code == 403
    assert close not in client.get(page).text
    actions.withdraw(decision, by=consumer)
    assert close in client.get(page).text


def test_a_proposal_is_offered_to_be_ended_once_somebody_answered(
    propose: Propose, chair: Member, consumer: Member, login: Login
) -> None:
    decision = propose()
    client = login(chair)
    page = at(decision.agency, "groups:decision", pk=decision.pk)
    close = at(decision.agency, "groups:close_decision", pk=decision.pk)
    assert close not in client.get(page).text
    assert "Nobody has taken a position yet." in client.get(page).text
    actions.take_position(decision, member=consumer, choice=Choice.AGREE)
    # Nothing tells readers who may not see standings whether that was enough.
    assert close not in client.get(page).text
    assert client.get(close).status_code == 403
    actions.waive(decision, reason="The others are away.", by=chair)
    assert close in client.get(page).text
    assert client.get(close).status_code == 200


def test_who_may_see_standings_is_told_that_consumers_are_missing(
    propose: Propose,
    consumer: Member,
    second_consumer: Member,
    facilitator: Member,
    login: Login,
) -> None:
    decision = propose()
    actions.take_position(decision, member=consumer, choice=Choice.AGREE)
    client = login(facilitator)
    page = at(decision.agency, "groups:decision", pk=decision.pk)
    close = at(decision.agency, "groups:close_decision", pk=decision.pk)
    assert client.get(close).status_code == 403
    assert close not in client.get(page).text
    assert "Not enough consumers have taken part" in client.get(page).text
    actions.take_position(decision, member=second_consumer, choice=Choice.AGREE)
    assert close in client.get(page).text
