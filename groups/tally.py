"""Whether enough consumers took part in deciding: counted, never named.

Positions, votes and quorum count the same people: those with a voting seat on the day. What others
said stays on record but does not count.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foundation import prepared
from foundation.models import Agency
from groups.models import (
    ABOUT_A_SEAT,
    Choice,
    Decision,
    DeclaredInterest,
    Motion,
    Position,
    PositionQuerySet,
    Seat,
    SeatQuerySet,
)
from groups.quorum import NOTHING_ASKED, AskedQuorum, asked_of, consumers_needed


@dataclass(frozen=True)
class Tally:
    """The positions of a decision's current round, against the seats of a day."""

    agree: int
    reservations: int
    stand_aside: int
    object: int
    consumers: int
    """Voting consumer members who took a position."""
    consumers_seated: int
    voting_seated: int
    asked: AskedQuorum = NOTHING_ASKED
    """What the group's charter asks for."""

    @property
    def answered(self) -> int:
        return self.agree + self.reservations + self.stand_aside + self.object

    @property
    def consumers_needed(self) -> int:
        """The consumers required for a quorum of those seated."""
        return consumers_needed(self.consumers_seated, self.asked.consumers)

    @property
    def quorum(self) -> bool:
        return self.consumers >= self.consumers_needed

    @property
    def enough_members(self) -> bool:
        """Whether the share took part that the group's charter asks for, whoever they are."""
        return self.answered >= self.asked.members_needed(self.voting_seated)

    @property
    def all_answered(self) -> bool:
        return self.answered >= self.voting_seated

    @property
    def quorum_in_writing(self) -> bool:
        """Half of each class answered, and enough members and consumers; or everybody has."""
        others, seated = self.answered - self.consumers, self.voting_seated - self.consumers_seated
        halves = 2 * self.consumers >= self.consumers_seated and 2 * others >= seated
        return self.all_answered or (halves and self.quorum and self.enough_members)


def day_of(decision: Decision, today: date) -> date:
    """The day whose voting members count: the decision's, or today."""
    return decision.decided_on or today


def voters(decision: Decision, on: date) -> dict[int, Seat]:
    """The decision's voting seats on that day, by member key; one query.

    Without the person it is about, since nobody decides about their own seat, and without those who
    declared an interest of their own.
    """
    values = {"row": decision.pk, "keys": [decision.group_id], "day": on}
    seats: list[Seat] = prepared.of_agency(_voting).models({"agency": decision.agency_id, **values})
    for seat in seats:
        seat.agency = decision.agency
    return {seat.member_id: seat for seat in seats}


def _voting(agency: Agency) -> SeatQuerySet:
    about = Motion.objects.within(agency).filter(
        decision=prepared.ROW, kind__in=ABOUT_A_SEAT, member__isnull=False
    )
    seats = Seat.objects.within(agency).on(prepared.DAY).voting()
    declared = DeclaredInterest.objects.within(agency).filter(decision=prepared.ROW)
    seats = seats.filter(prepared.one_of_keys("group")).exclude(member__in=about.values("member"))
    return seats.exclude(member__in=declared.values("member"))


def _positions(decision: Decision) -> PositionQuerySet:
    return Position.objects.within(decision.agency).current().filter(decision=decision)


def counted(
    decision: Decision, seats: dict[int, Seat], positions: Iterable[Position] | None = None
) -> list[tuple[Position, Seat]]:
    """Current positions of holders of these seats, each with the seat."""
    held = _positions(decision) if positions is None else positions
    return [
        (position, seats[position.member_id]) for position in held if position.member_id in seats
    ]


def tally(
    decision: Decision,
    on: date,
    positions: Iterable[Position] | None = None,
    seats: dict[int, Seat] | None = None,
) -> Tally:
    """Count the positions of those with a voting seat on that day.

    Two queries, none if both current positions and voters are loaded; one more for the charter of
    the oversight committee.
    """
    seats = voters(decision, on) if seats is None else seats
    if decision.caucus:
        seats = {key: seat for key, seat in seats.items() if seat.is_consumer}
    said = counted(decision, seats, positions)
    choices = Counter(position.choice for position, _seat in said)
    return Tally(
        agree=choices[Choice.AGREE],
        reservations=choices[Choice.RESERVATIONS],
        stand_aside=choices[Choice.STAND_ASIDE],
        object=choices[Choice.OBJECT],
        consumers=sum(seat.is_consumer for _position, seat in said),
        consumers_seated=sum(seat.is_consumer for seat in seats.values()),
        voting_seated=len(seats),
        asked=asked_of(decision.group.kind, decision.agency, on),
    )
