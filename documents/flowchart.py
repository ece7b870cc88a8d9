"""A process as a flowchart: boxes from top to bottom, with what belongs to each beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from charts.picture import coordinate

# The average width of a system font's letter, as a fraction of its height; bold ones are wider.
LETTER = 0.56
BOLD = 0.62
LINE = 1.35
PAD = 10
ARROW = 28


@dataclass(frozen=True)
class FlowStep:
    """A step to draw: its name, lines inside its box, and lines of the box beside it."""

    name: str
    inside: tuple[str, ...]
    aside: tuple[str, ...]


@dataclass(frozen=True)
class FlowLine:
    """A line of words at its position."""

    x: str
    y: str
    words: str
    bold: bool


@dataclass(frozen=True)
class FlowBox:
    """A box with its lines of words; `aside`: it tells more about the step beside or above it."""

    outline: str
    lines: tuple[FlowLine, ...]
    aside: bool


@dataclass(frozen=True)
class Flowchart:
    """The chart in one format, in units of its view box.

    `lines` lead from step to step and end in `heads`; `links` lead to the boxes beside them.
    """

    size: str
    width: int
    height: int
    letters: int
    boxes: tuple[FlowBox, ...]
    lines: tuple[str, ...]
    links: tuple[str, ...]
    heads: tuple[str, ...]


@dataclass(frozen=True)
class _Format:
    """Where boxes stand: their left edges and widths, and whether those aside stand below."""

    size: str
    width: int
    letters: int
    step: tuple[float, float]
    aside: tuple[float, float]
    below: bool


WIDE = _Format("wide", 720, 15, (1, 400), (439, 280), below=False)
NARROW = _Format("narrow", 300, 14, (1, 298), (21, 278), below=True)


def flowcharts(steps: Sequence[FlowStep]) -> tuple[Flowchart, Flowchart]:
    """Wide, with what belongs to a step beside it; narrow, with that below it."""
    return _drawn(steps, WIDE), _drawn(steps, NARROW)


@dataclass(frozen=True)
class _Placed:
    """Words broken to the width of a box, before it has a position."""

    words: tuple[tuple[str, bool], ...]
    height: float


def _fitted(form: _Format, width: float, bold: str, rest: Sequence[str]) -> _Placed:
    def broken(words: str, letter: float) -> list[str]:
        room = max(6, int((width - 2 * PAD) / (letter * form.letters)))
        return wrap(words, room, break_long_words=True) or [""]

    lines = [(line, True) for line in (broken(bold, BOLD) if bold else [])]
    lines += [(line, False) for words in rest for line in broken(words, LETTER)]
    return _Placed(tuple(lines), len(lines) * form.letters * LINE + 2 * PAD)


def _box(form: _Format, placed: _Placed, x: float, y: float, width: float, aside: bool) -> FlowBox:
    c, step = coordinate, form.letters * LINE
    return FlowBox(
        f"M{c(x)} {c(y)}h{c(width)}v{c(placed.height)}h{c(-width)}z",
        tuple(
            FlowLine(c(x + PAD), c(y + PAD + (n + 0.75) * step), words, bold)
            for n, (words, bold) in enumerate(placed.words)
        ),
        aside,
    )


def _drawn(steps: Sequence[FlowStep], form: _Format) -> Flowchart:
    c = coordinate
    boxes: list[FlowBox] = []
    lines: list[str] = []
    links: list[str] = []
    heads: list[str] = []
    x, width = form.step
    beside, wide = form.aside
    top = 1.0
    middle = x + width / 2 if not form.below else x + 10
    for number, step in enumerate(steps, start=1):
        own = _fitted(form, width, f"{number}. {step.name}", step.inside)
        aside = _fitted(form, wide, "", step.aside) if step.aside else None
        boxes.append(_box(form, own, x, top, width, aside=False))
        bottom = ends = top + own.height
        if aside is not None and form.below:
            links.append(f"M{c(beside + wide / 2)} {c(bottom)}v8")
            boxes.append(_box(form, aside, beside, bottom + 8, wide, aside=True))
            ends = bottom + 8 + aside.height
        elif aside is not None:
            half = min(own.height, aside.height) / 2
            links.append(f"M{c(x + width)} {c(top + half)}H{c(beside)}")
            boxes.append(_box(form, aside, beside, top, wide, aside=True))
            ends = max(bottom, top + aside.height)
        if number < len(steps):
            top = ends + ARROW
            lines.append(f"M{c(middle)} {c(bottom)}V{c(top - 6)}")
            heads.append(f"M{c(middle)} {c(top)}l-5 -9h10z")
        else:
            top = ends
    return Flowchart(
        form.size,
        form.width,
        round(top + 2),
        form.letters,
        tuple(boxes),
        tuple(lines),
        tuple(links),
        tuple(heads),
    )
