"""Whether a decision recorded from paper counts, and what it still lacks.

Nothing here depends on who is a consumer, since whoever records a decision chooses whom it names.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from groups.heard import heard
from groups.models import (
    Attendance,
    Choice,
    Decision,
    GroupKind,
    PaperRecord,
    Position,
    Seat,
    stood_for,
)
from groups.policies import ALTERNATES_VOTE
from groups.quorum import AskedQuorum, asked_of, consumers_needed
from groups.tally import voters

# Their decisions judge others, or bind everybody.
ATTESTED = frozenset({GroupKind.COMMITTEE, GroupKind.GOVERNING_BODY})
LACKING: dict[str, Promise] = {
    "second": _("A second person who votes in this group has to confirm that it was so."),
    "people": _(
        "Not everyone who had a vote that day is on record as having been there. Write down who "
        "was, or why the group decided without the others."
    ),
    "share": _(
        "Fewer took part than the charter asks for. Write down who else was there, or take this "
        "record back and decide again."
    ),
    "hearing": _(
        "It was decided before the person whose seat it is had answered, or had the time to. Take "
        "this record back, and decide when they have."
    ),
    "objection": _(
        "Somebody objected. Write down why the group decided all the same, or take this record "
        "back."
    ),
}


@dataclass(frozen=True)
class OnPaper:
    """A decision from paper, compared with the voting seats of its day."""

    lacking: tuple[str, ...]
    quorum: bool
    """Whether enough consumers are on record as having taken part; not for every reader."""

    @property
    def counts(self) -> bool:
        return not self.lacking


def look(
    decision: Decision,
    record: PaperRecord,
    seats: dict[int, Seat] | None = None,
    positions: Iterable[Position] | None = None,
) -> OnPaper:
    """Compare the record with the people of its day; at most five queries.

    `seats`: the voting seats of that day, if loaded; `positions`: the current ones, if loaded.
    """
    assert decision.decided_on is not None
    seats = voters(decision, decision.decided_on) if seats is None else seats
    if positions is None:
        positions = Position.objects.within(decision.agency).current().filter(decision=decision)
    said = {each.member_id: each.choice for each in positions}
    there = set(said)
    if record.meeting_id is not None:
        came = Attendance.objects.within(decision.agency).filter(meeting=record.meeting_id)
        there |= set(came.values_list("member", flat=True))
    if ALTERNATES_VOTE.value(decision.agency, decision.decided_on):
        there |= stood_for(decision.agency, decision.group_id, decision.decided_on, there)
    lacking = []
    motion = decision.motion
    # Who sits in a group is never decided without the others, or over their objections.
    reasoned = bool(decision.waiver) and motion is None
    if record.adopted and motion is not None and not heard(motion, decision.decided_on):
        lacking.append("hearing")
    if record.needs_two and record.attested_on is None:
        lacking.append("second")
    if not reasoned and (not seats or seats.keys() - there):
        lacking.append("people")
    asked = asked_of(decision.group.kind, decision.agency, decision.decided_on)
    if len(seats.keys() & there) < asked.members_needed(len(seats)) and "people" not in lacking:
        lacking.append("share")
    objected = Choice.OBJECT in (said[key] for key in said.keys() & seats.keys())
    if record.adopted and not reasoned and (objected or record.objected):
        lacking.append("objection")
    return OnPaper(tuple(lacking), _quorum(seats, there, asked))


def _quorum(seats: dict[int, Seat], there: set[int], asked: AskedQuorum) -> bool:
    consumers = {key for key, seat in seats.items() if seat.is_consumer}
    return len(consumers & there) >= consumers_needed(len(consumers), asked.consumers)


def voted_on(
    decision: Decision, member_id: int, on: date, seats: dict[int, Seat] | None = None
) -> bool:
    """Whether this member had a vote in the group on the decision's day, or has one today.

    `seats`: the voting seats of that day, if loaded.
    """
    if member_id in (seats or {}):
        return True
    days = {on, decision.decided_on} if seats is None else {on}
    return any(member_id in voters(decision, day) for day in days if day is not None)
