"""The plan for a chosen opportunity: aim, goal, evaluation; started, reviewed, stopped."""

from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.ideas.actions import locked as locked_opportunity
from cells.ideas.models import Opportunity
from cells.plans import rules
from cells.plans.actions.baselines import said_anew
from cells.plans.actions.evaluation import draft_plan
from cells.plans.evaluation import judged
from cells.plans.models.plans import (
    WHILE_ACTIVE,
    ActionPlan,
    Cadence,
    Cause,
    EvaluationReview,
    OutcomeStandard,
    PlanStatus,
    ReviewOutcome,
    StandardRole,
)
from foundation import events
from foundation.edits import required, same
from foundation.refusals import enforce
from groups.models import Meeting
from measures.definitions import periods
from measures.definitions.models import Measure
from notifications.actions import tell

EVERY = {
    Cadence.WEEK: timedelta(days=7),
    Cadence.MONTH: timedelta(days=30),
    Cadence.QUARTER: timedelta(days=91),
}


def locked(plan: ActionPlan, by: Member) -> ActionPlan:
    """Lock the opportunity, then the plan: what may be done depends on both."""
    opportunity = locked_opportunity(plan.opportunity_id, by)
    plan = ActionPlan.objects.within(by.agency).select_for_update().get(pk=plan.pk)
    plan.opportunity = opportunity
    return plan


def _record(name: str, plan: ActionPlan, by: Member, **numbers: int | str) -> None:
    events.record(
        name,
        plan,
        by=by,
        on_behalf_of=None,
        cell=plan.opportunity.cell_id,
        opportunity=plan.opportunity_id,
        **numbers,
    )


@transaction.atomic
def begin_plan(opportunity: Opportunity, *, by: Member) -> ActionPlan:
    """Start planning a chosen opportunity; choosing it created the empty plan."""
    opportunity = locked_opportunity(opportunity.pk, by)
    enforce(rules.planning(opportunity, by))
    return draft_plan(opportunity, by)


@transaction.atomic
def set_aim(plan: ActionPlan, *, aim: str, by: Member, version: int | None = None) -> ActionPlan:
    """State what should improve, for whom, by how much and by when."""
    plan = locked(plan, by)
    enforce(rules.changing_plan(plan, by))
    same(plan, version)
    required(aim=aim)
    plan.aim = aim.strip()
    plan.version += 1
    plan.save()
    _record("plan.changed", plan, by)
    return plan


@transaction.atomic
def set_standard(
    plan: ActionPlan,
    *,
    measure: Measure,
    baseline: Decimal | None,
    target: Decimal | None,
    target_on: date | None,
    baseline_through: date | None = None,
    role: str = StandardRole.OUTCOME,
    reason: str = "",
    by: Member,
    version: int | None = None,
) -> OutcomeStandard:
    """Set a measure with its baseline and goal, and the day to reach it.

    Baseline and target are in the measure's displayed units (percent for a share). Either may be
    None while undecided, but the plan can't begin without it. `baseline_through` is any day of the
    baseline's last period, which is frozen then; None: it is frozen when the plan begins. There is
    one outcome, replaced each time; of the other roles, one per measure. A new baseline of a plan
    that has begun before needs a `reason`. `version` is the plan's.
    """
    plan = locked(plan, by)
    enforce(rules.changing_plan(plan, by))
    same(plan, version)
    today = by.agency.today()
    if role not in StandardRole.values:
        raise ValidationError({"role": _("Choose one of the answers.")})
    _check_standard(plan, measure, baseline, target, target_on, today)
    standard = _standard(plan, measure, role, by)
    was = _starts_from(standard)
    if standard.baseline != baseline:
        standard.baseline_on = today if baseline is not None else None
    _freeze(standard, measure, baseline_through, today, begun=plan.activated_on is not None)
    if plan.activated_on is not None and standard.pk is not None:
        _say_why(plan, standard, was, (measure.pk, baseline, standard.baseline_through), reason, by)
    standard.measure, standard.baseline = measure, baseline
    standard.target, standard.target_on = target, target_on
    standard.save()
    plan.version += 1
    plan.save()
    _record("plan.changed", plan, by, measure=measure.pk)
    return standard


def _standard(plan: ActionPlan, measure: Measure, role: str, by: Member) -> OutcomeStandard:
    """The standard to set; ValidationError if the plan uses the measure in another role."""
    standards = OutcomeStandard.objects.within(by.agency).filter(plan=plan)
    if standards.filter(measure=measure).exclude(role=role).exists():
        raise ValidationError({"measure": _("This plan uses that measure already.")})
    same_role = standards.filter(role=role)
    if role != StandardRole.OUTCOME:
        same_role = same_role.filter(measure=measure)
    return same_role.first() or OutcomeStandard(agency=by.agency, plan=plan, role=role)


_Start = tuple[int | None, Decimal | None, date | None]


def _starts_from(standard: OutcomeStandard) -> _Start:
    return standard.measure_id, standard.baseline, standard.baseline_through


def _say_why(
    plan: ActionPlan, standard: OutcomeStandard, was: _Start, now: _Start, reason: str, by: Member
) -> None:
    """Require a reason for resetting the frozen baseline of a begun plan, and record it."""
    if was == now:
        return
    required(reason=reason)
    standard.plan = plan
    same_measure = was[0] == now[0]
    before = was[1] if same_measure else None
    said_anew(standard, before, now[1], cause=Cause.SET_ANEW, by=by, reason=reason)


def _freeze(
    standard: OutcomeStandard, measure: Measure, through: date | None, today: date, *, begun: bool
) -> None:
    """Freeze the baseline at its last period, or leave it to the day the plan begins."""
    if through is not None and through > today:
        raise ValidationError({"baseline_through": _("Choose a day that is not still to come.")})
    period = None if through is None else periods.period_of(measure.frequency, through)
    same_measure = standard.measure_id == measure.pk
    if period is None and begun and same_measure:
        # It was frozen when the plan began, and stays so.
        return
    if period != standard.baseline_through or not same_measure:
        standard.baseline_through = period
        standard.frozen_on = None if period is None else today


@transaction.atomic
def drop_standard(
    standard: OutcomeStandard, *, by: Member, version: int | None = None
) -> ActionPlan:
    """Remove a further measure from the plan; never one of a plan that has begun."""
    plan = locked(standard.plan, by)
    enforce(rules.dropping_standard(standard, plan, by))
    same(plan, version)
    measure = standard.measure_id
    OutcomeStandard.objects.within(by.agency).get(pk=standard.pk).delete()
    plan.version += 1
    plan.save()
    _record("plan.changed", plan, by, measure=measure)
    return plan


def _check_standard(
    plan: ActionPlan,
    measure: Measure,
    baseline: Decimal | None,
    target: Decimal | None,
    target_on: date | None,
    today: date,
) -> None:
    wrong = rules.wrong_numbers(measure, baseline, target)
    if measure.owner_id != plan.opportunity.cell.group_id or measure.retired_on is not None:
        wrong["measure"] = _("Choose one of the measures of this cell.")
    if target_on is not None and target_on <= today:
        wrong["target_on"] = _("Choose a day that is still to come.")
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def set_evaluation(
    plan: ActionPlan,
    *,
    looked_at_by: Member | None,
    cadence: str,
    adapt_if: str,
    by: Member,
    version: int | None = None,
) -> ActionPlan:
    """Set the reviewer, the cadence, and what would make the cell adapt the plan or stop."""
    plan = locked(plan, by)
    enforce(rules.changing_plan(plan, by))
    same(plan, version)
    if cadence and cadence not in Cadence.values:
        raise ValidationError({"cadence": _("Choose one of the answers.")})
    plan.looked_at_by, plan.cadence, plan.adapt_if = looked_at_by, cadence, adapt_if.strip()
    plan.version += 1
    plan.save()
    _record("plan.changed", plan, by)
    return plan


@transaction.atomic
def activate(plan: ActionPlan, *, by: Member) -> ActionPlan:
    """Begin to act on the plan; an incomplete plan is refused with all that is missing."""
    plan = locked(plan, by)
    enforce(rules.activating(plan, by))
    today = by.agency.today()
    plan.become(PlanStatus.ACTIVE)
    plan.activated_on, plan.ended_on = today, None
    plan.next_review_on = today + EVERY[Cadence(plan.cadence)]
    plan.version += 1
    plan.save()
    standards = OutcomeStandard.objects.within(by.agency).filter(plan=plan, frozen_on=None)
    for standard in standards.select_related("measure"):
        # The baseline includes every period completed by the plan's first day, and never moves.
        standard.baseline_through = periods.latest(standard.measure.frequency, today)
        standard.frozen_on = today
        standard.save()
    _record("plan.activated", plan, by)
    if plan.opportunity.author_id != by.pk:
        tell(plan.opportunity.author, "plan.activated", subject=plan.opportunity)
    return plan


@transaction.atomic
def review(
    plan: ActionPlan,
    *,
    outcome: str,
    note: str,
    by: Member,
    meeting: Meeting | None = None,
    version: int | None = None,
) -> EvaluationReview:
    """Record a review of whether the plan works, and the outcome: go on, adapt, or stop."""
    plan = locked(plan, by)
    enforce(rules.reviewing(plan, by))
    same(plan, version)
    required(note=note)
    if outcome not in WHILE_ACTIVE:
        raise ValidationError({"outcome": _("Choose one of the answers.")})
    today = by.agency.today()
    looked = look(plan, outcome=outcome, note=note, meeting=meeting, by=by)
    if outcome == ReviewOutcome.STOP:
        plan.become(PlanStatus.STOPPED)
        plan.ended_on, plan.next_review_on = today, None
    else:
        plan.next_review_on = today + EVERY[Cadence(plan.cadence)]
    plan.version += 1
    plan.save()
    _record("plan.reviewed", plan, by, outcome=outcome)
    if outcome == ReviewOutcome.STOP:
        _record("plan.stopped", plan, by)
    return looked


def look(
    plan: ActionPlan, *, outcome: str, note: str, meeting: Meeting | None, by: Member
) -> EvaluationReview:
    """Record a review of a (locked) plan, with what its charts say at this moment."""
    today = by.agency.today()
    if meeting is not None and (
        meeting.group_id != plan.opportunity.cell.group_id or meeting.on > today
    ):
        raise ValidationError({"meeting": _("Choose a meeting of this cell.")})
    looked: EvaluationReview = plan.reviews.create(
        agency=by.agency,
        on=today,
        by=by,
        meeting=meeting,
        outcome=outcome,
        note=note.strip(),
        seen="\n".join(each.line for each in judged(plan)),
    )
    return looked
