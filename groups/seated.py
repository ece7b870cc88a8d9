"""The people of a group, to choose from."""

from datetime import date

from accounts.models import Member
from foundation.models import Agency, TenantQuerySet
from groups.models import Group, Seat


def seated(group: Group, agency: Agency, on: date) -> TenantQuerySet[Member]:
    """The members with a seat in the group on that day, by name."""
    seats = Seat.objects.within(agency).on(on).filter(group=group)
    members = Member.objects.within(agency).filter(pk__in=seats.values("member"))
    return members.order_by("shown_name", "pk")
