"""Action steps: written down, owned, started, done, or dropped with a reason."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from cells import rules
from cells.actions.edits import required, same
from cells.models import ActionPlan, ActionStep, PlanStatus, StepStatus
from foundation import events
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
    plan: ActionPlan, *, what: str, owner: Member | None, due: date | None, by: Member
) -> ActionStep:
    """Add a step; without owner and day only while the plan is being made."""
    plans = ActionPlan.objects.within(by.agency).select_related("opportunity__cell__group")
    plan = plans.select_for_update(of=("self",)).get(pk=plan.pk)
    enforce(rules.adding_steps(plan, by))
    _check(plan, what, owner, due, by)
    step: ActionStep = plan.steps.create(agency=by.agency, what=what.strip(), owner=owner, due=due)
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
    version: int | None = None,
) -> ActionStep:
    step = _locked(step, by)
    enforce(rules.changing_step(step, by))
    same(step, version)
    _check(step.plan, what, owner, due, by, was=step.due)
    before = step.owner_id
    step.what, step.owner, step.due = what.strip(), owner, due
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
) -> None:
    required(what=what)
    wrong: dict[str, str] = {}
    if plan.status == PlanStatus.ACTIVE:
        if owner is None:
            wrong["owner"] = _("The plan is under way: say who will do it.")
        if due is None:
            wrong["due"] = _("The plan is under way: say by when.")
    if due is not None and due != was and due < by.agency.today():
        wrong["due"] = _("Choose today or a day that is still to come.")
    if wrong:
        raise ValidationError(wrong)


def _tell_owner(step: ActionStep, before: int | None, by: Member) -> None:
    if step.owner is not None and step.owner_id not in (before, by.pk):
        tell(step.owner, "step.given", subject=step)


@transaction.atomic
def start_step(step: ActionStep, *, by: Member) -> ActionStep:
    step = _locked(step, by)
    enforce(rules.doing_step(step, by))
    if step.status == StepStatus.STARTED:
        return step
    step.status, step.started_on = StepStatus.STARTED, by.agency.today()
    return _save(step, "step.started", by)


@transaction.atomic
def finish_step(step: ActionStep, *, by: Member) -> ActionStep:
    step = _locked(step, by)
    enforce(rules.doing_step(step, by))
    today = by.agency.today()
    step.status, step.started_on, step.ended_on = StepStatus.DONE, step.started_on or today, today
    return _save(step, "step.done", by)


@transaction.atomic
def drop_step(
    step: ActionStep, *, reason: str, by: Member, version: int | None = None
) -> ActionStep:
    """It will not be done; the reason stays on record."""
    step = _locked(step, by)
    enforce(rules.changing_step(step, by))
    same(step, version)
    required(reason=reason)
    step.status, step.ended_on = StepStatus.DROPPED, by.agency.today()
    step.reason = reason.strip()
    return _save(step, "step.dropped", by)
