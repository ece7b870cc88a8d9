"""A proposal that changes or ends while somebody is writing a position."""

from datetime import timedelta

import pytest

from accounts.models import Member
from foundation.addresses import at
from foundation.keys import code_of
from groups import actions
from groups.models import Choice, DecisionStatus, Position
from tests.conftest import Login
from tests.groups.conftest import Propose, send


@pytest.mark.parametrize("entered", [False, True])
def test_who_wrote_on_earlier_words_reads_the_new_ones_and_can_send_it_then(
    entered: bool, propose: Propose, consumer: Member, chair: Member, login: Login
) -> None:
    decision = propose()
    client = login(chair if entered else consumer)
    name = "groups:enter_position" if entered else "groups:decision"
    url = at(decision.agency, name, pk=decision.pk)
    given = {"choice": "object", "reason": "Too loud.", "round": 1}
    if entered:
        today = decision.agency.today().isoformat()
        given |= {
            "member": code_of(consumer),
            "asked": "on",
            "agreed_on": today,
            "agreed_how": "phone",
        }
    actions.amend(decision, title="Tea", text="Offer tea to all.", by=chair)
    refused = send(client, url, **given)
    shown = refused.content.decode()
    assert refused.status_code == 422
    for words in ("Please read it again.", "Offer tea to all.", "Too loud."):
        assert words in shown
    assert not Position.objects.within(decision.agency).filter(decision=decision).exists()
    # Whatever is sent now refers to what the page shows.
    given["round"] = refused.context["form"]["round"].value()
    assert send(client, url, **given).status_code == 302
    position = Position.objects.within(decision.agency).get(decision=decision)
    assert (position.round, position.choice) == (2, Choice.OBJECT)


def test_what_is_not_agreed_has_no_day_to_be_looked_at_again(
    propose: Propose, consumer: Member, second_consumer: Member, facilitator: Member, login: Login
) -> None:
    decision = propose()
    for member in (consumer, second_consumer):
        actions.take_position(decision, member=member, choice=Choice.STAND_ASIDE)
    day = decision.agency.today() + timedelta(days=30)
    url = at(decision.agency, "groups:close_decision", pk=decision.pk)
    given = {"adopted": "no", "outcome": "We talk in May.", "round": 1}
    answer = send(login(facilitator), url, **given, review_on=day.isoformat())
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Only what is agreed is looked at again." in shown
    assert "We talk in May." in shown
    assert send(login(facilitator), url, **given).status_code == 302
    decision.refresh_from_db()
    assert (decision.status, decision.review_on) == (DecisionStatus.NOT_ADOPTED, None)


def test_who_ends_a_proposal_ends_the_one_that_they_read(
    propose: Propose,
    consumer: Member,
    second_consumer: Member,
    chair: Member,
    facilitator: Member,
    login: Login,
) -> None:
    decision, client = propose(), login(facilitator)
    url = at(decision.agency, "groups:close_decision", pk=decision.pk)
    given = {"adopted": "no", "outcome": "We talk in May.", "round": decision.round}
    actions.amend(decision, title="Tea", text="Offer tea to all.", by=chair)
    for member in (consumer, second_consumer):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    refused = send(client, url, **given)
    assert refused.status_code == 422
    for words in ("Please read it again.", "Offer tea to all.", "We talk in May."):
        assert words in refused.text
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.OPEN
    given["round"] = refused.context["form"]["round"].value()
    assert send(client, url, **given).status_code == 302
