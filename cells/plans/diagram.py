"""The driver diagram as positions and words: a tree from left to right, or indented."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from cells.plans.models.drivers import Driver

# The average width of a system font's letter, as a fraction of its height.
LETTER = 0.56
LINE = 1.3
PAD = 10


@dataclass(frozen=True)
class Branch:
    """A driver with everything below it, in order."""

    driver: Driver
    children: "list[Branch]" = field(default_factory=list)


@dataclass(frozen=True)
class Box:
    """A box with its lines of words; `depth` 0 is the aim."""

    x: float
    y: float
    width: float
    height: float
    depth: int
    lines: tuple[tuple[float, str], ...]
    left: float


@dataclass(frozen=True)
class DiagramPicture:
    """The tree in one format, in units of its view box."""

    size: str
    width: int
    height: int
    letters: int
    boxes: tuple[Box, ...]
    lines: tuple[str, ...]


def tree(drivers: Iterable[Driver]) -> list[Branch]:
    """A plan's primary drivers with everything below them."""
    below: dict[int | None, list[Driver]] = defaultdict(list)
    for driver in sorted(drivers, key=lambda each: (each.position, each.pk)):
        below[driver.parent_id].append(driver)

    def grown(key: int | None) -> list[Branch]:
        return [Branch(driver, grown(driver.pk)) for driver in below[key]]

    return grown(None)


def pictures(aim: str, branches: Sequence[Branch]) -> tuple[DiagramPicture, DiagramPicture]:
    """Wide, from left to right; narrow, indented from top to bottom."""
    return _wide(aim, branches), _narrow(aim, branches)


def _box(x: float, y: float, width: float, depth: int, words: str, letters: int) -> Box:
    room = max(6, int((width - 2 * PAD) / (LETTER * letters)))
    step = letters * LINE
    lines = wrap(words, room)[:8] or [""]
    height = len(lines) * step + PAD
    placed = tuple((round(y + PAD / 2 + (n + 0.8) * step, 1), line) for n, line in enumerate(lines))
    return Box(x, round(y, 1), width, round(height, 1), depth, placed, x + PAD)


def _moved(box: Box, y: float) -> Box:
    by = y - box.y
    lines = tuple((round(at + by, 1), words) for at, words in box.lines)
    return Box(box.x, round(y, 1), box.width, box.height, box.depth, lines, box.left)


def _wide(aim: str, branches: Sequence[Branch]) -> DiagramPicture:
    letters, width, across, gap = 15, 152, 189, 12
    boxes: list[Box] = []
    lines: list[str] = []

    def place(words: str, children: Sequence[Branch], depth: int, top: float) -> tuple[Box, float]:
        """The box, centered on everything below it, and where the next one may start."""
        own = _box(1 + depth * across, top, width, depth, words, letters)
        start, held = top, []
        for child in children:
            box, start = place(child.driver.text, child.children, depth + 1, start)
            held.append(box)
        if held:
            middle = (held[0].y + held[-1].y + held[-1].height) / 2
            own = _moved(own, max(top, middle - own.height / 2))
        lines.extend(_elbow(own, box, (across - width) / 2) for box in held)
        boxes.append(own)
        return own, max(start, own.y + own.height + gap)

    _, bottom = place(aim, branches, 0, 1)
    return DiagramPicture("wide", 720, round(bottom), letters, tuple(boxes), tuple(lines))


def _elbow(parent: Box, child: Box, half: float) -> str:
    x, y = parent.x + parent.width, round(parent.y + parent.height / 2, 1)
    return f"M{x:g} {y:g}h{half:g}V{round(child.y + child.height / 2, 1):g}H{child.x:g}"


def _narrow(aim: str, branches: Sequence[Branch]) -> DiagramPicture:
    letters, width, indent, gap = 14, 300, 20, 8
    boxes: list[Box] = []
    lines: list[str] = []

    def place(words: str, children: Sequence[Branch], depth: int, top: float) -> tuple[Box, float]:
        x = 1 + depth * indent
        own = _box(x, top, width - 2 - depth * indent, depth, words, letters)
        boxes.append(own)
        start = top + own.height + gap
        for child in children:
            box, start = place(child.driver.text, child.children, depth + 1, start)
            middle = round(box.y + box.height / 2, 1)
            lines.append(f"M{x + indent / 2:g} {own.y + own.height:g}V{middle:g}H{box.x:g}")
        return own, start

    _, bottom = place(aim, branches, 0, 1)
    return DiagramPicture("narrow", width, round(bottom), letters, tuple(boxes), tuple(lines))
