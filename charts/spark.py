"""Sparklines: small lines of results to show beside a number."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.axis import Scale, around
from charts.picture import coordinate, outline, pieces, polyline


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A small line without axes: paths, the latest result and the height of the middle."""

    width: int
    height: int
    trace: tuple[str, ...]
    middle: str
    latest: str


def sparkline(
    values: Sequence[float | None],
    middle: float | None = None,
    *,
    width: int = 120,
    height: int = 32,
) -> Sparkline:
    """A sparkline of the results and their reference line; empty without results."""
    known = [value for value in values if value is not None]
    if not known:
        return Sparkline(width, height, (), "", "")
    shown = [*known, *([] if middle is None else [middle])]
    low, high = min(shown), max(shown)
    low, high = (low, high) if low < high else around(low)
    scale = Scale(low, high, height - 4.0, 4.0)
    across = Scale(0, max(len(values) - 1, 1), 4.0, width - 4.0)
    places = [
        None if value is None else (across.place(index), scale.place(value))
        for index, value in enumerate(values)
    ]
    last = next(place for place in reversed(places) if place is not None)
    return Sparkline(
        width,
        height,
        tuple(filter(None, map(polyline, pieces(places)))),
        "" if middle is None else coordinate(scale.place(middle)),
        outline("circle", *last, 3),
    )
