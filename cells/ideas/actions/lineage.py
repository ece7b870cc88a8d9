"""Merging equal ideas and splitting one into several; both can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.ideas import lineage, rules
from cells.ideas.actions.opportunities import locked, move, tell_owners
from cells.ideas.busy import not_now
from cells.ideas.models import Opportunity, OpportunityState
from cells.policies import SPLIT
from foundation import events
from foundation.edits import same
from foundation.refusals import enforce


@dataclass(frozen=True)
class SplitPart:
    """One of the ideas that an idea is split into."""

    title: str
    description: str = ""


@transaction.atomic
def merge(
    opportunity: Opportunity, *, into: Opportunity, by: Member, version: int | None = None
) -> Opportunity:
    """Merge it into another idea of the same cell; the owners of both are told.

    ValidationError: the other is itself, of another cell, or not waiting to be ranked.
    """
    # Lock in key order, so that two people who merge the same ideas can't deadlock.
    first, second = sorted((opportunity.pk, into.pk))
    rows = {pk: locked(pk, by) for pk in (first, second)}
    opportunity, into = rows[opportunity.pk], rows[into.pk]
    enforce(rules.joining(opportunity, by))
    same(opportunity, version)
    if (
        into.pk == opportunity.pk
        or into.cell_id != opportunity.cell_id
        or into.state != OpportunityState.RAISED
    ):
        raise ValidationError(
            {"into": _("Choose another idea of this cell that waits to be ranked.")}
        )
    enforce(not_now(by.agency, (opportunity, into)))
    # Owners of both hear of it once, from the idea that is merged.
    tell_owners(into, "opportunity.joined", by, but=lineage.owners(opportunity))
    opportunity.merged_into = into
    return move(opportunity, OpportunityState.MERGED, by, into=into.pk)


@transaction.atomic
def take_apart(opportunity: Opportunity, *, by: Member) -> Opportunity:
    """Make a merged idea separate again."""
    opportunity = Opportunity.objects.within(by.agency).get(pk=opportunity.pk)
    end = lineage.lives_on_in(opportunity)
    # Lock in key order, as in `merge`, so that the two can't deadlock.
    keys = {opportunity.pk, *([end.pk] if end is not None else [])}
    rows = {pk: locked(pk, by) for pk in sorted(keys)}
    opportunity = rows[opportunity.pk]
    # Look again at what may have been merged with something else meanwhile.
    end = lineage.lives_on_in(opportunity)
    into = rows.get(end.pk) if end is not None else None
    enforce(rules.taking_apart(opportunity, into, by))
    assert into is not None
    enforce(not_now(by.agency, [into]))
    opportunity.merged_into = None
    return move(opportunity, OpportunityState.RAISED, by)


@transaction.atomic
def split(
    opportunity: Opportunity, *, parts: Sequence[SplitPart], by: Member, version: int | None = None
) -> list[Opportunity]:
    """Split one idea into two or more, each with the author, kind and origin of the whole."""
    opportunity = locked(opportunity.pk, by)
    enforce(rules.joining(opportunity, by))
    same(opportunity, version)
    enforce(not_now(by.agency, [opportunity]))
    named = [part for part in parts if part.title.strip()]
    if not 2 <= len(named) <= SPLIT.value:
        raise ValidationError(_("Write down two ideas or more, each in its own words."))
    today = by.agency.today()
    made: list[Opportunity] = []
    for part in named:
        each: Opportunity = opportunity.cell.opportunities.create(
            agency=by.agency,
            kind=opportunity.kind,
            title=part.title.strip(),
            description=part.description.strip(),
            raised_by=opportunity.raised_by,
            on_behalf_of=opportunity.on_behalf_of,
            consented_on=opportunity.consented_on,
            raised_on=opportunity.raised_on,
            origin_type=opportunity.origin_type,
            origin_id=opportunity.origin_id,
            origin_words=opportunity.origin_words,
            state_on=today,
            split_from=opportunity,
        )
        events.record("opportunity.split_off", each, by=by, whole=opportunity.pk)
        made.append(each)
    # Owners of ideas merged into it are now told about its first part.
    opportunity.merged.update(merged_into=made[0])
    move(opportunity, OpportunityState.SPLIT, by, parts=[each.pk for each in made])
    return made


@transaction.atomic
def put_together(opportunity: Opportunity, *, by: Member) -> Opportunity:
    """Reunite the parts of a split idea; they stay on record as its parts."""
    opportunity = locked(opportunity.pk, by)
    keys = opportunity.parts.order_by("pk").values_list("pk", flat=True)
    parts = lineage.live_parts(opportunity, [locked(pk, by) for pk in keys])
    enforce(rules.putting_together(opportunity, parts, by))
    enforce(not_now(by.agency, parts))
    move(opportunity, OpportunityState.RAISED, by)
    for part in parts:
        part.merged_into = opportunity
        move(part, OpportunityState.MERGED, by, quiet=True, into=opportunity.pk)
    return opportunity
