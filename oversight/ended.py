"""A committee that was ended stays to be seen: on which day, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from foundation.models import Agency
from groups.models import DecisionStatus, Group, GroupKind, Motion, MotionKind


def ended(agencies: Sequence[int], on: date) -> dict[int, date]:
    """By agency key, the day on which its last committee ended, where it has none on that day;
    one query."""
    groups = Group.objects.across(agencies).filter(kind=GroupKind.COMMITTEE, opened__lte=on)
    found: dict[int, date] = {}
    there = set()
    for group in groups.order_by("closed", "pk"):
        if group.is_open(on):
            there.add(group.agency_id)
        elif group.closed is not None:
            found[group.agency_id] = group.closed
    return {key: day for key, day in found.items() if key not in there}


@dataclass(frozen=True)
class Ended:
    """The end of the last committee, where there is none now."""

    on: date
    by_board: bool
    """The governing body decided it; else the committee itself."""


def last_ended(agency: Agency, on: date) -> Ended | None:
    """Two queries at most; one where there is a committee."""
    groups = Group.objects.within(agency).filter(kind=GroupKind.COMMITTEE, opened__lte=on)
    last = groups.order_by("-opened", "-pk").first()
    if last is None or last.closed is None or not last.is_over(on):
        return None
    motions = Motion.objects.within(agency).filter(
        group=last, kind=MotionKind.DISSOLVE, decision__status=DecisionStatus.ADOPTED
    )
    by_board = motions.filter(decision__group__kind=GroupKind.GOVERNING_BODY).exists()
    return Ended(last.closed, by_board)
