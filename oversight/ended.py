"""When and by whom an agency's last committee was ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from foundation import prepared
from foundation.models import Agency
from foundation.once import once
from groups.models import (
    DecisionStatus,
    Group,
    GroupKind,
    GroupQuerySet,
    Motion,
    MotionKind,
    Seat,
    SeatQuerySet,
)


@once
def ended(agencies: Sequence[int], on: date) -> dict[int, date]:
    """By agency key, the day its last committee ended; one query.

    Leaves out agencies where somebody has a vote in another committee on that day. A group in which
    nobody ever sat was no committee, so opening one does not make up for the end.
    """
    seats = Seat.objects.across(agencies)
    return _ends(_committees(Group.objects.across(agencies), seats, on), on)


def _committees(groups: GroupQuerySet, seats: SeatQuerySet, on: date) -> QuerySet[Group, Any]:
    """Of each committee: its agency, the day it closed, and whether somebody has a vote in it."""
    seated = seats.filter(group=OuterRef("pk"))
    found = groups.filter(kind=GroupKind.COMMITTEE, opened__lte=on)
    had_members = found.filter(Exists(seated.filter(since__lte=on)))
    rows = had_members.annotate(votes=Exists(seated.on(on).voting())).order_by("closed", "pk")
    return rows.values_list("agency_id", "closed", "votes")


def _ends(rows: Iterable[tuple[Any, ...]], on: date) -> dict[int, date]:
    found: dict[int, date] = {}
    there = set()
    for agency, closed, votes in rows:
        if closed is not None and closed <= on:
            found[agency] = closed
        elif votes:
            there.add(agency)
    return {key: day for key, day in found.items() if key not in there}


def _of_agency(agency: Agency) -> QuerySet[Group, Any]:
    groups, seats = Group.objects.within(agency), Seat.objects.within(agency)
    return _committees(groups, seats, prepared.DAY)


@dataclass(frozen=True)
class EndedCommittee:
    """The end of the last committee, where there is none now."""

    on: date
    by_board: bool
    """True if the governing body decided it; otherwise the committee did."""


def last_ended(agency: Agency, on: date) -> EndedCommittee | None:
    """The last committee's end: at most two queries, one if a committee exists or never did."""
    rows = prepared.of_agency(_of_agency).tuples({"agency": agency.pk, "day": on})
    day = _ends(rows, on).get(agency.pk)
    if day is None:
        return None
    motions = Motion.objects.within(agency).filter(
        group__kind=GroupKind.COMMITTEE,
        group__closed=day,
        kind=MotionKind.DISSOLVE,
        decision__status=DecisionStatus.ADOPTED,
    )
    by_board = motions.filter(decision__group__kind=GroupKind.GOVERNING_BODY).exists()
    return EndedCommittee(day, by_board)
