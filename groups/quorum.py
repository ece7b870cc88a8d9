"""Whether enough consumers took part in deciding: counted, never named."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import StandingKind
from groups.models import Choice, Decision, Position, PositionQuerySet, Seat
from groups.policies import QUORUM


@dataclass(frozen=True)
class Tally:
    """The positions of a decision's present round, against the seats of a day."""

    agree: int
    reservations: int
    stand_aside: int
    object: int
    consumers: int
    """Voting consumer members who took a position."""
    consumers_seated: int
    voting_seated: int

    @property
    def answered(self) -> int:
        return self.agree + self.reservations + self.stand_aside + self.object

    @property
    def consumers_needed(self) -> int:
        """Two, or all where there are fewer, but never none."""
        return max(1, min(QUORUM.value, self.consumers_seated))

    @property
    def quorum(self) -> bool:
        return self.consumers >= self.consumers_needed


def _positions(decision: Decision) -> PositionQuerySet:
    positions = Position.objects.within(decision.agency).current()
    return positions.filter(decision=decision).select_related("seat")


def tally(decision: Decision, on: date, positions: Iterable[Position] | None = None) -> Tally:
    """Count the positions that hold; two queries, or one where they are at hand with seats."""
    counted: Counter[str] = Counter()
    consumers = 0
    for position in _positions(decision) if positions is None else positions:
        counted[position.choice] += 1
        consumers += position.seat.is_consumer
    seats = [
        (standing == StandingKind.PRIMARY_CONSUMER and not peer)
        for standing, peer in Seat.objects.within(decision.agency)
        .on(on)
        .voting()
        .filter(group=decision.group_id)
        .values_list("standing", "employed_peer")
    ]
    return Tally(
        agree=counted[Choice.AGREE],
        reservations=counted[Choice.RESERVATIONS],
        stand_aside=counted[Choice.STAND_ASIDE],
        object=counted[Choice.OBJECT],
        consumers=consumers,
        consumers_seated=sum(seats),
        voting_seated=len(seats),
    )
