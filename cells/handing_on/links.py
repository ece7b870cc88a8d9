"""How a cell is closed, and what depends on a person or cell that goes."""

from django.db.models import QuerySet

from accounts import hanging
from cells.cell import rules as cell_rules
from cells.cell.models import Cell
from cells.handing_on import duties, goes_on
from cells.ranking.models import PriorityRound
from foundation import prepared
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refusal
from groups import kinds
from groups.models import Group, GroupKind


def _page(group: Group) -> str:
    values = {"agency": group.agency_id, "row": group.pk}
    ((pk,),) = prepared.of_agency(_cell).tuples(values)
    return at(group.agency, "cells:cell", pk=pk)


def _cell(agency: Agency) -> QuerySet[Cell, int]:
    return Cell.objects.within(agency).filter(group=prepared.ROW).values_list("pk", flat=True)


def _closing(group: Group) -> str:
    cell = Cell.objects.within(group.agency).get(group=group)
    return at(group.agency, "cells:close", pk=cell.pk)


def _unfinished(group: Group) -> Refusal | None:
    """A cell can't close during a vote, whose ballots would keep their codes forever.

    Closing the cell itself settles all other work.
    """
    started = PriorityRound.objects.within(group.agency).started().filter(cell__group=group)
    if refusal := cell_rules.leaving_a_vote(under_way=started.exists()):
        return refusal
    cell = Cell.objects.within(group.agency).filter(group=group).first()
    return cell_rules.leaving_work(bool(cell is not None and goes_on.unsettled(cell)))


kinds.register(
    GroupKind.CELL,
    kinds.Keeper(_page, closing=_closing, at_once=True, unfinished=_unfinished),
)
hanging.register(duties.hanging)
