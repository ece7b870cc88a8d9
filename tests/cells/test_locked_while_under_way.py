"""What judges a plan under way can't change; restarting a plan asks again."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import Member
from cells.ideas import actions as idea_actions
from cells.plans import actions as plan_actions
from cells.plans import rules
from cells.plans.models import ActionPlan, OutcomeStandard
from foundation.addresses import at
from foundation.refusals import Refused
from measures.definitions import actions as measure_actions
from measures.definitions.models import Measure
from tests.cells.conftest import noon
from tests.conftest import Login


def judged_by(plan: ActionPlan) -> Measure:
    standard = OutcomeStandard.objects.within(plan.agency).select_related("measure").get(plan=plan)
    standard.measure.agency = plan.agency
    return standard.measure


def test_a_measure_of_a_plan_under_way_is_not_retired(
    active: ActionPlan, facilitator: Member, login: Login
) -> None:
    measure = judged_by(active)
    with pytest.raises(Refused):
        measure_actions.retire(measure, by=facilitator)
    retire = at(active.agency, "measures:retire", pk=measure.pk)
    browser = login(facilitator)
    assert browser.get(retire).status_code == 403
    page = browser.get(at(active.agency, "measures:measure", pk=measure.pk)).text
    assert retire not in page


@pytest.mark.parametrize("name", ["numerator", "denominator", "inclusion", "exclusion", "unit"])
def test_what_a_measure_of_a_plan_under_way_counts_is_locked(
    name: str, active: ActionPlan, facilitator: Member
) -> None:
    measure = judged_by(active)
    changes: dict[str, Any] = {name: "Something else"}
    with pytest.raises(Refused):
        measure_actions.redefine(measure, by=facilitator, **changes)
    measure_actions.redefine(measure, by=facilitator, source="The new list at the desk")


def test_a_measure_is_free_again_when_its_plan_is_stopped(
    active: ActionPlan, facilitator: Member
) -> None:
    measure = judged_by(active)
    idea_actions.park(active.opportunity, reason="Not now.", by=facilitator)
    measure_actions.redefine(
        measure, by=facilitator, numerator="Seen within five minutes", reason="Ten was long."
    )
    measure_actions.retire(measure, by=facilitator)


def test_a_plan_whose_goal_day_is_over_is_not_started_until_it_is_said_anew(
    whole: ActionPlan, facilitator: Member
) -> None:
    whole = ActionPlan.objects.within(whole.agency).get(pk=whole.pk)
    assert rules.lacking(whole) == []
    with time_machine.travel(noon(whole.agency.today() + timedelta(days=400))):
        assert {lack.code for lack in rules.lacking(whole)} == {"target_over"}
        with pytest.raises(Refused):
            plan_actions.activate(whole, by=facilitator)
