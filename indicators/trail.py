"""A small chart of an indicator's last months: value line, goal, and a shape per status."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.axis import Scale, around
from charts.picture import coordinate, outline, pieces, polyline
from indicators.history import HistoryPoint
from indicators.models import FOUNDING, IndicatorStatus

WIDTH, HEIGHT, EDGE = 240, 64, 10
RADIUS = 4.5


@dataclass(frozen=True)
class TrailMonth:
    """A month: its status and the path of that status's shape."""

    status: str
    path: str


@dataclass(frozen=True)
class Trail:
    """What the template draws, in units of its view box."""

    width: int
    height: int
    lines: tuple[str, ...]
    goal: str
    marks: tuple[TrailMonth, ...]


def trail(points: Sequence[HistoryPoint], width: int = WIDTH, height: int = HEIGHT) -> Trail:
    """The months in equal steps; those without a value go to the bottom."""
    known = [float(p.value) for p in points if p.value is not None]
    goals = [float(p.goal) for p in points if p.goal is not None]
    low, high = min([*known, *goals], default=0.0), max([*known, *goals], default=1.0)
    if low == high:
        low, high = around(low)
    up = Scale(low, high, height - EDGE, EDGE)
    along = Scale(0, max(len(points) - 1, 1), EDGE, width - EDGE)
    places = [
        None if p.value is None else (along.place(i), up.place(float(p.value)))
        for i, p in enumerate(points)
    ]
    marks = [
        TrailMonth(p.status, shape(p.status, *(place or (along.place(i), height - EDGE))))
        for i, (p, place) in enumerate(zip(points, places, strict=True))
    ]
    return Trail(
        width,
        height,
        tuple(filter(None, map(polyline, pieces(places)))),
        f"M0 {coordinate(up.place(goals[-1]))}H{width}" if goals else "",
        tuple(marks),
    )


def shape(status: str, x: float, y: float, radius: float = RADIUS) -> str:
    """Circle for on track, triangle for watch, square for act, ring for not enough data.

    A diamond for the founding.
    """
    if status == FOUNDING:
        return outline("diamond", x, y, radius - 1)
    if status == IndicatorStatus.AT_RISK:
        left, bottom = coordinate(x - radius - 0.5), coordinate(y + radius)
        half, rise = coordinate(radius + 0.5), coordinate(2 * radius)
        return f"M{left} {bottom}l{half} -{rise}l{half} {rise}z"
    if status == IndicatorStatus.NOT_MET:
        return outline("square", x, y, radius)
    return outline("circle", x, y, radius - (1 if status == IndicatorStatus.NO_DATA else 0))
