"""Who had an orientation for their place in a group, and who is still without one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import Member, MemberQuerySet
from compensation.other_work.models import OtherWork
from groups.models import Group, Seat


@dataclass(frozen=True)
class Oriented:
    """Somebody with a place in the group, and the orientation on record."""

    member: Member
    row: OtherWork | None


def seated_in(group: Group, on: date) -> MemberQuerySet:
    """People whose seat in the group lasts or is still to begin, by name."""
    seats = Seat.objects.within(group.agency).filter(Q(until=None) | Q(until__gt=on), group=group)
    members = Member.objects.within(group.agency).filter(pk__in=seats.values("member"))
    return members.order_by("shown_name", "pk")


def orientations_of(group: Group, members: Sequence[Member]) -> list[Oriented]:
    """For each of these members, in their order; one query."""
    rows = OtherWork.objects.within(group.agency).orientations(group).filter(member__in=members)
    found = {row.member_id: row for row in rows.select_related("given_by")}
    return [Oriented(member, found.get(member.pk)) for member in members]
