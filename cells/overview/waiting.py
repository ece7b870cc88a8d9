"""Waiting items: cells whose ideas have not moved for too long."""

from datetime import date

from django.db.models import (
    Exists,
    OuterRef,
)
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.overview.stalled_ideas import overdue
from foundation.addresses import at
from groups.models import Seat
from groups.rules import RUNNING_OFFICES
from groups.waiting import RUNS_A_GROUP
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, register


def _overdue(member: Member, on: date) -> WaitingRows:
    """Cells that the member runs whose ideas have not moved for too long."""
    seats = Seat.objects.within(member.agency).on(on)
    running = seats.filter(member=member, office__in=RUNNING_OFFICES).values("group")
    late = overdue(
        Opportunity.objects.within(member.agency).filter(cell=OuterRef("pk")), member.agency, on
    )
    cells = Cell.objects.within(member.agency).filter(group__in=running, group__closed=None)
    return WaitingRows(cells.filter(Exists(late)), label="group__name")


register(
    WaitingKind(
        code="cells.overdue",
        area=Area.IDEAS,
        title=_("Some ideas in %(label)s have been waiting too long"),
        minutes=10,
        rows=_overdue,
        url=lambda member, row: (
            at(member.agency, "cells:opportunities", pk=row.subject_id) + "?state=overdue"
        ),
        needs=RUNS_A_GROUP,
    )
)
