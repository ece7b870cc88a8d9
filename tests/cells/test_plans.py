"""A plan: what it lacks, its start, its steps, and its reviews."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Member
from cells.cell import actions as cell_actions
from cells.plans import actions as plan_actions
from cells.plans import rules
from cells.plans.models import ActionPlan, ActionStep, OutcomeStandard, PlanStatus, StepStatus
from foundation.models import Event
from foundation.refusals import Refused
from groups import actions as group_actions
from measures.definitions import actions as measure_actions
from measures.definitions.models import Measure
from notifications.models import Message
from tests.cells.conftest import Define, noon


def again(plan: ActionPlan) -> ActionPlan:
    return ActionPlan.objects.within(plan.agency).get(pk=plan.pk)


def codes(plan: ActionPlan) -> list[str]:
    return [lack.code for lack in rules.lacking(again(plan))]


def test_an_empty_plan_lacks_everything_and_says_where_to_mend_it(plan: ActionPlan) -> None:
    lacks = [(lack.code, lack.part) for lack in rules.lacking(plan)]
    assert lacks == [
        ("aim", "aim"),
        ("measure", "standard"),
        ("step", "steps"),
        ("looked_at_by", "evaluation"),
        ("cadence", "evaluation"),
        ("adapt_if", "evaluation"),
    ]


def _take(plan: ActionPlan, model: Any, **values: Any) -> None:
    rows = model.objects.within(plan.agency)
    (rows.filter(pk=plan.pk) if model is ActionPlan else rows.filter(plan=plan)).update(**values)


@pytest.mark.parametrize(
    ("code", "model", "values"),
    [
        ("aim", ActionPlan, {"aim": ""}),
        ("baseline", OutcomeStandard, {"baseline": None}),
        ("target", OutcomeStandard, {"target": None}),
        ("target_on", OutcomeStandard, {"target_on": None}),
        ("target_worse", OutcomeStandard, {"target": Decimal(30)}),
        ("owner", ActionStep, {"owner": None}),
        ("due", ActionStep, {"due": None}),
        ("step", ActionStep, {"status": "dropped", "reason": "x", "ended_on": date(2026, 1, 1)}),
        ("looked_at_by", ActionPlan, {"looked_at_by": None}),
        ("cadence", ActionPlan, {"cadence": ""}),
        ("adapt_if", ActionPlan, {"adapt_if": ""}),
    ],
)
def test_a_plan_does_not_start_without(
    code: str, model: Any, values: dict[str, Any], whole: ActionPlan, facilitator: Member
) -> None:
    assert codes(whole) == []
    _take(whole, model, **values)
    assert codes(whole) == [code]
    with pytest.raises(Refused, match="not whole"):
        plan_actions.activate(whole, by=facilitator)
    assert again(whole).status == PlanStatus.DRAFT


def test_a_plan_does_not_start_without_a_measure(whole: ActionPlan, consumer: Member) -> None:
    OutcomeStandard.objects.within(whole.agency).filter(plan=whole).delete()
    assert codes(whole) == ["measure"]
    with pytest.raises(Refused):
        plan_actions.activate(whole, by=consumer)


def test_a_plan_does_not_start_before_one_way_is_better(
    whole: ActionPlan, measure: Measure, facilitator: Member
) -> None:
    measure_actions.redefine(measure, direction="neutral", by=facilitator)
    assert codes(whole) == ["direction"]


def test_less_can_be_better(whole: ActionPlan, measure: Measure, facilitator: Member) -> None:
    measure_actions.redefine(measure, direction="decrease", by=facilitator)
    assert codes(whole) == ["target_worse"]


def test_a_whole_plan_starts_and_its_first_look_is_planned(active: ActionPlan, today: date) -> None:
    assert active.status == PlanStatus.ACTIVE
    assert (active.activated_on, active.next_review_on) == (today, today + timedelta(days=30))
    assert Event.objects.within(active.agency).filter(name="plan.activated").count() == 1


def test_the_goal_of_a_plan_under_way_is_frozen(
    active: ActionPlan, measure: Measure, facilitator: Member, today: date
) -> None:
    with pytest.raises(Refused, match="under way"):
        plan_actions.set_standard(
            active,
            measure=measure,
            baseline=Decimal(70),
            target=Decimal(71),
            target_on=today + timedelta(days=9),
            by=facilitator,
        )
    with pytest.raises(Refused):
        plan_actions.set_aim(active, aim="Less.", by=facilitator)


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("baseline", {"baseline": Decimal(-1)}),
        ("target", {"target": Decimal(101)}),
        ("target_on", {"target_on": date(2020, 1, 1)}),
    ],
)
def test_a_goal_that_can_not_be_is_refused(
    field: str,
    given: dict[str, Any],
    plan: ActionPlan,
    measure: Measure,
    consumer: Member,
    today: date,
) -> None:
    values = {
        "measure": measure,
        "baseline": Decimal(40),
        "target": Decimal(80),
        "target_on": today + timedelta(days=9),
        **given,
    }
    with pytest.raises(ValidationError) as caught:
        plan_actions.set_standard(plan, **values, by=consumer)
    assert set(caught.value.message_dict) == {field}


def test_a_goal_is_measured_by_a_measure_of_the_same_cell(
    plan: ActionPlan, define: Define, facilitator: Member, today: date
) -> None:
    other = cell_actions.open_cell(name="Other", focus="Other", by=facilitator, on=today)
    strange = define(cell=other)
    with pytest.raises(ValidationError) as caught:
        plan_actions.set_standard(
            plan, measure=strange, baseline=None, target=None, target_on=None, by=facilitator
        )
    assert set(caught.value.message_dict) == {"measure"}


def test_the_baseline_keeps_the_day_on_which_it_was_set(
    whole: ActionPlan, measure: Measure, consumer: Member, today: date
) -> None:
    with time_machine.travel(noon(today + timedelta(days=10))):
        plan_actions.set_standard(
            whole,
            measure=measure,
            baseline=Decimal(40),
            target=Decimal(90),
            target_on=today + timedelta(days=120),
            by=consumer,
        )
    assert whole.standards.get().baseline_on == today


def test_beginning_a_plan_twice_finds_the_first_one(plan: ActionPlan, provider: Member) -> None:
    assert plan_actions.begin_plan(plan.opportunity, by=provider).pk == plan.pk


def test_a_step_is_started_done_and_never_again(active: ActionPlan, provider: Member) -> None:
    step = active.steps.get()
    assert plan_actions.start_step(step, by=provider).status == StepStatus.STARTED
    assert plan_actions.start_step(step, by=provider).status == StepStatus.STARTED
    done = plan_actions.finish_step(step, by=provider)
    assert (done.status, done.ended_on) == (StepStatus.DONE, provider.agency.today())
    with pytest.raises(Refused, match="has ended"):
        plan_actions.finish_step(step, by=provider)


def test_a_step_is_not_done_before_the_plan_starts(whole: ActionPlan, provider: Member) -> None:
    with pytest.raises(Refused, match="not started"):
        plan_actions.start_step(whole.steps.get(), by=provider)


def test_a_step_is_dropped_only_with_a_reason(active: ActionPlan, provider: Member) -> None:
    step = active.steps.get()
    with pytest.raises(ValidationError):
        plan_actions.drop_step(step, reason="", by=provider)
    assert plan_actions.drop_step(step, reason="No room.", by=provider).status == StepStatus.DROPPED


def test_a_plan_under_way_takes_no_step_without_owner_and_day(
    active: ActionPlan, provider: Member
) -> None:
    with pytest.raises(ValidationError) as caught:
        plan_actions.add_step(active, what="Paint the door", owner=None, due=None, by=provider)
    assert set(caught.value.message_dict) == {"owner", "due"}


def test_whoever_is_given_a_step_is_told(active: ActionPlan, provider: Member) -> None:
    rows = Message.objects.within(active.agency).filter(member=provider, code="step.given")
    assert rows.count() == 1


def test_overdue_is_derived_from_the_day(active: ActionPlan, today: date) -> None:
    step = active.steps.get()
    assert step.due is not None
    assert not step.is_overdue(step.due)
    late = step.due + timedelta(days=1)
    assert step.is_overdue(late)
    steps = ActionStep.objects.within(active.agency)
    assert list(steps.overdue(late)) == [step]
    assert not steps.overdue(step.due).exists()


def test_a_look_plans_the_next_one(active: ActionPlan, consumer: Member, today: date) -> None:
    with time_machine.travel(noon(today + timedelta(days=40))):
        plan_actions.review(active, outcome="adapt", note="Half way there.", by=consumer)
    assert again(active).status == PlanStatus.ACTIVE
    assert again(active).next_review_on == today + timedelta(days=70)


def test_a_look_can_stop_the_plan_which_can_start_again(
    active: ActionPlan, consumer: Member
) -> None:
    plan_actions.review(active, outcome="stop", note="It got worse.", by=consumer)
    stopped = again(active)
    assert (stopped.status, stopped.next_review_on) == (PlanStatus.STOPPED, None)
    assert plan_actions.activate(stopped, by=consumer).status == PlanStatus.ACTIVE


def test_a_look_may_only_name_a_past_meeting_of_the_cell(
    active: ActionPlan, consumer: Member, facilitator: Member, today: date
) -> None:
    from django.utils.timezone import now

    coming = group_actions.plan_meeting(
        active.opportunity.cell.group, starts_at=now() + timedelta(days=3), by=facilitator
    )
    with pytest.raises(ValidationError) as caught:
        plan_actions.review(active, outcome="go_on", note="Fine.", meeting=coming, by=consumer)
    assert set(caught.value.message_dict) == {"meeting"}


@pytest.mark.parametrize(
    ("act", "given"),
    [
        (plan_actions.set_aim, {"aim": "New"}),
        (plan_actions.set_evaluation, {"looked_at_by": None, "cadence": "", "adapt_if": ""}),
    ],
)
def test_somebody_elses_change_of_a_plan_is_not_written_over(
    act: Callable[..., object], given: dict[str, Any], plan: ActionPlan, consumer: Member
) -> None:
    shown = plan.version
    plan_actions.set_aim(plan, aim="First", by=consumer, version=shown)
    with pytest.raises(ValidationError, match="Somebody changed this"):
        act(plan, **given, by=consumer, version=shown)


def test_the_database_holds_no_active_plan_that_is_not_whole(active: ActionPlan) -> None:
    rows = ActionPlan.objects.within(active.agency).filter(pk=active.pk)
    with pytest.raises(IntegrityError, match="action_plan_whole_when_active"), transaction.atomic():
        rows.update(adapt_if="")
