"""Who took part in quality improvement in a time: by a seat, or by having been there."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from accounts.models import StandingKind
from foundation.models import TenantQuerySet
from groups.models import Attendance, Seat
from satisfaction.models import Side

DAY = timedelta(days=1)


class Part(NamedTuple):
    """That a member took part, from a day until another (None: still)."""

    agency_id: int
    member_id: int
    side: Side
    since: date
    until: date | None
    member_since: date
    member_until: date | None

    def within(self, since: date, until: date) -> bool:
        return self.since < until and (self.until is None or self.until > since)

    def is_member(self, on: date) -> bool:
        return self.member_since <= on and (self.member_until is None or self.member_until > on)


def parts(seats: TenantQuerySet[Seat], attendances: TenantQuerySet[Attendance]) -> list[Part]:
    """From the seats and attendances of one agency or of several; two queries."""
    about_member = ("member__since", "member__until")
    found = [
        Part(agency, member, _side(standing), since, until, *membership)
        for agency, member, standing, since, until, *membership in seats.values_list(
            "agency_id", "member_id", "standing", "since", "until", *about_member
        )
    ]
    found += [
        Part(agency, member, _side(standing), on, on + DAY, *membership)
        for agency, member, standing, on, *membership in attendances.values_list(
            "agency_id", "member_id", "standing", "meeting__on", *about_member
        )
    ]
    return found


def who_took_part(
    found: Iterable[Part], since: date, until: date, *, members_on: date
) -> dict[int, Side]:
    """By member key, in which class each took part in that time; a consumer once is a consumer.

    Only those who are members on `members_on`: whoever has left is not written to any more.
    """
    sides: dict[int, Side] = {}
    for part in found:
        took_part = part.within(since, until) and part.is_member(members_on)
        if took_part and sides.get(part.member_id) != Side.CONSUMER:
            sides[part.member_id] = part.side
    return sides


def _side(standing: str) -> Side:
    return Side.CONSUMER if standing == StandingKind.PRIMARY_CONSUMER else Side.OTHER
