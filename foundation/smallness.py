"""How small counts, shares and means are worded, so that nobody can be singled out.

The only place for it: "fewer than 5", "most" instead of "all", a mean that never shows that
everybody gave the same answer. `foundation.anonymity` decides what may be shown at all.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from foundation.minimum import MINIMUM, enough

# Percentages are rounded down to tens and capped here, since 100 would mean "all".
TENS, TOLD_UP_TO = 10, 90


class Size(StrEnum):
    """A part of a whole, as precisely as it may be told."""

    EXACT = "exact"
    FEW = "few"
    MINOR = "minor"
    MOST = "most"


def size(part: int, whole: int) -> Size:
    """How to word a part of a whole.

    Exact only if both the part and the rest have enough people. If the whole is too small for that,
    only whether the part is more than half: "fewer than 5" of five would say "not all".
    """
    if whole < 2 * MINIMUM.value:
        return Size.MOST if 2 * part > whole else Size.MINOR
    if not enough(part):
        return Size.FEW
    return Size.EXACT if enough(whole - part) else Size.MOST


def count(number: int) -> str:
    """A count of people: "12", or "fewer than 5"."""
    return str(number) if enough(number) else _few()


def part(number: int, whole: int, *, exact: bool = True) -> str:
    """A part of a whole that is shown beside it: "12", "fewer than 5", "most".

    Without `exact`, only whether it is more than half: for parts that could be worked out from each
    other.
    """
    told = size(number, whole)
    if not exact:
        told = Size.MOST if 2 * number > whole else Size.MINOR
    words = {
        Size.EXACT: str(number),
        Size.FEW: _few(),
        Size.MINOR: _("half or fewer"),
        Size.MOST: _("most"),
    }
    return words[told]


def share(number: int, whole: int) -> str:
    """A part and its whole: "12 of 18", "fewer than 5 of 18", "most of 18"."""
    if not enough(whole):
        return _few()
    words = {
        Size.EXACT: _("%(part)d of %(whole)d"),
        Size.FEW: _("fewer than %(least)d of %(whole)d"),
        Size.MINOR: _("half or fewer of %(whole)d"),
        Size.MOST: _("most of %(whole)d"),
    }[size(number, whole)]
    return words % {"part": number, "whole": whole, "least": MINIMUM.value}


def reached(number: int, whole: int) -> int:
    """A growing count, rounded down to whole steps of the minimum and never up to all.

    So two looks differ by several people or by nobody, and "all have" is never said.
    """
    most = max(0, whole - MINIMUM.value)
    return min(number, most) // MINIMUM.value * MINIMUM.value


def so_far(number: int, whole: int) -> str:
    """A growing count: "fewer than 5", "10 or more"; nothing for a small whole."""
    if whole < 2 * MINIMUM.value:
        return _("not told while it is open, because few were asked")
    steps = reached(number, whole)
    return _("%(number)d or more") % {"number": steps} if steps else _few()


def percent(number: int, whole: int) -> int:
    """A share rounded down to tens and never all, so that it reveals no single person."""
    if not whole or not enough(number):
        return 0
    return min(TOLD_UP_TO, 100 * number // whole // TENS * TENS)


class Bound(StrEnum):
    EXACT = "exact"
    OR_MORE = "or more"
    OR_LESS = "or less"


@dataclass(frozen=True)
class Mean:
    """A mean on a scale, no closer to its ends than a few people could have moved it."""

    value: float
    bound: Bound = Bound.EXACT

    def __str__(self) -> str:
        value = number_format(round(self.value, 1), 1)
        if self.bound == Bound.OR_MORE:
            return _("%(value)s or more") % {"value": value}
        if self.bound == Bound.OR_LESS:
            return _("%(value)s or less") % {"value": value}
        return value


def mean(total: float, people: int, *, lowest: int, highest: int) -> Mean:
    """The mean of this many people's answers; "4.0 or more" if nearly all gave the highest."""
    value = total / people
    margin = MINIMUM.value / people
    if value > highest - margin:
        return Mean(highest - margin, Bound.OR_MORE)
    if value < lowest + margin:
        return Mean(lowest + margin, Bound.OR_LESS)
    return Mean(value)


def _few() -> str:
    return _("fewer than %(least)d") % {"least": MINIMUM.value}
