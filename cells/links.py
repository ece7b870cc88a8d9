"""Titles and addresses of cells and what is in them, for those who may know of the cell."""

from accounts import hanging
from accounts.models import Member
from cells import duties, goes_on, rules
from cells.models import (
    ActionPlan,
    ActionStep,
    Cell,
    CellQuerySet,
    ImportDraft,
    Measure,
    MeasureQuerySet,
    Opportunity,
    OpportunityQuerySet,
    PDSACycle,
    PriorityRound,
)
from foundation import links
from foundation.addresses import at
from foundation.links import Named
from foundation.models import TenantQuerySet
from foundation.refusals import Refusal
from groups import kinds
from groups.models import Group, GroupKind


def _visible(reader: Member) -> CellQuerySet:
    return Cell.objects.within(reader.agency).visible_to(reader, reader.agency.today())


def _opportunities(reader: Member) -> OpportunityQuerySet:
    return Opportunity.objects.within(reader.agency).visible_to(reader, reader.agency.today())


def _measures(reader: Member) -> MeasureQuerySet:
    return Measure.objects.within(reader.agency).visible_to(reader, reader.agency.today())


def _rounds(reader: Member) -> TenantQuerySet[PriorityRound]:
    return PriorityRound.objects.within(reader.agency).filter(cell__in=_visible(reader))


def _plans(reader: Member) -> TenantQuerySet[ActionPlan]:
    plans = ActionPlan.objects.within(reader.agency)
    return plans.filter(opportunity__cell__in=_visible(reader))


def _steps(reader: Member) -> TenantQuerySet[ActionStep]:
    return ActionStep.objects.within(reader.agency).filter(plan__in=_plans(reader))


def _cycles(reader: Member) -> TenantQuerySet[PDSACycle]:
    return PDSACycle.objects.within(reader.agency).filter(plan__in=_plans(reader))


def _imports(reader: Member) -> TenantQuerySet[ImportDraft]:
    return ImportDraft.objects.within(reader.agency).filter(measure__in=_measures(reader))


def _page(group: Group) -> str:
    cell = Cell.objects.within(group.agency).get(group=group)
    return at(group.agency, "cells:cell", pk=cell.pk)


def _closing(group: Group) -> str:
    cell = Cell.objects.within(group.agency).get(group=group)
    return at(group.agency, "cells:close", pk=cell.pk)


def _unfinished(group: Group) -> Refusal | None:
    """A cell is not closed on an open vote: its ballots would bear their codes for ever. What else
    goes on in it is settled by closing the cell itself."""
    started = PriorityRound.objects.within(group.agency).started().filter(cell__group=group)
    if refusal := rules.leaving_a_vote(under_way=started.exists()):
        return refusal
    cell = Cell.objects.within(group.agency).filter(group=group).first()
    return rules.leaving_work(bool(cell is not None and goes_on.unsettled(cell)))


for _model, _named in {
    Cell: Named("cells:cell", _visible, "group__name"),
    Opportunity: Named("cells:opportunity", _opportunities, "title"),
    Measure: Named("cells:measure", _measures, "name"),
    PriorityRound: Named("cells:round", _rounds, "cell__group__name"),
    ActionPlan: Named("cells:plan", _plans, "opportunity__title"),
    ActionStep: Named("cells:plan", _steps, "what", key="plan"),
    PDSACycle: Named("cells:cycle", _cycles, "title"),
}.items():
    links.register_named(_model._meta.label_lower, _named)
links.register_seen("cells.importdraft", _imports)
kinds.register(GroupKind.CELL, _page, closing=_closing, at_once=True, unfinished=_unfinished)
hanging.register(duties.hanging)
