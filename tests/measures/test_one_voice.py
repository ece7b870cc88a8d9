"""Chart, headline, verdict, list, story and packet share one finding, whatever the numbers."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest
from django.utils import formats
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.charting.findings import Found, WhetherItWorked, found
from measures.charting.reading import Numbers
from measures.charting.settings import ChartSettings
from measures.charting.standards import Standard
from measures.definitions import periods, wording
from measures.definitions.models import Measure
from measures.kinds.shape import MeasureKind
from measures.numbers import results
from measures.numbers.results import MeasureResult
from tests.cells.voices import claims, contradictions
from tests.measures.test_verdicts import _adjusted, _chosen, months
from tests.sources import nodes

ROOT = Path(__file__).parents[2]
TITLE = "Plan before the meeting"
KINDS = {
    "run": MeasureKind.SCORE,
    "i": MeasureKind.SCORE,
    "mr": MeasureKind.SCORE,
    "p": MeasureKind.PROPORTION,
    "pp": MeasureKind.PROPORTION,
    "c": MeasureKind.COUNT,
    "u": MeasureKind.RATE,
    "up": MeasureKind.RATE,
    "xbar": MeasureKind.VALUES,
    "t": MeasureKind.EVENTS,
    "g": MeasureKind.EVENTS,
}


@dataclass(frozen=True)
class Case:
    """A measure with its numbers and settings, and the plan it is judged by, if any."""

    chart: str
    rules: str
    direction: str
    values: tuple[int | None, ...]
    sizes: tuple[int, ...]
    start: int
    baseline: int | None
    target: int | None
    phases: tuple[int, ...]
    frozen: int | None
    left_out: tuple[int, ...]
    planned: bool

    @property
    def days(self) -> list[date]:
        return months(len(self.values))

    @property
    def measure(self) -> Measure:
        kind = KINDS[self.chart]
        return Measure(
            pk=1,
            name="Seen in time",
            kind=kind,
            # As the database holds it: what happened has a day.
            frequency="day" if kind == MeasureKind.EVENTS else "month",
            direction=self.direction,
            unit="points",
            per=1000 if kind == MeasureKind.RATE else 1,
        )

    @property
    def settings(self) -> ChartSettings:
        adjusted = [("phase", at) for at in self.phases] + [
            ("exclusion", at) for at in self.left_out
        ]
        if self.frozen is not None:
            adjusted.append(("baseline", self.frozen))
        return ChartSettings(
            (replace(_chosen(self.chart), rules=self.rules),),
            tuple(_adjusted(kind, self.days[at]) for kind, at in adjusted if at < len(self.values)),
        )

    @property
    def numbers(self) -> list[MeasureResult]:
        kind = KINDS[self.chart]
        rows = []
        for day, value, size in zip(self.days, self.values, self.sizes, strict=True):
            if value is None:
                rows.append(MeasureResult(day, None))
            elif kind in (MeasureKind.PROPORTION, MeasureKind.RATE):
                rows.append(MeasureResult(day, Decimal(value), Decimal(100 + size)))
            elif kind == MeasureKind.VALUES:
                parts = (Decimal(value - size % 3), Decimal(value), Decimal(value + size % 3))
                rows.append(MeasureResult(day, Decimal(value), None, parts))
            else:
                rows.append(MeasureResult(day, Decimal(value)))
        return rows

    @property
    def plan(self) -> Standard | None:
        if not self.planned:
            return None
        through = self.days[self.start - 1] if self.start and self.days else date(2023, 12, 1)
        return Standard(
            TITLE,
            baseline=None if self.baseline is None else Decimal(self.baseline),
            target=None if self.target is None else Decimal(self.target),
            through=through,
        )

    @property
    def latest(self) -> str:
        """The name of the latest period with a counted result."""
        known = [
            day
            for at, (day, value) in enumerate(zip(self.days, self.values, strict=True))
            if value is not None and at not in self.left_out
        ]
        if KINDS[self.chart] == MeasureKind.EVENTS:
            return formats.date_format(known[-1], "F j, Y") if known else ""
        return periods.named("month", known[-1]) if known else ""

    def found(self) -> Found:
        return found(self.measure, Numbers(self.numbers, self.settings), self.plan)


noise = st.integers(-6, 6)
levels = st.tuples(st.integers(0, 16), st.integers(4, 60), st.sampled_from([-2, -1, 0, 0, 0, 1, 2]))


@st.composite
def cases(draw: st.DrawFn, charts: Sequence[str] = tuple(KINDS)) -> Case:
    """Stretches, each with a level and a slope, with noise, gaps, and any settings."""
    values: list[int | None] = []
    for length, level, slope in draw(st.lists(levels, max_size=4)):
        for step in range(length):
            value = level + slope * step + draw(noise)
            values.append(draw(st.sampled_from([max(value, 3)] * 12 + [None])))
    length = len(values)
    places = st.integers(1, max(length - 1, 1))
    phases = draw(st.lists(places, max_size=2, unique=True)) if draw(st.booleans()) else []
    chart = draw(st.sampled_from(charts))
    return Case(
        chart=chart,
        rules=draw(st.sampled_from(["anhoej", "mdc"])) if chart == "i" else "anhoej",
        direction=draw(st.sampled_from(["increase", "increase", "decrease", "neutral"])),
        values=tuple(values),
        sizes=tuple(draw(st.lists(st.integers(0, 60), min_size=length, max_size=length))),
        start=min(draw(st.sampled_from([0, 3, 10, 12, 12, 14, 20])), length),
        baseline=draw(st.none() | st.integers(3, 60)),
        target=draw(st.none() | st.integers(1, 90)),
        phases=tuple(sorted(phases)),
        frozen=draw(st.none() | places) if not phases else None,
        left_out=tuple(draw(st.lists(places, max_size=2, unique=True)) if length > 3 else ()),
        planned=draw(st.sampled_from([True, True, True, False])),
    )


@settings(max_examples=400)
@given(cases())
def test_whatever_the_numbers_nothing_that_is_told_contradicts_itself(case: Case) -> None:
    told = case.found()
    figure = told.figure()
    verdict = told.verdict
    said = [f"{figure.finding} {figure.goal}"]
    if verdict is not None:
        said.append(f"{verdict.because} {verdict.goal}")
    answer = verdict.words if verdict else None
    assert contradictions(said, answer, case.direction, case.latest) == []
    claimed = claims(said[0])
    # The same baseline in words, on the drawing and in the table.
    if told.baseline is not None:
        assert claimed.baselines <= {wording.amount(told.measure, told.baseline)}
        assert told.baseline in told.chart.analysis.center
        assert figure.middle.startswith("Baseline")
        assert told.finding.middle == told.baseline
    else:
        assert not claimed.baselines
        assert figure.middle == "Usual middle"
    # This plan's goal by its name, or none.
    if case.planned and case.target is not None and case.direction != "neutral":
        goal = (wording.amount(told.measure, Decimal(case.target)), TITLE)
        assert claimed.goals <= {goal}
        assert bool(claimed.goals) == told.finding.enough
    else:
        assert not claimed.goals
        assert not claimed.expected
    if case.chart == "mr" or case.direction == "neutral":
        assert not claimed.says_better_or_worse
        assert verdict is None or verdict.answer in {
            WhetherItWorked.NEITHER,
            WhetherItWorked.NOT_ENOUGH,
        }
    spread = told.spread()
    assert spread is None or not claims(spread.finding).says_better_or_worse


def plain(case: Case, told: Found) -> list[float]:
    """The results since the baseline, without gaps and exclusions."""
    through = case.plan.through if case.plan else None
    rows = [
        (row.period, results.result(told.measure, row))
        for index, row in enumerate(case.numbers)
        if index not in case.left_out
    ]
    return [
        value for day, value in rows if value is not None and (through is None or day > through)
    ]


@settings(max_examples=300)
@given(cases([chart for chart in KINDS if chart != "mr"]))
def test_what_is_told_of_the_results_is_so_by_counting(case: Case) -> None:
    told = case.found()
    if told.baseline is None or case.direction == "neutral":
        return
    shown, up = plain(case, told), case.direction == "increase"
    run = told.finding.lasting
    if run is not None and case.rules == "anhoej":
        # Exactly the last ones that are off the baseline are all on one side of it.
        sides = [value > told.baseline for value in shown if not close(value, told.baseline)]
        assert sides[-run.length :] == [run.side > 0] * run.length
        assert len(sides) == run.length or sides[-run.length - 1] != (run.side > 0)
        assert ((run.side > 0) == up) == told.said.startswith("Better since")
    if told.goal and case.target is not None:
        met = median(shown[-6:]) >= case.target if up else median(shown[-6:]) <= case.target
        assert claims(told.goal).met == {met}


def close(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b))


@pytest.mark.parametrize("direction", ["increase", "decrease"])
@pytest.mark.parametrize("chart", ["run", "i", "c", "p", "u"])
@pytest.mark.parametrize("planned", [True, False])
@given(slope=st.integers(1, 3), count=st.integers(14, 30), noisy=st.lists(noise, min_size=30))
@settings(max_examples=15)
def test_a_climb_is_told_as_one(
    direction: str, chart: str, planned: bool, slope: int, count: int, noisy: list[int]
) -> None:
    values = tuple(10 + slope * at + noisy[at] // 6 for at in range(count))
    start = 10 if planned else 0
    case = Case(
        chart, "anhoej", direction, values, (0,) * count, start, None, None, (), None, (), planned
    )
    told = case.found()
    if not told.finding.signals:
        assert not told.finding.enough
        return
    way = "better" if direction == "increase" else "worse"
    assert contradictions([told.said], way_answer(told), direction, case.latest) == []
    change = told.finding.change
    assert change is not None
    assert change == {"better": "improvement", "worse": "worsening"}[way], told.said


def way_answer(told: Found) -> str | None:
    return told.verdict.words if told.verdict else None


# What only findings.py may call on a chart.
OWN = {"held_against", "in_words", "meets", "analyze", "median", "charted", "recharted"}
# Besides: what it is computed from, whether a chart fits at all, and the indicators' own chart.
MAY = {
    "measures/charting/findings.py": OWN | {"long_runs", "sigma_signals"},
    "measures/charting/computing.py": {"analyze", "recharted"},
    "measures/charting/actions.py": {"analyze"},
    "indicators/pictures.py": {"analyze"},
}
APPS = ("cells", "measures", "indicators", "oversight", "groups", "cqi_portal")


def asks(source: str) -> set[str]:
    """Calls with which a module would find, judge or word a chart by itself."""
    calls = (node.func for node in nodes(source) if isinstance(node, ast.Call))
    names = {
        call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls
    }
    reads = {node.attr for node in nodes(source) if isinstance(node, ast.Attribute)}
    return (names & OWN) | (reads & {"special_cause", "sigma_signals", "long_runs", "assurance"})


def test_no_page_finds_or_words_anything_of_a_chart_by_itself() -> None:
    wrong = {
        str(path.relative_to(ROOT)): asked
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
        and (asked := asks(path.read_text()) - MAY.get(str(path.relative_to(ROOT)), set()))
    }
    assert wrong == {}
    # The guard detects a page that does.
    assert asks("x = charting.charted(measure, numbers).analysis.assurance") == {
        "charted",
        "assurance",
    }
