"""An opportunity's way from being raised to being done, and its author told at each change."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from cells import judging, lasting, lineage, rules
from cells.actions.edits import required, same
from cells.busy import is_busy
from cells.models import (
    ActionPlan,
    Cell,
    Opportunity,
    OpportunityKind,
    OpportunityState,
    PDSACycle,
    PlanStatus,
)
from cells.models.plans import STILL_OPEN
from foundation import events
from foundation.models import Agency, TenantQuerySet
from foundation.refusals import enforce
from groups import actions as group_actions
from groups import rules as group_rules
from groups.models import Decision
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
    ValidationError: no title, no such kind, no consent, a cell that they may not know of.
    """
    enforce(rules.raising(cell, by))
    author = on_behalf_of if on_behalf_of is not None and on_behalf_of.pk != by.pk else None
    if author is not None:
        enforce(rules.raising_for(author, by))
        if not consented:
            raise ValidationError(
                {"consented": _("Ask them first, and check the box when they agree.")}
            )
        if not group_rules.seeing(cell.group, author):
            # They could never read what comes of it.
            raise ValidationError(
                {
                    "on_behalf_of": _(
                        "This person can't see this cell. Choose one that they can see."
                    )
                }
            )
    required(title=title)
    if kind not in OpportunityKind.values:
        raise ValidationError({"kind": _("Choose one of the two.")})
    return put_on_list(cell, title, description, kind=kind, by=by, author=author, origin=origin)


def put_on_list(
    cell: Cell,
    title: str,
    description: str = "",
    *,
    kind: str,
    by: Member,
    author: Member | None = None,
    origin: Origin | None = None,
) -> Opportunity:
    """A new idea of the cell; `author`: whose it is, if it is not of who enters it."""
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
def reword_origin(agency: Agency, origin_type: str, origin_id: int, words: str) -> None:
    """What ideas of this origin quote from it now: where words are set aside, they go here too."""
    ideas = Opportunity.objects.within(agency).filter(origin_type=origin_type, origin_id=origin_id)
    ideas.update(origin_words=words)


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
    opportunity = locked(opportunity.pk, by)
    enforce(rules.moving(opportunity, OpportunityState.RAISED, by))
    opportunity.reason, opportunity.decision, opportunity.chosen_on = "", None, None
    return move(opportunity, OpportunityState.RAISED, by)


@transaction.atomic
def choose(opportunity: Opportunity, *, decision: Decision, by: Member | None) -> Opportunity:
    """What the cell's adopted decision does; called by the reaction to it."""
    opportunity = locked(opportunity.pk, decision)
    if opportunity.state != OpportunityState.RAISED:
        return opportunity
    opportunity.decision, opportunity.chosen_on = decision, decision.decided_on
    opportunity = move(opportunity, OpportunityState.CHOSEN, by, decision=decision.pk)
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
    opportunity: Opportunity,
    *,
    result: str,
    told: str,
    by: Member,
    knowing: bool = False,
    version: int | None = None,
) -> Opportunity:
    """Ask the cell whether it worked, with what came of it and the sentence "you said, we did".

    It is done when the cell agrees, by consent and with its quorum of consumers. The proposal
    also says what the charts show and which tests still go on; `knowing` that some do.
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
    """What the people of the cell have before them when they say whether it worked."""
    parts = [opportunity.result, opportunity.told]
    if seen := [each.line for each in judging.judged(plan)]:
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
    """What the cell's agreement that it worked does; called by the reaction to it."""
    opportunity = locked(opportunity.pk, decision)
    if opportunity.state != OpportunityState.CLOSING:
        return opportunity
    plan = _plan(opportunity).filter(status=PlanStatus.ACTIVE).first()
    if plan is not None:
        today = opportunity.agency.today()
        plan.status, plan.ended_on, plan.next_review_on = PlanStatus.FINISHED, today, None
        if lasting.has_slipped(plan):
            # The cell knew when it said that it worked: it is not asked once more.
            plan.slipped_on = plan.left_on = today
        plan.version += 1
        plan.save()
        events.record("plan.finished", plan, by=by, cell=opportunity.cell_id)
    return move(opportunity, OpportunityState.DONE, by, decision=decision.pk)


@transaction.atomic
def go_on(opportunity: Opportunity, *, decision: Decision, by: Member | None) -> Opportunity:
    """The cell did not agree that it worked: the plan goes on."""
    opportunity = locked(opportunity.pk, decision)
    if opportunity.state != OpportunityState.CLOSING:
        return opportunity
    opportunity.closing = None
    return move(
        opportunity, OpportunityState.CHOSEN, by, name="opportunity.not_yet", decision=decision.pk
    )


def leave_behind(cell: Cell, ideas: Sequence[Opportunity], *, by: Member | None) -> None:
    """Tell all whose ideas end with a cell that closes, each of them once."""
    for owner in lineage.owners(*ideas):
        if by is None or owner.pk != by.pk:
            tell(owner, "cell.closed", subject=cell)


def _plan(opportunity: Opportunity) -> TenantQuerySet[ActionPlan]:
    plans = ActionPlan.objects.within(opportunity.agency).select_for_update()
    return plans.filter(opportunity=opportunity)


def locked(pk: int, within: Member | Decision) -> Opportunity:
    rows = Opportunity.objects.within(within.agency).select_related("cell__group")
    return rows.select_for_update(of=("self",)).get(pk=pk)


# The name of the event and of the message to the author, by the state that it came to.
_SAID = {
    OpportunityState.RAISED: "opportunity.taken_up_again",
    OpportunityState.CHOSEN: "opportunity.chosen",
    OpportunityState.PARKED: "opportunity.parked",
    OpportunityState.DECLINED: "opportunity.declined",
    OpportunityState.CLOSING: "opportunity.asked",
    OpportunityState.DONE: "opportunity.closed",
    OpportunityState.MERGED: "opportunity.merged",
    OpportunityState.SPLIT: "opportunity.split",
    OpportunityState.ENDED: "opportunity.ended",
}


def _leave(
    opportunity: Opportunity,
    state: OpportunityState,
    reason: str,
    by: Member,
    version: int | None,
) -> Opportunity:
    opportunity = locked(opportunity.pk, by)
    enforce(rules.moving(opportunity, state, by))
    same(opportunity, version)
    enforce(rules.leaving(**is_busy(by.agency, [opportunity])))
    required(reason=reason)
    opportunity.reason = reason.strip()
    _stop_plan(opportunity, by)
    return move(opportunity, state, by)


def _stop_plan(opportunity: Opportunity, by: Member) -> None:
    plan = _plan(opportunity).filter(status=PlanStatus.ACTIVE).first()
    if plan is None:
        return
    plan.status, plan.ended_on = PlanStatus.STOPPED, by.agency.today()
    plan.next_review_on = None
    plan.version += 1
    plan.save()
    events.record("plan.stopped", plan, by=by, cell=opportunity.cell_id)


def move(
    opportunity: Opportunity,
    state: OpportunityState,
    by: Member | None,
    *,
    name: str = "",
    quiet: bool = False,
    **numbers: Any,
) -> Opportunity:
    """The one way into another state: recorded, and told to all whose idea it is."""
    opportunity.state = state
    opportunity.state_on = opportunity.agency.today()
    opportunity.version += 1
    opportunity.save()
    name = name or _SAID[state]
    events.record(name, opportunity, by=by, cell=opportunity.cell_id, **numbers)
    if not quiet:
        tell_owners(opportunity, name, by)
    return opportunity


def tell_owners(
    opportunity: Opportunity,
    name: str,
    by: Member | None = None,
    *,
    but: Container[Member] = (),
    **numbers: Any,
) -> None:
    """Each hears of the idea in which they know theirs; its page leads on to where it went."""
    for owner, idea in lineage.owners(opportunity).items():
        if (by is None or owner.pk != by.pk) and owner not in but:
            tell(owner, name, subject=idea, **numbers)
