"""When and by whom an agency's last committee was ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from foundation.models import Agency
from foundation.once import once
from groups.models import DecisionStatus, Group, GroupKind, Motion, MotionKind, Seat


@once
def ended(agencies: Sequence[int], on: date) -> dict[int, date]:
    """By agency key, the day its last committee ended; one query.

    Leaves out agencies where somebody has a vote in another committee on that day. A group in which
    nobody ever sat was no committee, so opening one does not make up for the end.
    """
    seats = Seat.objects.across(agencies).filter(group=OuterRef("pk"))
    groups = Group.objects.across(agencies).filter(kind=GroupKind.COMMITTEE, opened__lte=on)
    had_members = groups.filter(Exists(seats.filter(since__lte=on)))
    rows = had_members.annotate(votes=Exists(seats.on(on).voting())).order_by("closed", "pk")
    found: dict[int, date] = {}
    there = set()
    for agency, closed, votes in rows.values_list("agency_id", "closed", "votes"):
        if closed is not None and closed <= on:
            found[agency] = closed
        elif votes:
            there.add(agency)
    return {key: day for key, day in found.items() if key not in there}


@dataclass(frozen=True)
class EndedCommittee:
    """The end of the last committee, where there is none now."""

    on: date
    by_board: bool
    """True if the governing body decided it; otherwise the committee did."""


def last_ended(agency: Agency, on: date) -> EndedCommittee | None:
    """The last committee's end: at most two queries, one if a committee exists or never did."""
    day = ended([agency.pk], on).get(agency.pk)
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
