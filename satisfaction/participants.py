"""Who took part in quality improvement in a period, by a seat or by attendance."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from accounts.models import StandingKind
from foundation.models import Agency, TenantQuerySet
from foundation.months import months_later
from groups.as_known import NEVER, KnownSeats, Span
from groups.models import Attendance, Seat
from satisfaction.policies import ASKED_ABOUT, SMALL

DAY = timedelta(days=1)


class TakingPart(NamedTuple):
    """A member's participation between two dates (None: still)."""

    agency_id: int
    member_id: int
    consumer: bool
    since: date
    until: date | None
    member_since: date
    member_until: date | None

    def within(self, since: date, until: date) -> bool:
        return self.since < until and (self.until is None or self.until > since)

    def is_member(self, on: date) -> bool:
        return self.member_since <= on and (self.member_until is None or self.member_until > on)


def parts(
    seats: TenantQuerySet[Seat],
    attendances: TenantQuerySet[Attendance],
    *,
    known: KnownSeats | None = None,
) -> list[TakingPart]:
    """Participation from the seats and attendances of one agency or several; two queries.

    With `known`, it uses the seats as they were known on a day.
    """
    about_member = ("member__since", "member__until")
    found = []
    for pk, agency, member, standing, since, until, *membership in seats.values_list(
        "pk", "agency_id", "member_id", "standing", "since", "until", *about_member
    ):
        span = Span(since, until or NEVER) if known is None else known.of(pk, since, until)
        if span is not None:
            ends = None if span.until == NEVER else span.until
            consumer = standing == StandingKind.PRIMARY_CONSUMER
            found.append(TakingPart(agency, member, consumer, span.since, ends, *membership))
    found += [
        TakingPart(
            agency, member, standing == StandingKind.PRIMARY_CONSUMER, on, on + DAY, *membership
        )
        for agency, member, standing, on, *membership in attendances.values_list(
            "agency_id", "member_id", "standing", "meeting__on", *about_member
        )
    ]
    return found


def who_took_part(
    found: Iterable[TakingPart], since: date, until: date, *, members_on: date
) -> dict[int, bool]:
    """By member key, whether they took part as a consumer in that period, even once.

    Only people who are members on `members_on`: former members get no messages.
    """
    took_part: dict[int, bool] = {}
    for part in found:
        if part.within(since, until) and part.is_member(members_on):
            took_part[part.member_id] = part.consumer or took_part.get(part.member_id, False)
    return took_part


def to_ask(agency: Agency, today: date) -> dict[int, bool]:
    """Members who took part in the months before a day, and whether they did as consumers."""
    since = months_later(today, -ASKED_ABOUT.value)
    took_part = parts(Seat.objects.within(agency), Attendance.objects.within(agency))
    return who_took_part(took_part, since, today, members_on=today)


def few_consumers(agency: Agency, today: date) -> frozenset[int]:
    """The consumers who took part lately, if they are too few for surveys; else nobody."""
    consumers = frozenset(key for key, is_consumer in to_ask(agency, today).items() if is_consumer)
    return consumers if len(consumers) < SMALL.value(agency, today) else frozenset()
