"""Look up a cell by key; 404 unless the member may know of it."""

from operator import attrgetter

from django.shortcuts import get_object_or_404

from accounts.models import Member
from cells.cell import place
from cells.cell.models import Cell, CellQuerySet
from foundation.http import AgencyRequest
from foundation.models import TenantModel, TenantQuerySet
from groups.seated import seated


def cells_of(request: AgencyRequest) -> CellQuerySet:
    """Cells the member may know of."""
    today = request.agency.today()
    return Cell.objects.within(request.agency).visible_to(request.member, today)


def own(request: AgencyRequest, row: TenantModel, cell: Cell) -> Cell:
    """The cell with agency and place loaded, so that rules and addresses need no further query."""
    cell.agency = cell.group.agency = request.agency
    return place.settle(row, cell)


def found[M: TenantModel](request: AgencyRequest, rows: TenantQuerySet[M], pk: int, path: str) -> M:
    """The row, with its cell (at `path`) and the member's place; one query."""
    today = request.agency.today()
    lookup = path.replace(".", "__")
    visible = rows.filter(**{f"{lookup}__in": cells_of(request)})
    placed = visible.annotate(**place.place(request.member, today, f"{lookup}__"))
    row: M = get_object_or_404(placed.select_related(f"{lookup}__group"), pk=pk)
    row.agency = request.agency
    own(request, row, attrgetter(path)(row))
    return row


def cell_of(request: AgencyRequest, pk: int) -> Cell:
    cells = place.with_place(cells_of(request), request.member, request.agency.today())
    cell = get_object_or_404(cells, pk=pk)
    return own(request, cell, cell)


def people_of(request: AgencyRequest, cell: Cell) -> TenantQuerySet[Member]:
    """The members with a seat in the cell today, by name."""
    return seated(cell.group, request.agency, request.agency.today())
