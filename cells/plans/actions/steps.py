"""Action steps: added, assigned, started, done, or dropped with a reason."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.plans import rules
from cells.plans.actions.plans import locked as locked_plan
from cells.plans.models.drivers import Driver, DriverLevel
from cells.plans.models.plans import ActionPlan, ActionStep, PlanStatus, StepDependency, StepStatus
from foundation import events
from foundation.edits import required, same
from foundation.refusals import enforce
from notifications.actions import tell


def _locked(step: ActionStep, by: Member) -> ActionStep:
    steps = ActionStep.objects.within(by.agency)
    steps = steps.select_related("plan__opportunity__cell__group")
    return steps.select_for_update(of=("self",)).get(pk=step.pk)


def _save(step: ActionStep, name: str, by: Member) -> ActionStep:
    step.version += 1
    step.save()
    events.record(name, step, by=by, plan=step.plan_id, cell=step.plan.opportunity.cell_id)
    return step


@transaction.atomic
def add_step(
    plan: ActionPlan,
    *,
    what: str,
    owner: Member | None,
    due: date | None,
    by: Member,
    co_owner: Member | None = None,
    needs: Collection[ActionStep] = (),
    change_idea: Driver | None = None,
) -> ActionStep:
    """Add a step; without owner and date only while the plan is being made.

    It can start once everything it `needs` is done or dropped. `change_idea`: the one in the plan's
    diagram that it carries out.
    """
    plan = locked_plan(plan, by)
    enforce(rules.adding_steps(plan, by))
    _check(plan, what, owner, due, by, co_owner=co_owner, change_idea=change_idea)
    step: ActionStep = plan.steps.create(
        agency=by.agency,
        what=what.strip(),
        owner=owner,
        co_owner=co_owner,
        due=due,
        change_idea=change_idea,
    )
    _depend(step, plan, needs, by)
    events.record("step.added", step, by=by, plan=plan.pk, cell=plan.opportunity.cell_id)
    _tell_owner(step, None, by)
    return step


@transaction.atomic
def change_step(
    step: ActionStep,
    *,
    what: str,
    owner: Member | None,
    due: date | None,
    by: Member,
    co_owner: Member | None = None,
    needs: Collection[ActionStep] | None = None,
    change_idea: Driver | None = None,
    version: int | None = None,
) -> ActionStep:
    """Change the step; what it `needs` stays as it is unless given."""
    # Lock the plan first: only one change at a time may decide on dependencies.
    ActionPlan.objects.within(by.agency).select_for_update().get(pk=step.plan_id)
    step = _locked(step, by)
    enforce(rules.changing_step(step, by))
    same(step, version)
    _check(
        step.plan, what, owner, due, by, was=step.due, co_owner=co_owner, change_idea=change_idea
    )
    before = step.owner_id
    step.what, step.owner, step.co_owner, step.due = what.strip(), owner, co_owner, due
    step.change_idea = change_idea
    if needs is not None:
        _depend(step, step.plan, needs, by)
    step = _save(step, "step.changed", by)
    _tell_owner(step, before, by)
    return step


def _check(
    plan: ActionPlan,
    what: str,
    owner: Member | None,
    due: date | None,
    by: Member,
    *,
    was: date | None = None,
    co_owner: Member | None = None,
    change_idea: Driver | None = None,
) -> None:
    required(what=what)
    wrong: dict[str, str] = {}
    if change_idea is not None and (
        change_idea.plan_id != plan.pk or change_idea.level != DriverLevel.IDEA
    ):
        wrong["change_idea"] = _("Choose one of the change ideas of this plan.")
    if co_owner is not None and owner is None:
        wrong["owner"] = _("Say first who will do it, then who helps.")
    elif co_owner is not None and owner is not None and co_owner.pk == owner.pk:
        wrong["co_owner"] = _("Choose another person, or nobody.")
    if plan.status == PlanStatus.ACTIVE:
        if owner is None:
            wrong["owner"] = _("The plan is under way: say who will do it.")
        if due is None:
            wrong["due"] = _("The plan is under way: say by when.")
    if due is not None and due != was and due < by.agency.today():
        wrong["due"] = _("Choose today or a day that is still to come.")
    if wrong:
        raise ValidationError(wrong)


def _depend(step: ActionStep, plan: ActionPlan, needs: Collection[ActionStep], by: Member) -> None:
    """Record what the step needs, with its plan locked; no step may depend on itself."""
    held = StepDependency.objects.within(by.agency).filter(step__plan=plan)
    others: dict[int, set[int]] = defaultdict(set)
    for waits, needed in held.exclude(step=step).values_list("step", "needed"):
        others[waits].add(needed)
    wanted = {need.pk for need in needs}
    if wanted - set(plan.steps.values_list("pk", flat=True)):
        raise ValidationError({"needs": _("Choose steps of the same plan.")})
    if rules.waits_for_itself(step.pk, wanted, others):
        raise ValidationError(
            {"needs": _("Then two steps would wait for each other. Choose other steps.")}
        )
    held.filter(step=step).exclude(needed__in=wanted).delete()
    there = set(held.filter(step=step).values_list("needed", flat=True))
    for need in sorted(wanted - there):
        StepDependency.objects.within(by.agency).create(step=step, needed_id=need)


def _tell_owner(step: ActionStep, before: int | None, by: Member) -> None:
    if step.owner is not None and step.owner_id not in (before, by.pk):
        tell(step.owner, "step.given", subject=step)


def _open_needs(step: ActionStep, by: Member) -> list[ActionStep]:
    steps = ActionStep.objects.within(by.agency).still_open()
    return list(steps.filter(needed_by__step=step))


@transaction.atomic
def start_step(step: ActionStep, *, by: Member) -> ActionStep:
    step = _locked(step, by)
    enforce(rules.doing_step(step, by))
    enforce(rules.waiting_for(step, _open_needs(step, by)))
    if step.status == StepStatus.STARTED:
        return step
    step.become(StepStatus.STARTED)
    step.started_on = by.agency.today()
    return _save(step, "step.started", by)


@transaction.atomic
def finish_step(step: ActionStep, *, by: Member) -> ActionStep:
    step = _locked(step, by)
    enforce(rules.doing_step(step, by))
    enforce(rules.waiting_for(step, _open_needs(step, by)))
    today = by.agency.today()
    step.become(StepStatus.DONE)
    step.started_on, step.ended_on = step.started_on or today, today
    return _save(step, "step.done", by)


@transaction.atomic
def reopen_step(step: ActionStep, *, by: Member) -> ActionStep:
    """Reopen a step that was not done or dropped after all; its owner is told."""
    step = _locked(step, by)
    enforce(rules.reopening_step(step, by))
    step.become(StepStatus.STARTED if step.started_on else StepStatus.TO_DO)
    step.ended_on, step.reason = None, ""
    step = _save(step, "step.reopened", by)
    _tell_owner(step, None, by)
    return step


@transaction.atomic
def drop_step(
    step: ActionStep, *, reason: str, by: Member, version: int | None = None
) -> ActionStep:
    """Drop the step; the reason stays on record."""
    step = _locked(step, by)
    enforce(rules.changing_step(step, by))
    same(step, version)
    required(reason=reason)
    step.become(StepStatus.DROPPED)
    step.ended_on, step.reason = by.agency.today(), reason.strip()
    return _save(step, "step.dropped", by)
