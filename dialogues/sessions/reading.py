"""Answers at the end of sessions, shown only where nobody can be singled out."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from dialogues.dialogue.models import Dialogue
from dialogues.policies import QUESTIONS
from dialogues.sessions.models import HIGHEST, LOWEST, SessionAnswer, SessionSide
from foundation import smallness
from foundation.minimum import enough
from foundation.smallness import Mean
from groups.models import Meeting, MeetingStatus

SIDES = (SessionSide.CONSUMER, SessionSide.PROVIDER)


@dataclass(frozen=True)
class Session:
    """The answers of one session: (side, heard, understood) each."""

    on: date
    answers: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class SideMeans:
    """The means of one side, from 1 to 5."""

    side: str | Promise
    heard: Mean
    understood: Mean


@dataclass(frozen=True)
class SessionResult:
    """What each side answered over one or more sessions."""

    since: date
    until: date
    rows: tuple[SideMeans, ...]


def pools(sessions: Iterable[Session]) -> list[list[Session]]:
    """Pool sessions, oldest first, until each side has enough answers.

    Neither side is shown without the other, nor a total, and each session counts once, so that no
    difference reveals anything smaller.
    """
    found: list[list[Session]] = []
    waiting: list[Session] = []
    for session in sessions:
        waiting.append(session)
        count = Counter(side for each in waiting for side, _heard, _understood in each.answers)
        if all(enough(count[side]) for side in SIDES):
            found.append(waiting)
            waiting = []
    return found


def results(dialogue: Dialogue, on: date) -> list[SessionResult]:
    """Results of sessions whose questions are closed, latest first."""
    meetings = Meeting.objects.within(dialogue.agency).filter(
        group=dialogue.group_id,
        status=MeetingStatus.HELD,
        on__lte=on - QUESTIONS.span(dialogue.agency, on),
    )
    answers: dict[int, list[tuple[str, int, int]]] = {
        pk: [] for pk in meetings.order_by("on", "pk").values_list("pk", flat=True)
    }
    days = dict(meetings.values_list("pk", "on"))
    rows = SessionAnswer.objects.within(dialogue.agency).filter(meeting__in=answers)
    for pk, side, heard, understood in rows.values_list(
        "meeting_id", "side", "heard", "understood"
    ):
        answers[pk].append((side, heard, understood))
    sessions = [Session(days[pk], tuple(given)) for pk, given in answers.items()]
    return [_result(pool) for pool in reversed(pools(sessions))]


def _result(pool: list[Session]) -> SessionResult:
    given = [answer for session in pool for answer in session.answers]
    return SessionResult(
        since=pool[0].on,
        until=pool[-1].on,
        rows=tuple(
            SideMeans(
                side.label,
                _mean([heard for s, heard, _understood in given if s == side]),
                _mean([understood for s, _heard, understood in given if s == side]),
            )
            for side in SIDES
        ),
    )


def _mean(scores: list[int]) -> Mean:
    return smallness.mean(sum(scores), len(scores), lowest=LOWEST, highest=HIGHEST)
