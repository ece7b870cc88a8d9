"""A small line of results, to stand beside a number."""

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


def sparkline(values: Sequence[float | None], width: int = 120, height: int = 32) -> Sparkline:
    """A small line of the results, with their median; empty without any result."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return Sparkline(width, height, (), "", "")
    low, high = (known[0], known[-1]) if known[0] < known[-1] else around(known[0])
    scale = Scale(low, high, height - 4.0, 4.0)
    across = Scale(0, max(len(values) - 1, 1), 4.0, width - 4.0)
    places = [
        None if value is None else (across.place(index), scale.place(value))
        for index, value in enumerate(values)
    ]
    middle = (known[(len(known) - 1) // 2] / 2) + (known[len(known) // 2] / 2)
    last = next(place for place in reversed(places) if place is not None)
    return Sparkline(
        width,
        height,
        tuple(filter(None, map(polyline, pieces(places)))),
        coordinate(scale.place(middle)),
        outline("circle", *last, 3),
    )
