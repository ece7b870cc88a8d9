"""Nothing counts as late of somebody who is away, in any count and on any page."""

from datetime import date, timedelta

import pytest

from accounts import actions as people
from accounts.models import Member, PauseReason
from cells.overview.late import late_of
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan, ActionStep, PDSACycle

DAY = timedelta(days=1)


def late(plan: ActionPlan, on: date) -> tuple[int, int, int]:
    cell = plan.opportunity.cell
    found = late_of(cell.agency, [cell], on)[cell.pk]
    steps = ActionStep.objects.within(cell.agency).filter(plan=plan)
    one_by_one = sum(each.is_overdue(on) for each in steps)
    assert one_by_one == found.steps == sum(each.is_overdue(on) for each in steps.with_clocks(on))
    return found.steps, found.looks, found.tests


def stop(member: Member, how: str, until: date, by: Member) -> None:
    today = member.agency.today()
    if how == "away":
        people.go_away(member, since=today, until=until, by=member)
    else:
        people.pause_access(member, reason=PauseReason.THREAT, answer_to="555-0100", by=by)


@pytest.mark.parametrize(("how", "days"), [("away", 13), ("paused", 13)])
def test_steps_tests_and_reviews_of_somebody_whose_clock_stands_still_are_not_late(
    how: str,
    days: int,
    active: ActionPlan,
    cycle: PDSACycle,
    consumer: Member,
    administrator: Member,
    today: date,
) -> None:
    plan_actions.start_cycle(cycle, by=consumer)
    ActionStep.objects.within(active.agency).filter(plan=active).update(due=today + DAY)
    on = today + days * DAY
    assert late(active, on) == (1, 0, 1)
    owner = ActionStep.objects.within(active.agency).get(plan=active).owner
    assert owner is not None
    assert cycle.leader is not None
    for each in {owner.pk: owner, cycle.leader.pk: cycle.leader}.values():
        each.agency = active.agency
        stop(each, how, today + 10 * DAY, administrator)
    assert late(active, on) == (0, 0, 0)
    assert late(active, today + 20 * DAY) == (1, 0, 1)
