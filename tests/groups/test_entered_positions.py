"""A spoken position may be entered for its member; one they entered is theirs alone."""

from typing import Any

import pytest

from accounts.models import Member
from foundation import links
from foundation.addresses import at
from foundation.keys import code_of
from foundation.refusals import Refused
from groups import actions
from groups.models import Choice, How, Position
from tests.conftest import Login
from tests.groups.conftest import Propose, send
from tests.groups.test_deliberation import told


def asked(by: Member) -> dict[str, Any]:
    """Who enters it, and when and how the member told them."""
    return {"by": by, "agreed_on": by.agency.today(), "agreed_how": How.PHONE}


def test_nobody_changes_what_a_member_said_themselves(
    propose: Propose, consumer: Member, chair: Member, login: Login
) -> None:
    """An objection would be gone before its author knows."""
    decision = propose()
    actions.take_position(decision, member=consumer, choice=Choice.OBJECT, reason="Too loud.")
    with pytest.raises(Refused, match="said themselves"):
        actions.take_position(decision, member=consumer, choice=Choice.AGREE, **asked(chair))
    url = at(decision.agency, "groups:enter_position", pk=decision.pk)
    form = login(chair).get(url).context["form"]
    assert consumer not in form.fields["member"].queryset
    answer = send(
        login(chair),
        url,
        member=code_of(consumer),
        choice="agree",
        reason="",
        asked="on",
        round=1,
        agreed_on=decision.agency.today().isoformat(),
        agreed_how=How.PHONE,
    )
    assert answer.status_code == 422
    holding = Position.objects.within(decision.agency).current().get(decision=decision)
    assert holding.choice == Choice.OBJECT


def test_what_was_entered_for_a_member_may_be_entered_anew_and_they_hear_of_it(
    propose: Propose, consumer: Member, chair: Member
) -> None:
    decision = propose()
    actions.take_position(decision, member=consumer, choice=Choice.AGREE, **asked(chair))
    actions.take_position(decision, member=consumer, choice=Choice.STAND_ASIDE, **asked(chair))
    assert told(consumer) == ["position.entered", "position.entered"]
    # The member has the last word.
    actions.take_position(decision, member=consumer, choice=Choice.OBJECT, reason="No.")
    with pytest.raises(Refused):
        actions.take_position(decision, member=consumer, choice=Choice.AGREE, **asked(chair))
    assert told(consumer) == ["position.entered", "position.entered"]


def test_in_a_new_round_it_may_be_entered_again(
    propose: Propose, consumer: Member, chair: Member
) -> None:
    decision = propose()
    actions.take_position(decision, member=consumer, choice=Choice.OBJECT, reason="Too loud.")
    actions.amend(decision, title="Tea", text="Offer tea.", by=chair)
    position = actions.take_position(decision, member=consumer, choice=Choice.AGREE, **asked(chair))
    assert position.entered_by == chair


def test_who_rewords_a_proposal_sees_the_objections_once_their_own_view_is_in(
    propose: Propose, consumer: Member, second_consumer: Member, chair: Member, login: Login
) -> None:
    decision = propose(by=consumer)
    actions.take_position(decision, member=second_consumer, choice=Choice.OBJECT, reason="Loud.")
    url = at(decision.agency, "groups:amend", pk=decision.pk)
    for member in (consumer, chair):
        client = login(member)
        assert "Loud." not in client.get(url).text
        actions.take_position(decision, member=member, choice=Choice.AGREE)
        assert "Loud." in client.get(url).text


def test_nobody_writes_afterwards_why_a_group_went_on_without_consumers(
    propose: Propose, consumer: Member, second_consumer: Member, chair: Member, login: Login
) -> None:
    """Otherwise the committee would read of a decision that lacked nothing."""
    decision = propose()
    for member in (consumer, second_consumer):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    decision = actions.close_decision(decision, by=chair, waiver="All who were there agreed.")
    with pytest.raises(Refused, match="decided"):
        actions.waive(decision, reason="We were in a hurry.", by=consumer)
    url = at(decision.agency, "groups:waive", pk=decision.pk)
    assert login(consumer).get(url).status_code == 403


def test_a_proposal_is_linked_by_its_title_only_for_those_who_may_read_it(
    propose: Propose, consumer: Member, second_consumer: Member, chair: Member, manager: Member
) -> None:
    decision = propose(title="A very frank title")
    known = ("decision", decision.pk)
    assert links.link(*known, consumer)
    assert links.link(*known, manager) is None
    for member in (consumer, second_consumer):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    actions.close_decision(decision, by=chair, waiver="All who were there agreed.")
    assert links.link(*known, manager)
