"""Look up a cell or an idea by key, with the facts for its page, or raise 404."""

from datetime import date

from django.http import Http404

from accounts.models import Member
from cells.cell.finding import kept_found, with_cell
from cells.cell.models import Cell, CellQuerySet
from cells.ideas.models import Opportunity
from cells.overview.facts import CellFacts, kept_facts_of
from foundation import prepared
from foundation.http import AgencyRequest
from foundation.models import TenantQuerySet
from groups.models import Seat


def cell_facts(request: AgencyRequest, pk: int) -> CellFacts:
    """The facts of a cell the member may know of; one query."""
    known = kept_facts_of(_one, request.member, request.agency.today(), pk)
    if not known:
        raise Http404
    return known[0]


def open_cells(request: AgencyRequest) -> list[CellFacts]:
    """The facts of all open cells the member may know of, by name; one query."""
    return kept_facts_of(_open, request.member, request.agency.today())


def own_cells(request: AgencyRequest) -> list[CellFacts]:
    """The facts of the open cells in which the member has a seat, by name; one query."""
    return kept_facts_of(_own, request.member, request.agency.today())


def _one(reader: Member, on: date) -> CellQuerySet:
    return Cell.objects.within(reader.agency).visible_to(reader, on).filter(pk=prepared.ROW)


def _open(reader: Member, on: date) -> CellQuerySet:
    cells = Cell.objects.within(reader.agency).visible_to(reader, on).open(on)
    return cells.order_by("group__name", "pk")


def _own(reader: Member, on: date) -> CellQuerySet:
    seats = Seat.objects.within(reader.agency).on(on).filter(member=reader)
    return _open(reader, on).filter(group__in=seats.values("group"))


def opportunity_of(request: AgencyRequest, pk: int) -> Opportunity:
    """The idea, with its people, its plan and its decision."""
    return kept_found(request, _idea, pk, "cell")


def _idea(reader: Member, on: date) -> TenantQuerySet[Opportunity]:
    rows = Opportunity.objects.within(reader.agency).select_related(
        "raised_by", "on_behalf_of", "plan", "decision", "merged_into", "split_from"
    )
    return with_cell(rows.filter(pk=prepared.ROW), reader, on, "cell")
