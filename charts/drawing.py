"""The geometry of a chart: every position, path and label, ready for an SVG template."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from charts.analysis import Analysis
from charts.axis import Scale, period_step
from charts.kinds import gettext_noop
from charts.labels import BASELINE, MIDDLE, DrawingWords, Labels, later_lines
from charts.markers import CIRCLE, CROSS, DIAMOND, SQUARE
from charts.picture import (
    Drawing,
    Goal,
    LegendEntry,
    Marker,
    Point,
    Text,
    coordinate,
    outline,
    pieces,
    polyline,
)
from charts.series import Series

# The average width of a system font's letter, as a fraction of its height.
LETTER = 0.62

RANGE = gettext_noop("Usual range")
PATTERN = gettext_noop("Unusual pattern")
FAR_OUTSIDE = gettext_noop("Far outside")
LEFT_OUT = gettext_noop("Left out")
GOAL = gettext_noop("Goal {value}")
NEW_PHASE = gettext_noop("New phase")


@dataclass(frozen=True, slots=True)
class DrawingSize:
    """A format: width, plot height, letter height, point radius, date labels."""

    name: str
    width: int
    plot: int
    letters: int
    radius: float
    dates: int


WIDE = DrawingSize("wide", width=640, plot=240, letters=14, radius=4, dates=7)
NARROW = DrawingSize("narrow", width=300, plot=190, letters=13, radius=3, dates=3)


def draw(series: Series, analysis: Analysis, labels: Labels, size: DrawingSize = WIDE) -> Drawing:
    """Draw a chart in one format; never blank, however few the results."""
    return _Plan(DrawingWords(series, analysis, labels), size).drawing()


def draw_both(series: Series, analysis: Analysis, labels: Labels) -> tuple[Drawing, Drawing]:
    """Draw a chart wide and narrow, with the same words."""
    words = DrawingWords(series, analysis, labels)
    return _Plan(words, WIDE).drawing(), _Plan(words, NARROW).drawing()


class _Plan:
    """The layout of a drawing."""

    def __init__(self, words: DrawingWords, size: DrawingSize) -> None:
        self.words, self.size = words, size
        self.series, self.analysis, self.labels = words.series, words.analysis, words.labels
        self.language = words.language
        self.line = size.letters + 4
        self.left = max(map(self._width, words.tick_labels)) + 10
        self.right = size.width - 12.0
        self.step = (self.right - self.left) / max(len(self.analysis.plotted), 1)
        self.radius = max(2.0, min(size.radius, 0.45 * self.step))
        self.lanes, self.marks = self._lanes()
        above = self.lanes * self.line + (self.line if words.progress else 0)
        self.top = above + 10.0
        self.bottom = self.top + size.plot
        self.scale = Scale(words.ticks[0], words.ticks[-1], self.bottom, self.top)
        self.below = self.bottom + self.line + (8 if any(mark.event for mark in self.marks) else 2)
        self.dates = tuple(self._dates())
        self.places = [
            (self._x(index), self.scale.place(value)) for index, value, _, _ in words.points
        ]

    def drawing(self) -> Drawing:
        analysis, c = self.analysis, coordinate
        points = self._points()
        goal = self._goal()
        keys, height = self._keys(goal)
        return Drawing(
            id=f"{self.labels.id}-{self.size.name}",
            size=self.size.name,
            width=self.size.width,
            height=height,
            letters=self.size.letters,
            title=self.labels.title,
            description=self.words.description(),
            axis=f"M{c(self.left)} {c(self.top)}V{c(self.bottom)}H{c(self.right)}",
            values=tuple(
                Text(
                    c(self.left - 6),
                    c(self.scale.place(tick) + self.size.letters / 3),
                    words,
                    "end",
                )
                for tick, words in zip(self.words.ticks, self.words.tick_labels, strict=True)
            ),
            dates=self.dates,
            grid=tuple(
                f"M{c(self.left)} {c(self.scale.place(tick))}H{c(self.right)}"
                for tick in self.words.ticks[1:]
            ),
            trace=tuple(self._trace()),
            center=tuple(self._stairs(analysis.center)),
            baseline=self._baseline(),
            limits=tuple(
                path for column in (analysis.lower, analysis.upper) for path in self._stairs(column)
            ),
            points=tuple(point for point in points if point.shape == CIRCLE),
            signals=tuple(point for point in points if point.shape in {SQUARE, DIAMOND}),
            left_out=tuple(point for point in points if point.shape == CROSS),
            goal=goal,
            phases=tuple(self._marker(mark) for mark in self.marks if not mark.event),
            events=tuple(self._marker(mark) for mark in self.marks if mark.event),
            progress=None
            if self.words.progress is None
            else Text(
                c(self.left), c(self.lanes * self.line + self.size.letters + 4), self.words.progress
            ),
            keys=keys,
        )

    def _width(self, words: str) -> float:
        return LETTER * self.size.letters * len(words)

    def _x(self, index: float) -> float:
        return self.left + (index + 0.5) * self.step

    def _points(self) -> list[Point]:
        return [
            Point(shape, outline(shape, x, y, self.radius * (1 if shape == CIRCLE else 1.3)), said)
            for (_, _, shape, said), (x, y) in zip(self.words.points, self.places, strict=True)
        ]

    def _trace(self) -> Iterator[str]:
        known = [index for index, _, _, _ in self.words.points]
        for part in self.analysis.parts:
            places: list[tuple[float, float] | None] = [None] * (part.end - part.start)
            among = slice(bisect_left(known, part.start), bisect_left(known, part.end))
            for index, place in zip(known[among], self.places[among], strict=True):
                places[index - part.start] = place
            yield from filter(None, map(polyline, pieces(places)))

    def _stairs(self, column: Sequence[float | None]) -> Iterator[str]:
        """A level line over each period, with a step where the value changes."""
        for part in self.analysis.parts:
            path, level = "", None
            for index in range(part.start, part.end):
                value = column[index]
                y = None if value is None else coordinate(self.scale.place(value))
                x = coordinate(self._x(index - 0.5))
                if level is not None and y != level:
                    path += f"H{x}"
                    path += "" if y is None else f"V{y}"
                elif level is None and y is not None:
                    path += f"M{x} {y}"
                level = y
            if level is not None:
                path += f"H{coordinate(self._x(part.end - 0.5))}"
            if path:
                yield path

    def _baseline(self) -> str:
        """The baseline's center line, extended through later phases for comparison."""
        held = self.labels.baseline
        if held is None or not later_lines(self.analysis, held):
            return ""
        y = coordinate(self.scale.place(held))
        return f"M{coordinate(self.left)} {y}H{coordinate(self.right)}"

    def _goal(self) -> Goal | None:
        target = self.words.target
        if target is None:
            return None
        y = self.scale.place(target)
        line = f"M{coordinate(self.left)} {coordinate(y)}H{coordinate(self.right)}"
        return Goal(line, self._clear(self._goal_words(target), y))

    def _goal_words(self, target: float) -> str:
        return self.words.say(GOAL, value=self.words.goal(target))

    def _clear(self, words: str, y: float) -> Text | None:
        """The goal's label above or below its line where it hides no result; None if nowhere."""
        width, height = self._width(words), self.size.letters
        baselines = [
            baseline
            for baseline in (y - 6, y + height + 4)
            if self.top <= baseline - height and baseline <= self.bottom
        ] or [y - 6]
        last, first = self.right - width, self.left + 4
        starts = [last - (last - first) * eighth / 8 for eighth in range(9)]
        in_the_way = {
            baseline: [x for x, y in self.places if baseline - height - 4 <= y <= baseline + 4]
            for baseline in baselines
        }

        def hidden(place: tuple[float, float]) -> int:
            start, baseline = place
            crossed = in_the_way[baseline]
            return bisect_right(crossed, start + width + 4) - bisect_left(crossed, start - 4)

        places = ((start, baseline) for start in starts for baseline in baselines)
        start, baseline = best = min(places, key=hidden)
        return None if hidden(best) else Text(coordinate(start), coordinate(baseline), words)

    def _dates(self) -> Iterator[Text]:
        """Labels below the time axis; a second line, such as the year, only where it changes."""
        periods = len(self.analysis.plotted)
        y, former = coordinate(self.below), ""
        for index in range(0, periods, period_step(periods, self.size.dates)):
            said = self._date(index)
            words, _, second = said.partition("\n")
            x, half = self._x(index), max(map(self._width, (words, second))) / 2
            place, anchor = coordinate(x), "middle"
            if x + half > self.size.width:
                place, anchor = coordinate(self.size.width - 1), "end"
            elif x - half < 0:
                place, anchor = "1", "start"
            yield Text(place, y, words, anchor)
            if second and second != former:
                yield Text(place, coordinate(self.below + self.line), second, anchor)
            former = second

    def _date(self, index: int) -> str:
        dates = self.series.dates
        return self.language.short_month(dates[index]) if dates else str(index + 1)

    def _lanes(self) -> "tuple[int, list[_Mark]]":
        """Labels of phases and events above the plot, in as few lanes as keep them apart."""
        wanted = [
            (self._x(part.start - 0.5), self._phase_label(number), False)
            for number, part in enumerate(self.analysis.parts[1:])
        ]
        if self.labels.begun:
            wanted.append((self.left, self.labels.begun, False))
        if self.series.dates:
            wanted += [(self._at(event.on), event.label, True) for event in self.labels.events]
        room = int(0.7 * (self.right - self.left) / (LETTER * self.size.letters))
        taken: list[float] = []
        marks: list[_Mark] = []
        for x, words, event in sorted(wanted):
            short = words if len(words) <= room else words[: room - 1].rstrip() + "…"
            width = self._width(short)
            start = min(x + 4, self.right - width)
            lane = next((i for i, end in enumerate(taken) if end < start), len(taken))
            taken[lane : lane + 1] = [start + width + 6]
            marks.append(_Mark(x, start, lane, short, event))
        return len(taken), marks

    def _phase_label(self, number: int) -> str:
        if number < len(self.labels.phases):
            return self.labels.phases[number]
        return self.language.gettext(NEW_PHASE)

    def _at(self, day: date) -> float:
        """The position of a day between the periods."""
        dates = self.series.dates
        after = bisect_right(dates, day)
        if after == 0:
            return self.left
        if after == len(dates):
            return self._x(len(dates) - 1)
        whole = (dates[after] - dates[after - 1]).days
        return self._x(after - 1 + (day - dates[after - 1]).days / whole)

    def _marker(self, mark: "_Mark") -> Marker:
        c = coordinate
        y = (self.lanes - mark.lane - 1) * self.line + self.size.letters + 2
        return Marker(
            line=f"M{c(mark.x)} {c(y - self.size.letters + 2)}V{c(self.bottom)}",
            mark=f"M{c(mark.x)} {c(self.bottom)}l4 7h-8z" if mark.event else "",
            label=Text(c(mark.start), c(y), mark.words),
        )

    def _keys(self, goal: Goal | None) -> tuple[tuple[LegendEntry, ...], int]:
        """The legend in rows below the dates, and the height of the drawing with it."""
        present, say = self.words.shapes, self.language.gettext
        target = self.words.target if goal and goal.label is None else None
        held = self.labels.baseline
        own = held is None or later_lines(self.analysis, held)
        known = any(value is not None for value in self.analysis.center)
        entries = [
            ("middle", say(MIDDLE if own else BASELINE), known),
            ("baseline", say(BASELINE), held is not None and own),
            ("range", say(RANGE), any(value is not None for value in self.analysis.upper)),
            ("goal", "" if target is None else self._goal_words(target), target is not None),
            (SQUARE, say(PATTERN), SQUARE in present),
            (DIAMOND, say(FAR_OUTSIDE), DIAMOND in present),
            (CROSS, say(LEFT_OUT), CROSS in present),
        ]
        lowest = max((float(text.y) for text in self.dates), default=self.below)
        x, y = 4.0, lowest + self.line
        keys: list[LegendEntry] = []
        for kind, words, there in entries:
            if not there:
                continue
            width = 30 + self._width(words)
            if x + width > self.size.width:
                x, y = 4.0, y + self.line
            middle = y + self.line / 2
            sample = (
                f"M{coordinate(x)} {coordinate(middle)}h22"
                if kind in {"middle", "baseline", "range", "goal"}
                else outline(kind, x + 11, middle, self.size.radius * 1.3)
            )
            text = Text(coordinate(x + 28), coordinate(middle + self.size.letters / 3), words)
            keys.append(LegendEntry(kind, sample, text))
            x += width + 14
        return tuple(keys), round(y + (self.line + 4 if keys else -self.line + 6))


@dataclass(frozen=True, slots=True)
class _Mark:
    """A phase or an event before it is drawn: its position, and its label's position and lane."""

    x: float
    start: float
    lane: int
    words: str
    event: bool
