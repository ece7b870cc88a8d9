"""The member's place in a cell, loaded where the rules look for it."""

from datetime import date

from django.db.models import Exists, Model, OuterRef, Q

from accounts.models import Member
from cells.cell.models import Cell, CellQuerySet
from foundation.columns import Columns
from foundation.models import Agency
from groups.models import Seat, hand_on
from groups.models import place as group_place
from groups.rules import RUNNING_OFFICES


def with_place(cells: CellQuerySet, member: Member, on: date) -> CellQuerySet:
    """The cells, with the group and the member's place in each."""
    return cells.select_related("group").annotate(**place(member, on))


def place(member: Member, on: date, path: str = "") -> Columns:
    """Annotations of the member's place in the group of the cell that `path` leads to."""
    return group_place(member, on, f"{path}group")


def settle(row: Model, cell: Cell) -> Cell:
    """Pass the member's place to the cell's group, where the rules look for it."""
    hand_on(row, cell.group)
    return cell


def run_by_nobody(agency: Agency, on: date, group: str = "group") -> Q:
    """A condition on rows with a group: no current member runs it."""
    there = Member.objects.within(agency).on(on).not_paused(on)
    running = (
        Seat.objects.within(agency)
        .on(on)
        .filter(office__in=RUNNING_OFFICES, member__in=there.values("pk"))
    )
    return Q(~Exists(running.filter(group=OuterRef(group))))
