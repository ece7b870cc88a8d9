"""An opportunity's way from being raised to being done, and its author told at each change."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from cells import rules
from cells.actions.edits import required, same
from cells.models import (
    ActionPlan,
    Cell,
    Opportunity,
    OpportunityKind,
    OpportunityState,
    PlanStatus,
    RoundEntry,
    RoundStatus,
)
from foundation import events
from foundation.refusals import enforce
from groups.models import Decision, DecisionStatus
from notifications.actions import tell


@dataclass(frozen=True)
class Origin:
    """Where an opportunity came from: another app's subject, and its words."""

    type: str
    id: int
    words: str


@transaction.atomic
def raise_opportunity(
    cell: Cell,
    *,
    by: Member,
    kind: str,
    title: str,
    description: str = "",
    origin: Origin | None = None,
    on_behalf_of: Member | None = None,
    consented: bool = False,
) -> Opportunity:
    """Raise something that could be better, or something good to build on.

    `on_behalf_of`: whose idea it is, entered by a facilitator with their consent.
    ValidationError: no title, no such kind, no consent.
    """
    enforce(rules.raising(cell, by))
    author = on_behalf_of if on_behalf_of is not None and on_behalf_of.pk != by.pk else None
    if author is not None:
        enforce(rules.raising_for(author, by))
        if not consented:
            raise ValidationError(
                {"consented": _("Ask them first, and check the box when they agree.")}
            )
    required(title=title)
    if kind not in OpportunityKind.values:
        raise ValidationError({"kind": _("Choose one of the two.")})
    today = by.agency.today()
    opportunity: Opportunity = cell.opportunities.create(
        agency=by.agency,
        kind=kind,
        title=title.strip(),
        description=description.strip(),
        raised_by=by,
        on_behalf_of=author,
        consented_on=today if author is not None else None,
        raised_on=today,
        origin_type=origin.type if origin is not None else "",
        origin_id=origin.id if origin is not None else None,
        origin_words=origin.words if origin is not None else "",
        state_on=today,
    )
    events.record("opportunity.raised", opportunity, by=by, on_behalf_of=author, cell=cell.pk)
    if author is not None:
        tell(author, "opportunity.entered", subject=opportunity)
    return opportunity


@transaction.atomic
def park(
    opportunity: Opportunity, *, reason: str, by: Member, version: int | None = None
) -> Opportunity:
    """Set it aside for now; its author sees why."""
    return _leave(opportunity, OpportunityState.PARKED, reason, by, version)


@transaction.atomic
def decline(
    opportunity: Opportunity, *, reason: str, by: Member, version: int | None = None
) -> Opportunity:
    """Not take it up; its author sees why."""
    return _leave(opportunity, OpportunityState.DECLINED, reason, by, version)


@transaction.atomic
def take_up_again(opportunity: Opportunity, *, by: Member) -> Opportunity:
    """Put it back among those that can be ranked."""
    opportunity = locked(opportunity, by)
    enforce(rules.moving(opportunity, OpportunityState.RAISED, by))
    opportunity.reason, opportunity.decision, opportunity.chosen_on = "", None, None
    return _move(opportunity, OpportunityState.RAISED, by)


@transaction.atomic
def choose(opportunity: Opportunity, *, decision: Decision, by: Member | None) -> Opportunity:
    """What the cell's adopted decision does; called by the reaction to it."""
    opportunity = locked(opportunity, decision)
    if opportunity.state != OpportunityState.RAISED:
        return opportunity
    opportunity.decision, opportunity.chosen_on = decision, decision.decided_on
    opportunity = _move(opportunity, OpportunityState.CHOSEN, by, decision=decision.pk)
    draft_plan(opportunity, by)
    return opportunity


def draft_plan(opportunity: Opportunity, by: Member | None) -> ActionPlan:
    """The plan of a chosen opportunity, begun empty where there is none."""
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
    opportunity: Opportunity, *, result: str, told: str, by: Member, version: int | None = None
) -> Opportunity:
    """Close it as done, with what came of it and the sentence "you said, we did"."""
    opportunity = locked(opportunity, by)
    plans = ActionPlan.objects.within(by.agency).select_for_update()
    plan = plans.filter(opportunity=opportunity).first()
    enforce(rules.finishing(opportunity, plan, by))
    same(opportunity, version)
    required(result=result, told=told)
    today = by.agency.today()
    if plan is not None and plan.status == PlanStatus.ACTIVE:
        plan.status, plan.ended_on, plan.next_review_on = PlanStatus.FINISHED, today, None
        plan.version += 1
        plan.save()
        events.record("plan.finished", plan, by=by, cell=opportunity.cell_id)
    opportunity.result, opportunity.told = result.strip(), told.strip()
    return _move(opportunity, OpportunityState.DONE, by)


def locked(opportunity: Opportunity, within: Member | Decision) -> Opportunity:
    rows = Opportunity.objects.within(within.agency).select_related("cell__group")
    return rows.select_for_update(of=("self",)).get(pk=opportunity.pk)


# The name of the event and of the message to the author, by the state that it came to.
_SAID = {
    OpportunityState.RAISED: "opportunity.taken_up_again",
    OpportunityState.CHOSEN: "opportunity.chosen",
    OpportunityState.PARKED: "opportunity.parked",
    OpportunityState.DECLINED: "opportunity.declined",
    OpportunityState.DONE: "opportunity.closed",
}


def _leave(
    opportunity: Opportunity,
    state: OpportunityState,
    reason: str,
    by: Member,
    version: int | None,
) -> Opportunity:
    opportunity = locked(opportunity, by)
    enforce(rules.moving(opportunity, state, by))
    same(opportunity, version)
    in_vote = RoundEntry.objects.within(by.agency).filter(
        opportunity=opportunity, round__status=RoundStatus.OPEN
    )
    enforce(rules.leaving(in_vote=in_vote.exists(), proposed=is_proposed(opportunity)))
    required(reason=reason)
    opportunity.reason = reason.strip()
    _stop_plan(opportunity, by)
    return _move(opportunity, state, by)


def is_proposed(opportunity: Opportunity) -> bool:
    """Whether its cell is deciding on it now."""
    about = Decision.objects.within(opportunity.agency).filter(
        subject_type=opportunity._meta.label_lower, subject_id=opportunity.pk
    )
    return about.filter(status=DecisionStatus.OPEN).exists()


def _stop_plan(opportunity: Opportunity, by: Member) -> None:
    plans = ActionPlan.objects.within(by.agency).select_for_update()
    plan = plans.filter(opportunity=opportunity, status=PlanStatus.ACTIVE).first()
    if plan is None:
        return
    plan.status, plan.ended_on = PlanStatus.STOPPED, by.agency.today()
    plan.next_review_on = None
    plan.version += 1
    plan.save()
    events.record("plan.stopped", plan, by=by, cell=opportunity.cell_id)


def _move(
    opportunity: Opportunity, state: OpportunityState, by: Member | None, **numbers: Any
) -> Opportunity:
    opportunity.state = state
    opportunity.state_on = opportunity.agency.today()
    opportunity.version += 1
    opportunity.save()
    name = _SAID[state]
    events.record(name, opportunity, by=by, cell=opportunity.cell_id, **numbers)
    if by is None or opportunity.author_id != by.pk:
        tell(opportunity.author, name, subject=opportunity)
    return opportunity
