"""What templates get: rounded coordinates and ready words, nothing left to compute."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a position; `anchor` is SVG's text-anchor."""

    x: str
    y: str
    words: str
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Point:
    """A result: circle, square (unusual pattern), diamond (far outside) or cross (excluded)."""

    shape: str
    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Marker:
    """A phase or an event: a path down the plot, an event's mark on the time axis, a label."""

    line: str
    mark: str
    label: Text


@dataclass(frozen=True, slots=True)
class Goal:
    """The goal's line and label; without a label, the legend names it."""

    line: str
    label: Text | None


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """An entry of the legend: middle, range, goal, signal or excluded, with a sample path."""

    kind: str
    sample: str
    text: Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart in one format, in units of its view box.

    `values` and `dates` are the axis labels; `grid`, `trace`, `center` and `limits` are paths, one
    for each piece; `baseline` is a path if phases have lines of their own, otherwise empty;
    `signals` and `left_out` are the points that are not ordinary.
    """

    id: str
    size: str
    width: int
    height: int
    letters: int
    title: str
    description: str
    axis: str
    values: tuple[Text, ...]
    dates: tuple[Text, ...]
    grid: tuple[str, ...]
    trace: tuple[str, ...]
    center: tuple[str, ...]
    baseline: str
    limits: tuple[str, ...]
    points: tuple[Point, ...]
    signals: tuple[Point, ...]
    left_out: tuple[Point, ...]
    goal: Goal | None
    phases: tuple[Marker, ...]
    events: tuple[Marker, ...]
    progress: Text | None
    keys: tuple[LegendEntry, ...]


def coordinate(value: float) -> str:
    """A coordinate rounded to a tenth, as short as possible."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def polyline(places: Sequence[tuple[float, float]]) -> str:
    """A path through these positions; empty for fewer than two."""
    if len(places) < 2:
        return ""
    return "M" + "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in places)


def pieces(places: Sequence[tuple[float, float] | None]) -> Iterator[list[tuple[float, float]]]:
    """Stretches without a gap."""
    piece: list[tuple[float, float]] = []
    for place in [*places, None]:
        if place is not None:
            piece.append(place)
        elif piece:
            yield piece
            piece = []


def outline(shape: str, x: float, y: float, radius: float) -> str:
    """The path of a circle, square, diamond or cross around a position."""
    left, above, path = _from_its_start(shape, radius)
    return f"M{coordinate(x - left)} {coordinate(y - above)}{path}"


@lru_cache(maxsize=64)
def _from_its_start(shape: str, radius: float) -> tuple[float, float, str]:
    """How far left of and above its center a shape begins, and its path from there."""
    side, turn = coordinate(2 * radius), coordinate(radius)
    match shape:
        case "circle":
            arc = f"a{turn} {turn} 0 1 0"
            return radius, 0.0, f"{arc} {side} 0{arc} -{side} 0z"
        case "square":
            return radius, radius, f"h{side}v{side}h-{side}z"
        case "diamond":
            half = coordinate(1.4 * radius)
            return 0.0, 1.4 * radius, f"l{half} {half}l-{half} {half}l-{half} -{half}z"
    return radius, radius, f"l{side} {side}m-{side} 0l{side} -{side}"
