"""Ideas that say the same become one, one that says two things becomes two; both can be undone."""

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
    """Make it part of another idea of the same cell; all whose idea either is are told.

    ValidationError: the other one is itself, of another cell, or does not wait to be ranked.
    """
    # In the order of their keys, so that two who join the same two never wait for each other.
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
    # Whose both are hears of it once, of the one that goes into the other.
    tell_owners(into, "opportunity.joined", by, but=lineage.owners(opportunity))
    opportunity.merged_into = into
    return move(opportunity, OpportunityState.MERGED, by, into=into.pk)


@transaction.atomic
def take_apart(opportunity: Opportunity, *, by: Member) -> Opportunity:
    """Make a merged idea one of its own again."""
    opportunity = Opportunity.objects.within(by.agency).get(pk=opportunity.pk)
    end = lineage.lives_on_in(opportunity)
    # In the order of their keys, as in `merge`, so that neither ever waits for the other.
    keys = {opportunity.pk, *([end.pk] if end is not None else [])}
    rows = {pk: locked(pk, by) for pk in sorted(keys)}
    opportunity = rows[opportunity.pk]
    # What was joined with something else meanwhile is seen as it is now.
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
    """Make two or more ideas of one, each with its author, its kind and where it came from."""
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
    # Those who had joined theirs with it stay told: of its first part.
    opportunity.merged.update(merged_into=made[0])
    move(opportunity, OpportunityState.SPLIT, by, parts=[each.pk for each in made])
    return made


@transaction.atomic
def put_together(opportunity: Opportunity, *, by: Member) -> Opportunity:
    """Make one of the parts of a split idea again; they stay on record as parts of it."""
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
