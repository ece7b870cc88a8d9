"""Reads a frozen snapshot: what was shown then, and whether the text is still intact."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Member
from indicators.history import HistoryPoint
from indicators.models import FOUNDING, FrozenSnapshot
from indicators.own import OwnIndicator, seeing


@dataclass(frozen=True)
class FrozenCriterion:
    """A criterion in the words of that day."""

    title: str
    words: str
    todo: str
    verdict: str
    at_risk: bool
    lapses: date | None
    discreet: bool


@dataclass(frozen=True)
class FrozenIndicator:
    """An indicator in the words of that day."""

    number: int
    code: str
    title: str
    why: str
    discreet: bool
    hides_number: bool
    small: bool  # its numbers count a group too small to be told
    status: str
    status_words: str
    founding: str  # which day of the founding it was, if it was not judged for that
    value: str
    measure: str
    goal: str
    criteria: tuple[FrozenCriterion, ...]
    settings: tuple[tuple[str, str], ...]
    points: tuple[HistoryPoint, ...]
    months: tuple[str, ...]  # each point's value in words

    @property
    def shown(self) -> str:
        """The status as pages show it."""
        return FOUNDING if self.founding else self.status


def intact(snapshot: FrozenSnapshot) -> bool:
    """Whether the text still matches its stored checksum."""
    return hashlib.sha256(snapshot.text.encode()).hexdigest() == snapshot.checksum


def read(snapshot: FrozenSnapshot) -> tuple[FrozenIndicator, ...]:
    """The snapshot's indicators, in order."""
    return tuple(_indicator(each) for each in json.loads(snapshot.text)["indicators"])


def read_own(snapshot: FrozenSnapshot, reader: Member) -> list[OwnIndicator]:
    """The agency's own indicators in a snapshot that this reader may see; older ones have none."""
    own = [OwnIndicator(**each) for each in json.loads(snapshot.text).get("own", ())]
    return [each for each in own if seeing(reader, everybody=each.everybody)]


def _indicator(frozen: dict[str, Any]) -> FrozenIndicator:
    return FrozenIndicator(
        number=frozen["number"],
        code=frozen["code"],
        title=frozen["title"],
        why=frozen["why"],
        discreet=frozen["discreet"],
        hides_number=frozen.get("hides_number", frozen["discreet"]),
        # Older snapshots don't record this; treat their discreet indicators as small.
        small=frozen.get("small", frozen["discreet"]),
        status=frozen["status"],
        status_words=frozen["status_words"],
        # The first form had no founding: what was shown then stays as it was shown.
        founding=frozen["status_words"] if frozen.get("founding") else "",
        value=frozen["value_words"],
        measure=frozen["measure"],
        goal=frozen["goal_words"],
        criteria=tuple(
            FrozenCriterion(
                each["title"],
                each["words"],
                each["todo"],
                each["verdict"],
                each["at_risk"],
                date.fromisoformat(each["lapses"]) if each["lapses"] else None,
                each.get("discreet", frozen["discreet"]),
            )
            for each in frozen["criteria"]
        ),
        settings=tuple((each["title"], each["words"]) for each in frozen["settings"]),
        points=tuple(
            HistoryPoint(
                date.fromisoformat(each["month"]),
                date.fromisoformat(each["day"]),
                FOUNDING if each.get("founding") else each["status"],
                _number(each["value"]),
                _number(each["goal"]),
            )
            for each in frozen["history"]
        ),
        months=tuple(each["words"] for each in frozen["history"]),
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
