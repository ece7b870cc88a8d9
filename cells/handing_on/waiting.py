"""Waiting items: cells with duties of people who are gone."""

from datetime import date

from django.db.models import (
    Q,
)
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.cell.place import run_by_nobody
from cells.handing_on import duties
from groups.models import Seat
from groups.rules import RUNNING_OFFICES, works_with_groups
from groups.waiting import RUNS_A_GROUP
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, page, register


def _left_behind(member: Member, on: date) -> WaitingRows:
    """Cells with duties of people who are gone, for members who can reassign them."""
    seats = Seat.objects.within(member.agency).on(on)
    running = seats.filter(member=member, office__in=RUNNING_OFFICES).values("group")
    mine = Q(group__in=running)
    if works_with_groups(member):
        mine |= run_by_nobody(member.agency, on)
    cells = duties.cells_left_behind(member.agency, on, mine)
    return WaitingRows(cells, label="group__name")


register(
    WaitingKind(
        code="cells.left_behind",
        area=Area.IDEAS,
        title=_("Somebody is gone. Say who goes on with what they did: %(label)s"),
        minutes=5,
        rows=_left_behind,
        url=page("cells:hand_over"),
        needs=RUNS_A_GROUP,
        unless=works_with_groups,
    )
)
