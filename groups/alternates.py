"""Who holds a seat of their own, and for whom somebody steps in today."""

from datetime import date

from accounts.models import Member
from foundation.models import Agency
from groups.models import Alternate, Group, Seat


def own_seat(agency: Agency, group_id: int, member_id: int, on: date) -> Seat | None:
    """The seat that the member holds there that day, none in which they stand in."""
    seats = Seat.objects.within(agency).on(on).filter(stands_in=None)
    return seats.filter(group=group_id, member=member_id).first()


def stepping_in(group: Group, member: Member) -> Alternate | None:
    """For whom this member takes part there today; one query."""
    agency = member.agency
    rows = Alternate.objects.within(agency).stepping_in(agency.today())
    row = rows.filter(group=group, member=member).select_related("holder").first()
    if row is not None:
        row.agency, row.group, row.member, row.holder.agency = agency, group, member, agency
    return row
