"""Titles and addresses of cells, for those who may know of them."""

from accounts.models import Member
from cells.cell.models import Cell, CellQuerySet
from cells.cell.rules import recording_in, working_in
from foundation import links
from foundation.links import Named
from groups.models import GroupKind
from measures.definitions import owners


def visible(reader: Member) -> CellQuerySet:
    """The cells that the reader may know of today."""
    return Cell.objects.within(reader.agency).visible_to(reader, reader.agency.today())


links.register_named(Cell.subject_code, Named("cells:cell", visible, "group__name"))
owners.register(GroupKind.CELL, owners.Owner(working_in, recording_in))
