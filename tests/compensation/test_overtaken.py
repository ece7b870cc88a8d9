"""Nobody is asked about a plan that another one has replaced."""

from datetime import timedelta
from decimal import Decimal

import time_machine

from accounts.models import Member
from compensation.offers.tasks import due, offer
from compensation.plan import actions, rules
from devtools import ratified
from devtools.seating import seat
from foundation.models import Agency
from groups.actions import close_decision, open_group, take_position
from groups.models import Choice, Decision, DecisionStatus, GroupKind, Office
from tests.compensation.test_founding_plan import founded
from tests.days import days_on

DAY = timedelta(days=1)


def test_a_plan_that_was_followed_is_not_to_be_ratified_any_more(
    agency: Agency, administrator: Member, provider: Member
) -> None:
    plan = founded(administrator, provider)
    today = agency.today()
    open_group(agency, kind=GroupKind.COMMITTEE, name="Committee", by=administrator, on=today)
    decision = actions.seek_ratification(plan, by=administrator)
    second = actions.draft(
        text="More.", hourly_rate=Decimal(21), daily_cap=None, due_days=14, by=administrator
    )
    ratified.adopt(second, on=today + 3 * DAY, by=administrator)
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.OPEN
    with time_machine.travel(days_on(3), tick=False):
        assert agency.pk in due()
        offer(agency.pk)
        decision.refresh_from_db()
        assert decision.status == DecisionStatus.WITHDRAWN
        assert agency.pk not in due()
        plan.refresh_from_db()
        assert rules.seeking_ratification(plan, administrator) is not None


def test_an_agreed_plan_that_was_followed_is_not_looked_at_again(
    agency: Agency,
    administrator: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
) -> None:
    plan = founded(administrator, provider)
    today = agency.today()
    committee = open_group(
        agency, kind=GroupKind.COMMITTEE, name="Committee", by=administrator, on=today
    )
    for member in (consumer, second_consumer):
        seat(committee, member, by=administrator, since=today, office=Office.CHAIR)
    decision = actions.seek_ratification(plan, by=administrator)
    for member in (consumer, second_consumer):
        take_position(decision, member=member, choice=Choice.AGREE)
    close_decision(decision, by=consumer, outcome="We ratify it.", review_on=today + 30 * DAY)
    (waiting,) = Decision.objects.within(agency).waited_for()
    assert waiting == decision
    second = actions.draft(
        text="More.", hourly_rate=Decimal(21), daily_cap=None, due_days=14, by=administrator
    )
    ratified.adopt(second, on=today + DAY, by=administrator)
    assert Decision.objects.within(agency).waited_for().exists()
    with time_machine.travel(days_on(1), tick=False):
        assert agency.pk in due()
        offer(agency.pk)
        assert not Decision.objects.within(agency).waited_for().exists()
        assert agency.pk not in due()
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.ADOPTED
