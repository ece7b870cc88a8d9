"""Positions, quorum and votes count the voting members of the day of closing."""

from collections.abc import Callable
from datetime import date

import pytest

from accounts.models import Member, StandingKind
from devtools import seating
from foundation.addresses import at
from foundation.refusals import Refused
from groups import actions
from groups.models import Choice, DecisionStatus, Group, Position, Seat
from groups.tally import tally
from tests.conftest import Login
from tests.groups.conftest import Propose


def _leave(member: Member, group: Group, by: Member, today: date) -> None:
    seat = Seat.objects.within(group.agency).on(today).get(group=group, member=member)
    actions.end_seat(seat, on=today, by=by)


def test_the_positions_of_people_who_left_decide_nothing(
    propose: Propose,
    seated: Group,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    chair: Member,
    administrator: Member,
    today: date,
) -> None:
    """Numerator and denominator have the same people: voting members on the day of closing."""
    decision = propose()
    for member in (consumer, second_consumer, provider):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    for member in (consumer, second_consumer, provider):
        _leave(member, seated, administrator, today)
    counted = tally(decision, today)
    assert (counted.answered, counted.voting_seated) == (0, 1)
    with pytest.raises(Refused):
        actions.close_decision(decision, by=administrator)
    assert Position.objects.within(decision.agency).current().count() == 3


def test_the_quorum_is_of_consumers_who_are_still_there(
    propose: Propose,
    seated: Group,
    consumer: Member,
    second_consumer: Member,
    enter: Callable[..., Member],
    administrator: Member,
    today: date,
) -> None:
    third = enter("Thea", StandingKind.PRIMARY_CONSUMER)
    seating.seat(seated, third, since=today, by=administrator)
    decision = propose()
    for member in (consumer, second_consumer):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    assert tally(decision, today).quorum
    _leave(consumer, seated, administrator, today)
    counted = tally(decision, today)
    assert (counted.consumers, counted.consumers_seated, counted.quorum) == (1, 2, False)
    with pytest.raises(Refused):
        actions.close_decision(decision, by=administrator)


def test_an_objection_of_who_left_stops_nothing_and_stays_on_record(
    propose: Propose,
    seated: Group,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    administrator: Member,
    today: date,
    login: Login,
) -> None:
    decision = propose()
    actions.take_position(decision, member=provider, choice=Choice.OBJECT, reason="Too wet.")
    for member in (consumer, second_consumer):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    _leave(provider, seated, administrator, today)
    closed = actions.close_decision(decision, by=administrator)
    assert closed.status == DecisionStatus.ADOPTED
    response = login(consumer).get(at(decision.agency, "groups:decision", pk=decision.pk))
    assert [each.member for each in response.context["page"].positions.left] == [provider]
    assert "Too wet." in response.text


def test_who_changed_office_meanwhile_counts_once_and_as_before(
    propose: Propose, seated: Group, consumer: Member, administrator: Member, today: date
) -> None:
    decision = propose()
    actions.take_position(decision, member=consumer, choice=Choice.AGREE)
    seat = Seat.objects.within(seated.agency).on(today).get(member=consumer)
    seating.give_office(seat, office="co_chair", on=today, by=administrator)
    counted = tally(decision, today)
    assert (counted.agree, counted.consumers) == (1, 1)
    voteless = Seat.objects.within(seated.agency).on(today).get(member=consumer)
    actions.change_office(voteless, office="", voting=False, on=today, by=administrator)
    assert tally(decision, today).answered == 0
