"""Nobody is asked any more about a plan that another one has followed."""

from datetime import timedelta
from decimal import Decimal

import time_machine
from django.utils import timezone

from accounts.models import Member
from compensation import actions, rules
from compensation.models import PlanVersion
from compensation.tasks import due, offer
from foundation.models import Agency
from groups.actions import open_group
from groups.models import DecisionStatus, GroupKind

DAY = timedelta(days=1)


def test_a_plan_that_was_followed_is_not_to_be_ratified_any_more(
    agency: Agency, administrator: Member, plan: PlanVersion
) -> None:
    today = agency.today()
    open_group(agency, kind=GroupKind.COMMITTEE, name="Committee", by=administrator, on=today)
    decision = actions.seek_ratification(plan, by=administrator)
    second = actions.draft(
        text="More.", hourly_rate=Decimal(21), daily_cap=None, due_days=14, by=administrator
    )
    actions.adopt(second, on=today + 3 * DAY, by=administrator)
    decision.refresh_from_db()
    assert decision.status == DecisionStatus.OPEN
    with time_machine.travel(timezone.now() + 3 * DAY, tick=False):
        assert agency.pk in due()
        offer(agency.pk)
        decision.refresh_from_db()
        assert decision.status == DecisionStatus.WITHDRAWN
        assert agency.pk not in due()
        plan.refresh_from_db()
        assert rules.seeking_ratification(plan, administrator) is not None
