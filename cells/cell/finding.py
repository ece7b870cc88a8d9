"""Look up a cell by key; 404 unless the member may know of it."""

from collections.abc import Callable
from datetime import date
from operator import attrgetter

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.anybody import kept_row
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
    row = get_object_or_404(with_cell(rows, request.member, request.agency.today(), path), pk=pk)
    row.agency = request.agency
    own(request, row, attrgetter(path)(row))
    return row


def kept_found[M: TenantModel](
    request: AgencyRequest,
    build: Callable[[Member, date], TenantQuerySet[M]],
    pk: int,
    path: str,
) -> M:
    """The same of a query that is built once: by `with_cell`, of the row `prepared.ROW`."""
    row = kept_row(build, request.member, request.agency.today(), pk)
    if row is None:
        raise Http404
    own(request, row, attrgetter(path)(row))
    return row


def with_cell[M: TenantModel](
    rows: TenantQuerySet[M], reader: Member, on: date, path: str
) -> TenantQuerySet[M]:
    """Rows whose cell the reader may know of, with that cell and the reader's place in it."""
    lookup = path.replace(".", "__")
    cells = Cell.objects.within(reader.agency).visible_to(reader, on)
    visible = rows.filter(**{f"{lookup}__in": cells})
    placed = visible.annotate(**place.place(reader, on, f"{lookup}__"))
    found: TenantQuerySet[M] = placed.select_related(f"{lookup}__group")
    return found


def cell_of(request: AgencyRequest, pk: int) -> Cell:
    cells = place.with_place(cells_of(request), request.member, request.agency.today())
    cell = get_object_or_404(cells, pk=pk)
    return own(request, cell, cell)


def people_of(request: AgencyRequest, cell: Cell) -> TenantQuerySet[Member]:
    """The members with a seat in the cell today, by name."""
    return seated(cell.group, request.agency, request.agency.today())
