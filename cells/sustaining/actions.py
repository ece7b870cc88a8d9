"""Finished plans: who keeps checking that the gain lasts, how often, and what reopens it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.ideas.actions import locked as locked_opportunity
from cells.ideas.actions import move, tell_owners
from cells.ideas.models import OpportunityState
from cells.plans import rules
from cells.plans.actions.plans import EVERY, look
from cells.plans.actions.plans import locked as locked_plan
from cells.plans.models.plans import (
    ONCE_FINISHED,
    ActionPlan,
    Cadence,
    EvaluationReview,
    OutcomeStandard,
    PlanStatus,
    Reopening,
    ReviewOutcome,
    StandardRole,
    SustainPlan,
)
from cells.plans.sustain import has_slipped
from foundation import events
from foundation.edits import required, same
from foundation.refusals import enforce
from groups.models import Meeting
from measures.definitions.models import Measure


@transaction.atomic
def sustain(
    plan: ActionPlan,
    *,
    looked_at_by: Member | None,
    cadence: str,
    reopen_if: str,
    by: Member,
    version: int | None = None,
) -> SustainPlan:
    """Set who keeps checking, how often, and what would reopen it; or change that, or resume."""
    plan = locked_plan(plan, by)
    enforce(rules.sustaining(plan, by))
    required(reopen_if=reopen_if)
    if looked_at_by is None:
        raise ValidationError({"looked_at_by": _("Say who will look at how it goes.")})
    if cadence not in Cadence.values:
        raise ValidationError({"cadence": _("Choose one of the answers.")})
    today = by.agency.today()
    held = SustainPlan.objects.within(by.agency).filter(plan=plan).first()
    if held is None:
        held = SustainPlan(agency=by.agency, plan=plan, made_on=today, made_by=by)
    else:
        same(held, version)
        held.version += 1
    held.looked_at_by, held.cadence, held.reopen_if = looked_at_by, cadence, reopen_if.strip()
    held.next_look_on, held.ended_on = today + EVERY[Cadence(cadence)], None
    held.save()
    _record("plan.lasting", plan, by)
    return held


@transaction.atomic
def look_on(
    plan: ActionPlan,
    *,
    outcome: str,
    note: str,
    by: Member,
    meeting: Meeting | None = None,
    version: int | None = None,
) -> EvaluationReview:
    """Record whether the gain lasts; checking ends once enough was seen, or it slipped.

    If it slipped, the outcome of the review decides: the idea is taken up again, or left as it is.
    """
    plan = locked_plan(plan, by)
    held = SustainPlan.objects.within(by.agency).select_for_update().filter(plan=plan).first()
    enforce(rules.looking_on(plan, held, by))
    same(held or plan, version)
    required(note=note)
    if outcome not in answers(plan, held):
        raise ValidationError({"outcome": _("Choose one of the answers.")})
    looked = look(plan, outcome=outcome, note=note, meeting=meeting, by=by)
    today = by.agency.today()
    if held is not None and held.ended_on is None:
        if outcome in (ReviewOutcome.LASTS, ReviewOutcome.LEFT):
            held.next_look_on = today + EVERY[Cadence(held.cadence)]
        else:
            held.next_look_on, held.ended_on = None, today
        held.version += 1
        held.save()
        if held.ended_on is not None and plan.opportunity.cell.group.is_over(today):
            _retire_measures(plan, by)
    _record("plan.reviewed", plan, by, outcome=outcome)
    if outcome == ReviewOutcome.SLIPPED:
        _take_up(plan, looked, by)
    elif plan.asks:
        plan.left_on = today
        plan.version += 1
        plan.save()
    return looked


def _retire_measures(plan: ActionPlan, by: Member) -> None:
    """Retire the measures that nobody checks any longer in a closed cell."""
    cell = plan.opportunity.cell
    watched = OutcomeStandard.objects.within(by.agency).filter(
        plan__sustain__isnull=False, plan__sustain__ended_on=None
    )
    measures = Measure.objects.within(by.agency).in_use().filter(owner=cell.group_id)
    for measure in measures.exclude(pk__in=watched.values("measure")).select_for_update():
        measure.retired_on = by.agency.today()
        measure.version += 1
        measure.save()
        events.record("measure.retired", measure, by=by, group=cell.group_id)


def answers(plan: ActionPlan, held: SustainPlan | None) -> list[ReviewOutcome]:
    """Possible outcomes of a review; continuing or stopping only if somebody is checking."""
    looks = held is not None and held.ended_on is None
    going_on = (ReviewOutcome.LASTS, ReviewOutcome.ENOUGH)
    offered = [each for each in ONCE_FINISHED if looks or each not in going_on]
    if plan.opportunity.cell.group.is_over(plan.agency.today()):
        # Nobody can take it up there; it can be shared with another cell.
        offered.remove(ReviewOutcome.SLIPPED)
    return offered if plan.asks else [each for each in offered if each != ReviewOutcome.LEFT]


def _take_up(plan: ActionPlan, looked: EvaluationReview, by: Member) -> None:
    """Take the idea up again: it is chosen as before, and its plan must be reviewed and started.

    The frozen baseline stays, so that the verdict still compares with where it all began.
    """
    opportunity = locked_opportunity(plan.opportunity_id, by)
    assert opportunity.closing is not None
    assert plan.activated_on is not None
    today = by.agency.today()
    Reopening.objects.within(by.agency).create(
        opportunity=opportunity,
        worked_from=plan.activated_on,
        decision=opportunity.closing,
        done_on=opportunity.state_on,
        result=opportunity.result,
        told=opportunity.told,
        on=today,
        by=by,
        reason=looked.note,
        seen=looked.seen,
    )
    plan.become(PlanStatus.DRAFT)
    plan.ended_on = plan.slipped_on = plan.left_on = None
    plan.version += 1
    plan.save()
    opportunity.result = opportunity.told = ""
    move(opportunity, OpportunityState.CHOSEN, by, name="opportunity.reopened")


def see_whether_it_lasts(measure: Measure) -> None:
    """After a number is recorded: ask the cells whose finished plans it shows to have slipped.

    They are asked once. If it improves and slips again, they are asked again.
    """
    plans = ActionPlan.objects.within(measure.agency).filter(
        status=PlanStatus.FINISHED,
        opportunity__state=OpportunityState.DONE,
        standards__measure=measure,
        standards__role=StandardRole.OUTCOME,
    )
    today = measure.agency.today()
    # In a closed cell, only people who are still checking are asked.
    closed = Q(opportunity__cell__group__closed__isnull=False)
    watched = Q(sustain__isnull=False, sustain__ended_on=None)
    plans = plans.exclude(closed & ~watched)
    for plan in plans.select_related("opportunity__cell").select_for_update(of=("self",)):
        slipped = has_slipped(plan)
        if slipped and plan.slipped_on is None:
            plan.slipped_on = today
            plan.version += 1
            plan.save()
            _record("plan.slipped", plan, None)
            tell_owners(plan.opportunity, "plan.slipped")
        elif not slipped and plan.left_on is not None:
            plan.slipped_on = plan.left_on = None
            plan.version += 1
            plan.save()


def _record(name: str, plan: ActionPlan, by: Member | None, outcome: str = "") -> None:
    cell, opportunity = plan.opportunity.cell_id, plan.opportunity_id
    events.record(name, plan, by=by, cell=cell, opportunity=opportunity, outcome=outcome)
