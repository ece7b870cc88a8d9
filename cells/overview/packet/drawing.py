"""A chart in print: the paths of `charts.picture.Drawing`, drawn as vectors."""

import re
from collections.abc import Iterator
from itertools import pairwise

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from cells.overview.packet.fonts import BOLD, REGULAR
from cells.overview.packet.tags import FIGURE, Element, own
from charts.picture import Drawing, Text

_STEP = re.compile(r"([MLHVmhvlaz])([^MLHVmhvlaz]*)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")

# Legible without color: lines differ in their dashes, points in their shapes.
INK, GRAY, PALE = 0.1, 0.35, 0.8


class ChartFlowable(Flowable):
    """The drawing, as wide as the column."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self.drawing = drawing
        self.scale = 1.0

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.scale = available / self.drawing.width
        return available, self.drawing.height * self.scale

    def draw(self) -> None:
        canvas: Canvas = self.canv
        said = f"{self.drawing.title}. {self.drawing.description}"
        canvas.saveState()
        with own(canvas).tagged(Element(FIGURE, said=said)):
            # Convert from SVG, where y points down, to paper.
            canvas.transform(self.scale, 0, 0, -self.scale, 0, self.drawing.height * self.scale)
            self._lines(canvas)
            self._points(canvas)
            self._words(canvas)
        canvas.restoreState()

    def _lines(self, canvas: Canvas) -> None:
        drawing = self.drawing
        for path in drawing.grid:
            _stroke(canvas, path, PALE, 1)
        _stroke(canvas, drawing.axis, GRAY, 1)
        for path in drawing.limits:
            _stroke(canvas, path, GRAY, 1.5, (6, 4))
        for path in drawing.center:
            _stroke(canvas, path, GRAY, 2)
        if drawing.baseline:
            _stroke(canvas, drawing.baseline, GRAY, 1.5, (1, 3))
        for marker in (*drawing.phases, *drawing.events):
            _stroke(canvas, marker.line, GRAY, 1, (2, 3))
        if drawing.goal:
            _stroke(canvas, drawing.goal.line, INK, 2, (10, 3))
        for path in drawing.trace:
            _stroke(canvas, path, INK, 1.5)

    def _points(self, canvas: Canvas) -> None:
        drawing = self.drawing
        for point in (*drawing.points, *drawing.signals):
            _fill(canvas, point.path, INK)
        for point in drawing.left_out:
            _stroke(canvas, point.path, INK, 2)
        for marker in drawing.events:
            _fill(canvas, marker.mark, INK)
        for key in drawing.keys:
            if key.kind in ("middle", "baseline", "range", "goal", "cross"):
                dashes = {"range": (6, 4), "goal": (10, 3), "baseline": (1, 3)}.get(key.kind, ())
                _stroke(canvas, key.sample, INK if key.kind == "goal" else GRAY, 2, dashes)
            else:
                _fill(canvas, key.sample, INK)

    def _words(self, canvas: Canvas) -> None:
        drawing = self.drawing
        plain = [*drawing.values, *drawing.dates, *(key.text for key in drawing.keys)]
        plain += [marker.label for marker in (*drawing.phases, *drawing.events)]
        bold = [drawing.goal.label] if drawing.goal and drawing.goal.label else []
        bold += [drawing.progress] if drawing.progress else []
        for font, texts in ((REGULAR, plain), (BOLD, bold)):
            for text in texts:
                self._write(canvas, text, font)

    def _write(self, canvas: Canvas, text: Text, font: str) -> None:
        size = self.drawing.letters
        canvas.saveState()
        canvas.translate(float(text.x), float(text.y))
        canvas.scale(1, -1)
        width = canvas.stringWidth(text.words, font, size)
        start = {"middle": -width / 2, "end": -width}.get(text.anchor, 0.0)
        canvas.setFillGray(1)
        canvas.rect(start - 1, -0.2 * size, width + 2, size, stroke=0, fill=1)
        canvas.setFillGray(INK)
        canvas.setFont(font, size)
        canvas.drawString(start, 0, text.words)
        canvas.restoreState()


def _stroke(
    canvas: Canvas, path: str, gray: float, width: float, dashes: tuple[int, ...] = ()
) -> None:
    canvas.setStrokeGray(gray)
    canvas.setLineWidth(width)
    canvas.setDash(list(dashes))
    _trace(canvas, path, stroke=1, fill=0)
    canvas.setDash([])


def _fill(canvas: Canvas, path: str, gray: float) -> None:
    canvas.setFillGray(gray)
    _trace(canvas, path, stroke=0, fill=1)


def _trace(canvas: Canvas, path: str, *, stroke: int, fill: int) -> None:
    """Draw the few path commands in use: M L H V m h v l z, and circles of two arcs."""
    line = canvas.beginPath()
    for command, x, y, radius in _places(path):
        if command == "M":
            line.moveTo(x, y)
        elif command == "L":
            line.lineTo(x, y)
        elif command == "circle":
            line.circle(x, y, radius)
        else:
            line.close()
    canvas.drawPath(line, stroke=stroke, fill=fill)


def _places(path: str) -> Iterator[tuple[str, float, float, float]]:
    """Absolute positions: M and L to x y, circle around x y with its radius, z."""
    x = y = 0.0
    for command, rest in _STEP.findall(path):
        given = [float(number) for number in _NUMBER.findall(rest)]
        if command == "a":
            # Two half circles, there and back: the second one draws nothing new.
            radius, across = given[0], given[5]
            if across > 0:
                yield "circle", x + across / 2, y, radius
            x, y = x + across, y + given[6]
        elif command in "Hh":
            x = given[0] + (x if command == "h" else 0)
            yield "L", x, y, 0
        elif command in "Vv":
            y = given[0] + (y if command == "v" else 0)
            yield "L", x, y, 0
        elif command == "z":
            yield "z", x, y, 0
        else:
            yield from _pairs(command, given, x, y)
            if command in "ml":
                x, y = x + sum(given[0::2]), y + sum(given[1::2])
            else:
                x, y = given[-2], given[-1]


def _pairs(
    command: str, given: list[float], x: float, y: float
) -> Iterator[tuple[str, float, float, float]]:
    for index, (across, down) in enumerate(list(pairwise(given))[0::2]):
        if command in "ml":
            x, y = x + across, y + down
            yield "M" if command == "m" and index == 0 else "L", x, y, 0
        else:
            yield "M" if command == "M" and index == 0 else "L", across, down, 0
