"""What lies in a sealed answer, and how it is put in and taken out.

The first line is JSON with the side, whether it came on paper, and the scores; all the rest is the
comment. Nothing of it, not even a length, shows from outside.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from foundation.sealing import NotOurs, close, open_with
from satisfaction.models import AnswerSide, SurveyRound
from satisfaction.models.answers import ROOM
from satisfaction.round_keys import RoundKeys

_PURPOSE = "survey answer"


@dataclass(frozen=True)
class AnsweredSurvey:
    """One person's answers; `scores` has 1 to 5 for each statement, 0 for "does not apply"."""

    side: str
    scores: Mapping[str, int]
    comment: str
    on_paper: bool


def seal(round_: SurveyRound, answered: AnsweredSurvey) -> bytes:
    """An envelope for this round, as large as any other."""
    head = {
        "side": answered.side,
        "on_paper": answered.on_paper,
        "scores": dict(answered.scores),
    }
    content = f"{json.dumps(head)}\n{answered.comment}".encode()
    return close(round_.public_key, content, room=ROOM, purpose=_PURPOSE)


def unseal(
    round_: SurveyRound, keys: RoundKeys, envelope: bytes | memoryview
) -> AnsweredSurvey | None:
    """What is in an envelope; None if it is not one of this round's, or holds no answers to it."""
    try:
        content = open_with(keys.private, round_.public_key, bytes(envelope), purpose=_PURPOSE)
        head, _line, comment = content.decode().partition("\n")
        said = json.loads(head)
        found = AnsweredSurvey(
            AnswerSide(said["side"]).value, said["scores"], comment, bool(said["on_paper"])
        )
    except (NotOurs, ValueError, KeyError, TypeError):
        return None
    return found if round_.asks.fits(found.scores) else None
