"""Opening a cell, and editing its name and mission."""

from datetime import date

from django.db import transaction

from accounts.models import Member
from cells.cell import rules
from cells.cell.models import Cell
from foundation import events
from foundation.edits import required, same
from foundation.refusals import enforce
from groups import actions as group_actions
from groups.models import GroupKind


@transaction.atomic
def open_cell(
    *, name: str, focus: str, mission: str = "", by: Member, on: date, hidden: bool = False
) -> Cell:
    """Open a cell and its group; people are then seated through `groups.actions.seats`."""
    enforce(rules.opening(by))
    required(name=name, focus=focus)
    group = group_actions.open_group(
        by.agency, kind=GroupKind.CELL, name=name, purpose=mission, by=by, on=on, hidden=hidden
    )
    cell = Cell.objects.within(by.agency).create(
        group=group, focus=focus.strip(), mission=mission.strip()
    )
    events.record("cell.opened", cell, by=by, group=group.pk)
    return cell


@transaction.atomic
def change_cell(
    cell: Cell,
    *,
    name: str,
    focus: str,
    mission: str,
    hidden: bool,
    by: Member,
    version: int | None = None,
) -> Cell:
    """Change the cell's name, focus, mission, and who may know of it."""
    cells = Cell.objects.within(by.agency).select_related("group")
    cell = cells.select_for_update(of=("self",)).get(pk=cell.pk)
    enforce(rules.running(cell, by))
    same(cell, version)
    required(name=name, focus=focus)
    cell.group = group_actions.change_group(
        cell.group, name=name, purpose=mission, hidden=hidden, by=by
    )
    cell.focus, cell.mission = focus.strip(), mission.strip()
    cell.version += 1
    cell.save()
    events.record("cell.changed", cell, by=by)
    return cell
