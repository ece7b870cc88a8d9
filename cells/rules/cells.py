"""Who may run a cell, work in it, and know who took part."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from cells.models import Cell
from foundation.refusals import Refusal
from groups import rules as group_rules
from groups.models import GroupKind


def opening(by: Member) -> Refusal | None:
    return group_rules.opening(GroupKind.CELL, by)


def running(cell: Cell, by: Member) -> Refusal | None:
    """Opening and closing rounds, setting ideas aside, changing the cell itself."""
    return group_rules.changing(cell.group, by)


def working(cell: Cell, by: Member) -> Refusal | None:
    """Planning, measuring and evaluating: everyone in the cell, as equals."""
    if not cell.group.is_open(by.agency.today()):
        return Refusal(_("This cell is closed."), _("You can still read what it did."))
    if group_rules.place(cell.group, by).seated or group_rules.running(cell.group, by) is None:
        return None
    return Refusal(
        _("Only the people in this cell can do this."),
        _("Ask one of them, or share an improvement idea with them."),
    )


def seeing_who_took_part(reader: Member) -> bool:
    """Whether consumers took part in a stage: with one name beside it, that tells who is one."""
    return reader.may(Permission.SEE_STANDINGS)
