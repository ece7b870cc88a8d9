"""How long the rows of a table are kept, as the register of personal data says it."""

from dataclasses import dataclass

from foundation.policies import Text
from foundation.retention import RetentionClass


@dataclass(frozen=True)
class Kept:
    """How long rows are kept.

    Either by a class of the schedule, counted from a date (a path from the row; while it is empty,
    the time has not begun), or as long as the row that `within` leads to. `last_of`: the last row
    of each value of that column stays, since it says what still holds.

    What goes as a `whole` (or its class does) stays as long as anything refers to it that stays.
    `ties` names the keys to rows that have to go, too: one without the other would be wrong.
    `unless` is SQL over the row, called `kept`, for what is not over yet whatever its date says.
    """

    term: RetentionClass | None = None
    since: str = ""
    within: str = ""
    last_of: str = ""
    whole: bool = False
    ties: tuple[str, ...] = ()
    unless: str = ""

    @property
    def is_whole(self) -> bool:
        return self.whole or (self.term is not None and self.term.whole)

    @property
    def why_waiting(self) -> Text:
        return self.term.waits if self.term is not None else ""


def since(
    term: RetentionClass,
    path: str,
    *,
    last_of: str = "",
    whole: bool = False,
    ties: str = "",
    unless: str = "",
) -> Kept:
    """Keep for the class's time from this date on. ValueError: the class has no time."""
    if term.usual is None:
        raise ValueError(f"{term.code} has no time that could begin")
    return Kept(term, path, "", last_of, whole, tuple(ties.split()), unless)


def always(term: RetentionClass) -> Kept:
    """Keep as long as the subject of the class. ValueError: the class has a time."""
    if term.usual is not None:
        raise ValueError(f"{term.code} has a time: from when does it count?")
    return Kept(term=term)


def within(path: str, *, ties: str = "", unless: str = "") -> Kept:
    """Keep as long as the row at this path."""
    return Kept(within=path, ties=tuple(ties.split()), unless=unless)
