"""Titles and addresses of cells and what is in them, for those who may know of the cell."""

from accounts.models import Member
from cells import rules
from cells.models import (
    ActionPlan,
    ActionStep,
    Cell,
    CellQuerySet,
    Measure,
    Opportunity,
    PDSACycle,
    PriorityRound,
)
from foundation import links
from foundation.addresses import at
from foundation.links import Link
from foundation.refusals import Refusal
from groups import kinds
from groups.models import Group, GroupKind


def _visible(reader: Member) -> CellQuerySet:
    return Cell.objects.within(reader.agency).visible_to(reader, reader.agency.today())


def cell(pk: int, reader: Member) -> Link | None:
    found = _visible(reader).filter(pk=pk).values_list("group__name", flat=True).first()
    return Link(found, at(reader.agency, "cells:cell", pk=pk)) if found else None


def opportunity(pk: int, reader: Member) -> Link | None:
    rows = Opportunity.objects.within(reader.agency).visible_to(reader, reader.agency.today())
    found = rows.filter(pk=pk).values_list("title", flat=True).first()
    return Link(found, at(reader.agency, "cells:opportunity", pk=pk)) if found else None


def measure(pk: int, reader: Member) -> Link | None:
    rows = Measure.objects.within(reader.agency).visible_to(reader, reader.agency.today())
    found = rows.filter(pk=pk).values_list("name", flat=True).first()
    return Link(found, at(reader.agency, "cells:measure", pk=pk)) if found else None


def ranking(pk: int, reader: Member) -> Link | None:
    rows = PriorityRound.objects.within(reader.agency).filter(cell__in=_visible(reader), pk=pk)
    found = rows.values_list("cell__group__name", flat=True).first()
    return Link(found, at(reader.agency, "cells:round", pk=pk)) if found else None


def plan(pk: int, reader: Member) -> Link | None:
    rows = ActionPlan.objects.within(reader.agency)
    rows = rows.filter(opportunity__cell__in=_visible(reader), pk=pk)
    found = rows.values_list("opportunity__title", flat=True).first()
    return Link(found, at(reader.agency, "cells:plan", pk=pk)) if found else None


def step(pk: int, reader: Member) -> Link | None:
    rows = ActionStep.objects.within(reader.agency)
    rows = rows.filter(plan__opportunity__cell__in=_visible(reader), pk=pk)
    found = rows.values_list("what", "plan").first()
    return Link(found[0], at(reader.agency, "cells:plan", pk=found[1])) if found else None


def cycle(pk: int, reader: Member) -> Link | None:
    rows = PDSACycle.objects.within(reader.agency)
    rows = rows.filter(plan__opportunity__cell__in=_visible(reader), pk=pk)
    found = rows.values_list("title", flat=True).first()
    return Link(found, at(reader.agency, "cells:cycle", pk=pk)) if found else None


def _page(group: Group) -> str:
    cell = Cell.objects.within(group.agency).get(group=group)
    return at(group.agency, "cells:cell", pk=cell.pk)


def _vote(group: Group) -> Refusal | None:
    """A cell is not closed on an open vote: its ballots would bear their codes for ever."""
    started = PriorityRound.objects.within(group.agency).started().filter(cell__group=group)
    return rules.leaving_a_vote(under_way=started.exists())


links.register("cells.cell", cell)
links.register("cells.opportunity", opportunity)
links.register("cells.measure", measure)
links.register("cells.priorityround", ranking)
links.register("cells.actionplan", plan)
links.register("cells.actionstep", step)
links.register("cells.pdsacycle", cycle)
kinds.register(GroupKind.CELL, _page, unfinished=_vote)
