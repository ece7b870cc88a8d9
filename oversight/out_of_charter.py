"""What differs between the charter in force and the committee as it is, on any day.

Plain Python over dated facts: what is entered for later days never changes the answer for a day.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from itertools import chain

from accounts.models import StandingKind
from documents.models import CharterTerms, DecidesBy
from documents.terms import OFFICES
from foundation.months import months_later
from groups.quorum import consumers_needed


class SeatClass(StrEnum):
    """The classes in which a charter gives seats."""

    CONSUMERS = "consumers"
    FAMILY = "family"
    STAFF = "staff"
    OTHERS = "others"


def class_of(standing: str, *, employed_peer: bool) -> SeatClass:
    """The class of a seat: peer workers whom the agency employs count as staff."""
    if employed_peer or standing in {StandingKind.PROVIDER, StandingKind.MANAGER}:
        return SeatClass.STAFF
    if standing == StandingKind.PRIMARY_CONSUMER:
        return SeatClass.CONSUMERS
    return SeatClass.FAMILY if standing == StandingKind.FAMILY_MEMBER else SeatClass.OTHERS


@dataclass(frozen=True)
class CharterInForceNow:
    """The terms in force on a day, since when, and the first day on which any terms were.

    A term of a member who sat before counts from that first day.
    """

    terms: CharterTerms
    since: date
    first: date

    def seats(self) -> Mapping[SeatClass, int]:
        return {each: getattr(self.terms, f"seats_{each}") for each in SeatClass}


@dataclass(frozen=True)
class HeldSeat:
    """A seat of the committee, from `since` to the day before `until`.

    `given`: the offer that it began with, the same on all rows of one term; `kept_on`: the day on
    which the committee kept a founding member.
    """

    member: int
    standing: str
    employed_peer: bool
    voting: bool
    office: str
    since: date
    until: date | None
    given: int | None
    kept_on: date | None = None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)


class DepartureCode(StrEnum):
    """How a committee can differ from its charter."""

    EMPTY = "empty"
    TOO_MANY = "too_many"
    CLASS = "class"
    TERM_OVER = "term_over"
    IN_A_ROW = "in_a_row"
    OFFICE = "office"
    QUORUM = "quorum"
    DECIDES_BY = "decides_by"


@dataclass(frozen=True)
class Departure:
    """One difference: what the charter asks for, what there is, and since when.

    `which`: a class of seats or an office; `asked` and `held` are numbers of seats or people.
    """

    code: DepartureCode
    since: date
    which: str = ""
    asked: int = 0
    held: int = 0


Found = dict[tuple[DepartureCode, str], tuple[int, int]]


def out_of_charter(
    charter: CharterInForceNow | None, seats: Sequence[HeldSeat], on: date
) -> list[Departure]:
    """The differences on that day; none without terms.

    `seats`: all of the committee, past ones too, without those of alternates. Each difference is
    dated back to the first day since which it has been there without a break, at the earliest the
    day the charter came into force.
    """
    if charter is None:
        return []

    timed = [
        TimedSeat(each, _term_ends(charter, seats, each), _row_ends(charter, seats, each))
        for each in seats
    ]

    @cache
    def found(day: date) -> Found:
        return dict(_found(charter, timed, day))

    days = sorted(_turns(charter, timed, on), reverse=True)
    departures = []
    for (code, which), (asked, held) in found(on).items():
        since = on
        for day in days:
            if (code, which) not in found(day):
                break
            since = day
        departures.append(Departure(code, since, which, asked, held))
    return departures


@dataclass(frozen=True)
class TimedSeat:
    """A seat, with the first days after its term and after the last of its terms in a row."""

    seat: HeldSeat
    term_ends: date
    row_ends: date | None

    @property
    def days(self) -> set[date]:
        """All days on which something about it changes."""
        days = {self.seat.since, self.seat.until, self.term_ends, self.row_ends}
        return {day for day in days if day is not None}

    def served_all(self, on: date) -> bool:
        return self.row_ends is not None and self.row_ends <= on

    def term_over(self, on: date) -> bool:
        return self.term_ends <= on and not self.served_all(on)


def _turns(charter: CharterInForceNow, timed: Sequence[TimedSeat], on: date) -> set[date]:
    """Every day since the charter came into force on which anything can change."""
    days = {charter.since}.union(*(each.days for each in timed))
    return {day for day in days if charter.since <= day <= on}


Difference = tuple[tuple[DepartureCode, str], tuple[int, int]]


def _found(
    charter: CharterInForceNow, timed: Sequence[TimedSeat], on: date
) -> Iterator[Difference]:
    held = [each for each in timed if each.seat.holds(on)]
    voters = [each for each in held if each.seat.voting]
    yield from _numbers(charter, [each.seat for each in voters])
    if ended := sum(each.term_over(on) for each in voters):
        yield (DepartureCode.TERM_OVER, ""), (0, ended)
    if in_a_row := sum(each.served_all(on) for each in voters):
        yield (DepartureCode.IN_A_ROW, ""), (0, in_a_row)
    for office in OFFICES:
        if getattr(charter.terms, office) and not any(each.seat.office == office for each in held):
            yield (DepartureCode.OFFICE, office), (1, 0)
    yield from _of_the_charter(charter.terms)


def _numbers(charter: CharterInForceNow, voters: Sequence[HeldSeat]) -> Iterator[Difference]:
    asked = charter.seats()
    total = sum(asked.values())
    if len(voters) != total:
        code = DepartureCode.EMPTY if len(voters) < total else DepartureCode.TOO_MANY
        yield (code, ""), (total, len(voters))
    of_class = Counter(class_of(each.standing, employed_peer=each.employed_peer) for each in voters)
    for kind, number in asked.items():
        if of_class[kind] != number:
            yield (DepartureCode.CLASS, kind), (number, of_class[kind])


def _of_the_charter(terms: CharterTerms) -> Iterator[Difference]:
    """What its terms say that does not hold here, whoever sits in the committee."""
    floor = consumers_needed(terms.seats_consumers)
    if terms.quorum_consumers < floor:
        yield (DepartureCode.QUORUM, ""), (terms.quorum_consumers, floor)
    if terms.decides_by != DecidesBy.CONSENT:
        yield (DepartureCode.DECIDES_BY, ""), (0, 0)


def _term_ends(charter: CharterInForceNow, seats: Sequence[HeldSeat], seat: HeldSeat) -> date:
    """The first day after the term that this seat belongs to."""
    same = (each.since for each in seats if seat.given is not None and each.given == seat.given)
    begun = min(chain([seat.since], same))
    if seat.kept_on is not None:
        begun = max(begun, seat.kept_on)
    return months_later(max(begun, charter.first), charter.terms.term_months)


def _row_ends(charter: CharterInForceNow, seats: Sequence[HeldSeat], seat: HeldSeat) -> date | None:
    """The first day on which the member has sat for all terms in a row; None without a limit."""
    limit = charter.terms.terms_in_a_row
    if limit is None:
        return None
    before = {each.until: each for each in seats if each.voting and each.member == seat.member}
    first = seat.since
    while (earlier := before.get(first)) is not None and earlier.since < first:
        first = earlier.since
    return months_later(max(first, charter.first), limit * charter.terms.term_months)
