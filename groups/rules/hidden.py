"""Who may know that a group exists, and their place in it."""

from dataclasses import dataclass
from datetime import date

from accounts.anybody import kept_rows
from accounts.models import Member
from accounts.permissions import Permission
from foundation import prepared
from groups.models import Group, Office, Seat, SeatQuerySet

RUNNING_OFFICES = frozenset(
    {Office.CHAIR, Office.CO_CHAIR, Office.FACILITATOR, Office.CO_FACILITATOR, Office.NOTE_TAKER}
)


@dataclass(frozen=True)
class Place:
    """A member's place in a group today."""

    seated: bool
    voting: bool = False
    office: str = ""

    @property
    def runs(self) -> bool:
        return self.office in RUNNING_OFFICES


def place(group: Group, member: Member) -> Place:
    """The place loaded by `Group.objects….with_place_of(member, …)`; otherwise one query."""
    if getattr(group, "place_of", None) == member.pk:
        office: str | None = group.place_office  # type: ignore[attr-defined]
        return Place(office is not None, bool(group.place_voting), office or "")  # type: ignore[attr-defined]
    for seat in kept_rows(_seat_in, member, member.agency.today(), row=group.pk):
        return Place(True, seat.voting, seat.office)
    return Place(False)


def _seat_in(member: Member, on: date) -> SeatQuerySet:
    """The member's seat in a group; its key is passed."""
    seats = Seat.objects.within(member.agency).on(on)
    return seats.filter(group=prepared.ROW, member=member).order_by("pk")[:1]


def works_with_groups(by: Member) -> bool:
    return by.may(Permission.FACILITATE) or by.may(Permission.MANAGE_PEOPLE)


def seeing(group: Group, reader: Member) -> bool:
    """Whether the reader may know that the group exists; otherwise all its pages are a 404."""
    if not group.hidden or works_with_groups(reader):
        return group.agency_id == reader.agency_id
    return place(group, reader).seated
