"""The cell's verdict on whether an idea worked; its plan is begun, stopped or finished."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.ideas.actions import locked, move
from cells.ideas.models import Opportunity, OpportunityState
from cells.plans import rules
from cells.plans.evaluation import judged
from cells.plans.models.cycles import PDSACycle
from cells.plans.models.plans import STILL_OPEN, ActionPlan, PlanStatus
from cells.plans.sustain import has_slipped
from foundation import events
from foundation.edits import required, same
from foundation.models import TenantQuerySet
from foundation.refusals import enforce
from groups import actions as group_actions
from groups.models import Decision


def draft_plan(opportunity: Opportunity, by: Member | None) -> ActionPlan:
    """The plan of a chosen opportunity, created empty if there is none."""
    agency = opportunity.agency
    plan, begun = ActionPlan.objects.within(agency).get_or_create(
        opportunity=opportunity, defaults={"agency": agency, "begun_on": agency.today()}
    )
    if begun:
        events.record(
            "plan.begun", plan, by=by, cell=opportunity.cell_id, opportunity=opportunity.pk
        )
    return plan


@transaction.atomic
def finish(
    opportunity: Opportunity,
    *,
    result: str,
    told: str,
    by: Member,
    knowing: bool = False,
    version: int | None = None,
) -> Opportunity:
    """Ask the cell whether it worked, with the result and the sentence "you said, we did".

    It is done when the cell agrees, by consent and with its consumer quorum. The proposal also says
    what the charts show and which tests are still running; `knowing` confirms those.
    """
    opportunity = locked(opportunity.pk, by)
    plan = _plan(opportunity).first()
    steps_open = plan is not None and any(step.status in STILL_OPEN for step in plan.steps.all())
    enforce(rules.finishing(opportunity, plan, by, steps_open=steps_open))
    same(opportunity, version)
    required(result=result, told=told)
    assert plan is not None
    running = list(PDSACycle.objects.within(by.agency).running().filter(plan=plan).order_by("pk"))
    if running and not knowing:
        raise ValidationError(
            {"knowing": _("A small test still goes on. Check the box, or end the test first.")}
        )
    opportunity.result, opportunity.told = result.strip(), told.strip()
    opportunity.closing = group_actions.propose(
        opportunity.cell.group,
        title=_("Did it work? %(title)s") % {"title": opportunity.title},
        text=_asked(opportunity, plan, running),
        subject=opportunity,
        fixed=True,
        by=by,
    )
    return move(opportunity, OpportunityState.CLOSING, by)


def _asked(opportunity: Opportunity, plan: ActionPlan, running: list[PDSACycle]) -> str:
    """The text of the proposal that asks the cell whether it worked."""
    parts = [opportunity.result, opportunity.told]
    if seen := [each.line for each in judged(plan)]:
        parts += [_("What the charts say now:"), *seen]
    if running:
        tests = [
            _("Test %(number)d: %(title)s") % {"number": test.number, "title": test.title}
            for test in running
        ]
        parts.append("\n".join([_("Small tests that still go on:"), *tests]))
    return "\n\n".join(parts)


@transaction.atomic
def confirm(opportunity: Opportunity, *, decision: Decision, by: Member | None) -> Opportunity:
    """Carry out the cell's agreement that it worked; called by the reaction to it."""
    opportunity = locked(opportunity.pk, decision)
    if opportunity.state != OpportunityState.CLOSING:
        return opportunity
    plan = _plan(opportunity).filter(status=PlanStatus.ACTIVE).first()
    if plan is not None:
        today = opportunity.agency.today()
        plan.become(PlanStatus.FINISHED)
        plan.ended_on, plan.next_review_on = today, None
        if has_slipped(plan):
            # The cell knew it when it agreed, so it is not asked again.
            plan.slipped_on = plan.left_on = today
        plan.version += 1
        plan.save()
        events.record("plan.finished", plan, by=by, cell=opportunity.cell_id)
    return move(opportunity, OpportunityState.DONE, by, decision=decision.pk)


@transaction.atomic
def go_on(opportunity: Opportunity, *, decision: Decision, by: Member | None) -> Opportunity:
    """Continue the plan: the cell did not agree that it worked."""
    opportunity = locked(opportunity.pk, decision)
    if opportunity.state != OpportunityState.CLOSING:
        return opportunity
    opportunity.closing = None
    return move(
        opportunity, OpportunityState.CHOSEN, by, name="opportunity.not_yet", decision=decision.pk
    )


def _plan(opportunity: Opportunity) -> TenantQuerySet[ActionPlan]:
    plans = ActionPlan.objects.within(opportunity.agency).select_for_update()
    return plans.filter(opportunity=opportunity)


def stop_plan(opportunity: Opportunity, by: Member | None) -> None:
    """Stop the idea's plan, if one is under way."""
    plan = _plan(opportunity).filter(status=PlanStatus.ACTIVE).first()
    if plan is None:
        return
    plan.become(PlanStatus.STOPPED)
    plan.ended_on, plan.next_review_on = opportunity.agency.today(), None
    plan.version += 1
    plan.save()
    events.record("plan.stopped", plan, by=by, cell=opportunity.cell_id)
