"""The plan for a chosen opportunity: aim, goal, evaluation; begun, looked at, stopped."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from cells import rules
from cells.actions.edits import required, same
from cells.actions.opportunities import draft_plan
from cells.actions.opportunities import locked as locked_opportunity
from cells.models import (
    ActionPlan,
    Cadence,
    EvaluationReview,
    Measure,
    Opportunity,
    OutcomeStandard,
    PlanStatus,
    ReviewOutcome,
    StandardRole,
)
from foundation import events
from foundation.refusals import enforce
from groups.models import Meeting
from notifications.actions import tell

EVERY = {
    Cadence.WEEK: timedelta(days=7),
    Cadence.MONTH: timedelta(days=30),
    Cadence.QUARTER: timedelta(days=91),
}


def _locked(plan: ActionPlan, by: Member) -> ActionPlan:
    plans = ActionPlan.objects.within(by.agency).select_related("opportunity__cell__group")
    return plans.select_for_update(of=("self",)).get(pk=plan.pk)


def _record(name: str, plan: ActionPlan, by: Member, **numbers: Any) -> None:
    events.record(
        name,
        plan,
        by=by,
        cell=plan.opportunity.cell_id,
        opportunity=plan.opportunity_id,
        **numbers,
    )


@transaction.atomic
def begin_plan(opportunity: Opportunity, *, by: Member) -> ActionPlan:
    """The plan of a chosen opportunity, which its choice has begun empty."""
    opportunity = locked_opportunity(opportunity.pk, by)
    enforce(rules.planning(opportunity, by))
    return draft_plan(opportunity, by)


@transaction.atomic
def set_aim(plan: ActionPlan, *, aim: str, by: Member, version: int | None = None) -> ActionPlan:
    """Say what is to be better, for whom, by how much and when."""
    plan = _locked(plan, by)
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
    by: Member,
    version: int | None = None,
) -> OutcomeStandard:
    """Say by which measure the plan will show, from where to where, by when.

    Baseline and target are in the units that the measure is shown in (percent for a share). What
    is still open may be None: the plan can't begin without it. `version` is the plan's.
    """
    plan = _locked(plan, by)
    enforce(rules.changing_plan(plan, by))
    same(plan, version)
    today = by.agency.today()
    _check_standard(plan, measure, baseline, target, target_on, today)
    standards = OutcomeStandard.objects.within(by.agency).filter(plan=plan)
    standard = standards.filter(role=StandardRole.OUTCOME).first()
    if standard is None:
        standard = OutcomeStandard(agency=by.agency, plan=plan)
    if standard.baseline != baseline:
        standard.baseline_on = today if baseline is not None else None
    standard.measure, standard.baseline = measure, baseline
    standard.target, standard.target_on = target, target_on
    standard.save()
    plan.version += 1
    plan.save()
    _record("plan.changed", plan, by, measure=measure.pk)
    return standard


def _check_standard(
    plan: ActionPlan,
    measure: Measure,
    baseline: Decimal | None,
    target: Decimal | None,
    target_on: date | None,
    today: date,
) -> None:
    wrong: dict[str, str] = {}
    if measure.cell_id != plan.opportunity.cell_id or measure.retired_on is not None:
        wrong["measure"] = _("Choose one of the measures of this cell.")
    most = measure.largest
    for name, value in (("baseline", baseline), ("target", target)):
        if value is not None and value < 0:
            wrong[name] = _("A number can't be less than 0.")
        elif value is not None and most is not None and value > most:
            wrong[name] = _("This can't be more than %(most)d.") % {"most": most}
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
    """Say who looks at how it goes, how often, and what would make the cell adapt it or stop."""
    plan = _locked(plan, by)
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
    """Begin to act on the plan; refused, with all that is missing, unless it is whole."""
    plan = _locked(plan, by)
    enforce(rules.activating(plan, by))
    today = by.agency.today()
    plan.status, plan.activated_on, plan.ended_on = PlanStatus.ACTIVE, today, None
    plan.next_review_on = today + EVERY[Cadence(plan.cadence)]
    plan.version += 1
    plan.save()
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
    """Write down a look at whether the plan works, and what follows: go on, adapt, or stop."""
    plan = _locked(plan, by)
    enforce(rules.reviewing(plan, by))
    same(plan, version)
    required(note=note)
    if outcome not in ReviewOutcome.values:
        raise ValidationError({"outcome": _("Choose one of the answers.")})
    today = by.agency.today()
    if meeting is not None and (
        meeting.group_id != plan.opportunity.cell.group_id or meeting.on > today
    ):
        raise ValidationError({"meeting": _("Choose a meeting of this cell.")})
    looked: EvaluationReview = plan.reviews.create(
        agency=by.agency, on=today, by=by, meeting=meeting, outcome=outcome, note=note.strip()
    )
    if outcome == ReviewOutcome.STOP:
        plan.status, plan.ended_on, plan.next_review_on = PlanStatus.STOPPED, today, None
    else:
        plan.next_review_on = today + EVERY[Cadence(plan.cadence)]
    plan.version += 1
    plan.save()
    _record("plan.reviewed", plan, by, outcome=outcome)
    if outcome == ReviewOutcome.STOP:
        _record("plan.stopped", plan, by)
    return looked
