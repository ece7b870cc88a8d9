"""An opportunity from raised to done; its author is told at each change."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas import lineage, rules
from cells.ideas.busy import not_now
from cells.ideas.models import Opportunity, OpportunityKind, OpportunityState
from foundation import events
from foundation.edits import required, same
from foundation.models import Agency
from foundation.refusals import enforce
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

    `on_behalf_of`: whose idea it is, entered by a facilitator with their consent. ValidationError:
    no title, no such kind, no consent, a cell that they may not know of.
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
            # The author could never read what comes of it.
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
    """Add a new idea to the cell; `author` is its owner if that is not whoever enters it."""
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
    """Update what ideas of this origin quote: words set aside there are removed here, too."""
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
    """Decline it; its author sees why."""
    return _leave(opportunity, OpportunityState.DECLINED, reason, by, version)


@transaction.atomic
def take_up_again(opportunity: Opportunity, *, by: Member) -> Opportunity:
    """Put it back among the ideas that can be ranked."""
    opportunity = locked(opportunity.pk, by)
    enforce(rules.moving(opportunity, OpportunityState.RAISED, by))
    opportunity.reason, opportunity.decision, opportunity.chosen_on = "", None, None
    return move(opportunity, OpportunityState.RAISED, by)


@transaction.atomic
def choose(opportunity: Opportunity, *, decision: Decision, by: Member | None) -> Opportunity:
    """Carry out the cell's adopted decision; called by the reaction to it."""
    opportunity = locked(opportunity.pk, decision)
    if opportunity.state != OpportunityState.RAISED:
        return opportunity
    opportunity.decision, opportunity.chosen_on = decision, decision.decided_on
    return move(opportunity, OpportunityState.CHOSEN, by, decision=decision.pk)


def leave_behind(cell: Cell, ideas: Sequence[Opportunity], *, by: Member | None) -> None:
    """Tell everybody whose ideas end with a closing cell, once each."""
    for owner in lineage.owners(*ideas):
        if by is None or owner.pk != by.pk:
            tell(owner, "cell.closed", subject=cell)


def locked(pk: int, within: Member | Decision) -> Opportunity:
    rows = Opportunity.objects.within(within.agency).select_related("cell__group")
    return rows.select_for_update(of=("self",)).get(pk=pk)


# Names of the event and of the message to the author, by the new state.
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
    enforce(not_now(by.agency, [opportunity]))
    required(reason=reason)
    opportunity.reason = reason.strip()
    return move(opportunity, state, by)


def move(
    opportunity: Opportunity,
    state: OpportunityState,
    by: Member | None,
    *,
    name: str = "",
    quiet: bool = False,
    **numbers: Any,
) -> Opportunity:
    """Move an idea to another state, record it and tell its owners; the only way to do so."""
    opportunity.become(state)
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
    """Tell each owner about the idea they know as theirs; its page links to where it went."""
    for owner, idea in lineage.owners(opportunity).items():
        if (by is None or owner.pk != by.pk) and owner not in but:
            tell(owner, name, subject=idea, **numbers)
