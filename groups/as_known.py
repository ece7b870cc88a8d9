"""Groups and seats as known on a day: past starts and ends, and decisions about later days.

A seat entered late counts for the days it covers. An end recorded later is not known yet; an end
planned then is, even if it was postponed since.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from accounts.models import StandingKind
from foundation.history import as_known
from foundation.once import once
from groups.composition import Composition
from groups.models import CqiPeriod, Group, GroupKind, Seat
from groups.policies import ACTIVE

NEVER = date.max


@dataclass(frozen=True)
class Span:
    """A period with known start and end."""

    since: date
    until: date

    def holds(self, on: date) -> bool:
        return self.since <= on < self.until


@dataclass(frozen=True)
class KnownSeat(Span):
    agency_id: int
    group_id: int
    member_id: int
    standing: str
    employed_peer: bool
    voting: bool
    office: str

    @property
    def is_consumer(self) -> bool:
        """Whether it was taken by a primary consumer whom the agency does not employ."""
        return self.standing == StandingKind.PRIMARY_CONSUMER and not self.employed_peer

    def lately(self, on: date) -> bool:
        """Held on that day or shortly before; a seat that ended as it began was never held."""
        return self.since <= on and self.until > max(on - ACTIVE.span, self.since)


@dataclass(frozen=True)
class KnownGroup(Span):
    agency_id: int
    pk: int
    kind: str
    seats: list[KnownSeat] = field(default_factory=list)
    periods: list[Span] = field(default_factory=list)

    def voters(self, on: date) -> list[KnownSeat]:
        return [seat for seat in self.seats if seat.voting and seat.holds(on)]

    def of_cqi(self, on: date) -> bool:
        return any(period.holds(on) for period in self.periods)

    def composition(self, on: date) -> Composition:
        voters = self.voters(on)
        return Composition(
            agency_id=self.agency_id,
            group_id=self.pk,
            kind=self.kind,
            voting=len(voters),
            consumers=sum(seat.is_consumer for seat in voters),
            employed_peers=sum(
                seat.standing == StandingKind.PRIMARY_CONSUMER and seat.employed_peer
                for seat in voters
            ),
            family_members=sum(seat.standing == StandingKind.FAMILY_MEMBER for seat in voters),
            active=any(seat.voting and seat.lately(on) for seat in self.seats),
        )


def known_groups(
    agencies: Sequence[int], on: date, *, kinds: Iterable[str] = GroupKind.values
) -> dict[int, list[KnownGroup]]:
    """Groups that exist on that day or will start, by agency key; five queries.

    With what is known of their seats and of whether they take part in CQI.
    """
    found: dict[int, list[KnownGroup]] = defaultdict(list)
    wanted = set(kinds)
    for group in _known_groups(agencies, on):
        if group.kind in wanted:
            found[group.agency_id].append(group)
    return found


@once
def _known_groups(agencies: Sequence[int], on: date) -> list[KnownGroup]:
    groups: dict[int, KnownGroup] = {}
    rows = Group.objects.across(agencies).lasting(on).order_by("pk")
    planned = as_known(Group, agencies, on, ("opened", "closed"))
    for agency, pk, kind, opened in rows.values_list("agency_id", "pk", "kind", "opened"):
        first, last = planned.get(pk, (opened, None))
        if opened > on and pk not in planned:
            continue
        groups[pk] = KnownGroup(
            first if opened > on else opened, _later(last, on), agency, pk, kind
        )
    for seat in known_seats(agencies, on):
        if seat.group_id in groups:
            groups[seat.group_id].seats.append(seat)
    for period in CqiPeriod.objects.across(agencies).filter(Q(until=None) | Q(until__gt=on)):
        if period.group_id in groups and (period.since <= on or period.entered_on <= on):
            told = period.ended_on is not None and period.ended_on <= on
            until = period.until if told else None
            groups[period.group_id].periods.append(Span(period.since, until or NEVER))
    return list(groups.values())


class KnownSeats:
    """When seats were held, as known on a day; one query."""

    def __init__(self, agencies: Sequence[int], on: date) -> None:
        self.on = on
        self._planned = as_known(Seat, agencies, on, ("since", "until"))

    def of(self, pk: int, since: date, until: date | None) -> Span | None:
        """The span of a seat with these recorded days; None if nobody knew of it then."""
        if since > self.on:
            if pk not in self._planned:
                return None
            first, last = self._planned[pk]
            return Span(first, last or NEVER)
        if until is not None and until <= self.on:
            return Span(since, until)
        return Span(since, _later(self._planned.get(pk, (since, None))[1], self.on))


@once
def known_seats(agencies: Sequence[int], on: date) -> list[KnownSeat]:
    """Seats held on that day or shortly before, and those about to begin; two queries."""
    rows = Seat.objects.across(agencies).filter(
        Q(until=None) | Q(until__gt=on - ACTIVE.span) | Q(since__gt=on)
    )
    known, found = KnownSeats(agencies, on), []
    about = ("agency_id", "group_id", "member_id", "standing", "employed_peer", "voting", "office")
    for pk, since, until, *rest in rows.order_by("pk").values_list("pk", "since", "until", *about):
        span = known.of(pk, since, until)
        if span is not None:
            found.append(KnownSeat(span.since, span.until, *rest))
    return found


def _later(day: date | None, on: date) -> date:
    """A planned end postponed before it came: the seat did not end by then."""
    return NEVER if day is None or day <= on else day


def turns(groups: Iterable[KnownGroup]) -> set[date]:
    """Every day on which something known begins or ends."""
    spans: list[Span] = []
    for group in groups:
        spans += [group, *group.seats, *group.periods]
    days = {span.since for span in spans} | {span.until for span in spans}
    # A group stops being active once its last seat is too long ago.
    days |= {day + ACTIVE.span for day in days if day < NEVER - ACTIVE.span}
    return days - {NEVER}
