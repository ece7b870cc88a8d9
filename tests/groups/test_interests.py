"""An interest of one's own takes its holder out of one decision, and out of its count."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction
from django.test import Client

from accounts.models import Member
from foundation.addresses import at
from foundation.models import Event
from foundation.refusals import Refused
from groups import actions
from groups.models import Choice, Decision, DecisionStatus, DeclaredInterest, Group
from groups.tally import tally, voters
from notifications.waiting import waiting
from tests.conftest import Login

Propose = Callable[..., Decision]


def test_whoever_declares_an_interest_neither_answers_nor_closes_nor_counts(
    propose: Propose,
    chair: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
) -> None:
    decision, today = propose(), consumer.agency.today()
    actions.declare_interest(decision, text="My brother owns the kiosk.", by=chair)
    assert chair.pk not in voters(decision, today)
    with pytest.raises(Refused, match="interest"):
        actions.take_position(decision, member=chair, choice=Choice.AGREE)
    for member in (consumer, second_consumer, provider):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    with pytest.raises(Refused, match="interest"):
        actions.close_decision(decision, by=chair)
    assert tally(decision, today).all_answered
    (event,) = Event.objects.within(decision.agency).filter(name="interest.declared")
    assert "kiosk" not in str(event.data)


def test_an_objection_of_somebody_with_an_interest_stops_nobody(
    propose: Propose,
    chair: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
) -> None:
    decision = propose()
    actions.take_position(decision, member=provider, choice=Choice.OBJECT, reason="It costs me.")
    actions.declare_interest(decision, text="I sell water.", by=provider)
    for member in (consumer, second_consumer, chair):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    assert actions.close_decision(decision, by=chair).status == DecisionStatus.ADOPTED


def test_a_quorum_is_of_those_consumers_who_have_no_interest(
    propose: Propose, consumer: Member, second_consumer: Member
) -> None:
    decision, today = propose(), consumer.agency.today()
    actions.declare_interest(decision, text="It is my idea for my shop.", by=consumer)
    assert tally(decision, today).consumers_needed == 1
    actions.declare_interest(decision, text="It is my shop, too.", by=second_consumer)
    counted = tally(decision, today)
    assert (counted.consumers_seated, counted.quorum) == (0, False)


def test_an_interest_is_declared_once_by_people_of_the_group_while_it_is_open(
    propose: Propose, consumer: Member, administrator: Member, chair: Member
) -> None:
    decision = propose()
    with pytest.raises(ValidationError):
        actions.declare_interest(decision, text=" ", by=consumer)
    with pytest.raises(Refused):
        actions.declare_interest(decision, text="None of mine.", by=administrator)
    actions.declare_interest(decision, text="Mine.", by=consumer)
    with pytest.raises(Refused):
        actions.declare_interest(decision, text="Mine again.", by=consumer)
    actions.withdraw(decision, by=consumer)
    with pytest.raises(Refused):
        actions.declare_interest(decision, text="Late.", by=chair)


def test_nobody_with_an_interest_is_asked_and_the_group_reads_it(
    propose: Propose, seated: Group, consumer: Member, provider: Member, login: Login
) -> None:
    decision = propose()
    page = at(decision.agency, "groups:decision", pk=decision.pk)
    client: Client = login(provider)
    shown = client.get(page).content.decode()
    assert "I have an interest of my own in this" in shown
    assert client.get(at(decision.agency, "groups:declare_interest", pk=decision.pk)).context
    actions.declare_interest(decision, text="I sell water.", by=provider)
    assert not any(page == each.url for each in waiting(provider, provider.agency.today()))
    assert any(page == each.url for each in waiting(consumer, provider.agency.today()))
    shown = login(consumer).get(page).content.decode()
    assert "takes no part in this decision" in shown
    assert "I sell water." in shown


def test_what_was_declared_is_never_changed(propose: Propose, provider: Member) -> None:
    decision = propose()
    actions.declare_interest(decision, text="I sell water.", by=provider)
    for sql in (
        "UPDATE groups_declaredinterest SET text = 'x'",
        "DELETE FROM groups_declaredinterest",
    ):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert DeclaredInterest.objects.within(decision.agency).get().text == "I sell water."
