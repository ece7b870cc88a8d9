"""The finding of a measure: one for every page, list, story and printout.

A measure that a plan is judged by is compared with that plan's baseline, which was frozen when the
plan began; any other with the usual middle of its own chart. Whether the plan worked is read from
the same finding, never entered.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charts import (
    Analysis,
    ChangeFound,
    ChartFinding,
    Direction,
    Figure,
    Run,
    SignalKind,
    Sparkline,
    find,
    held_against,
    in_words,
    meets,
)
from charts.run_rules import ENOUGH
from charts.series import included
from measures.charting import computing, earlier
from measures.charting.computing import Charted
from measures.charting.models import AdjustmentKind
from measures.charting.reading import Numbers
from measures.charting.settings import ChartSettings
from measures.charting.standards import Standard
from measures.definitions import wording
from measures.definitions.models import Measure
from measures.numbers import results
from measures.numbers.results import MeasureResult


class WhetherItWorked(StrEnum):
    """Whether a plan worked: five answers, and one for charts that can't say."""

    SUSTAINED = "sustained"
    NOT_SUSTAINED = "not_sustained"
    NO_CHANGE = "no_change"
    WORSE = "worse"
    NOT_ENOUGH = "not_enough"
    NEITHER = "neither"


WORDS: dict[WhetherItWorked, str | Promise] = {
    WhetherItWorked.SUSTAINED: gettext_lazy("Better, and it lasts"),
    WhetherItWorked.NOT_SUSTAINED: gettext_lazy("Better, but it does not last yet"),
    WhetherItWorked.NO_CHANGE: gettext_lazy("No change"),
    WhetherItWorked.WORSE: gettext_lazy("Worse"),
    WhetherItWorked.NOT_ENOUGH: gettext_lazy("Not enough data yet"),
    WhetherItWorked.NEITHER: gettext_lazy("Not a question of better or worse"),
}
# The statuses of components/status.html.
STATUS = {
    WhetherItWorked.SUSTAINED: "met",
    WhetherItWorked.NOT_SUSTAINED: "at_risk",
    WhetherItWorked.NO_CHANGE: "at_risk",
    WhetherItWorked.WORSE: "not_met",
    WhetherItWorked.NOT_ENOUGH: "no_data",
    WhetherItWorked.NEITHER: "no_data",
}


@dataclass(frozen=True)
class PlanVerdict:
    """Whether a plan worked by this measure, worded like the measure's finding."""

    answer: WhetherItWorked
    because: str
    goal: str

    @property
    def words(self) -> str:
        return str(WORDS[self.answer])

    @property
    def status(self) -> str:
        return STATUS[self.answer]


@dataclass(frozen=True)
class _Held:
    """A chart with a baseline's lines; `since` is the index of the first result after it."""

    chart: Charted
    since: int
    baseline: float


@dataclass(frozen=True)
class Found:
    """A measure's finding in words, with its chart.

    `standard` is what it is compared with, None without one. `said` is the finding; `goal` is the
    outlook on the goal: it names plan and goal, and is empty without one.
    """

    finding: ChartFinding
    standard: Standard | None
    said: str
    goal: str
    _numbers: Numbers
    _chart: Charted
    _held: _Held | None

    @property
    def measure(self) -> Measure:
        return self._chart.measure

    @property
    def baseline(self) -> float | None:
        """The baseline that results are compared with; None for the chart's usual middle."""
        return self._held.baseline if self._held else None

    @property
    def tells(self) -> bool:
        """Whether there is a baseline to compare with, and enough results to say something."""
        told = self.finding.enough or bool(self.finding.signals)
        return self.baseline is not None and told

    @property
    def start(self) -> float | Decimal | None:
        """The plan's starting point: the baseline, or the number the plan states."""
        if self.baseline is None and self.standard is not None:
            return self.standard.baseline
        return self.baseline

    @property
    def middle(self) -> float | None:
        """The line that results are compared with."""
        return self.finding.middle

    @property
    def verdict(self) -> PlanVerdict | None:
        """Whether the plan worked; None without a plan."""
        if self.standard is None:
            return None
        return PlanVerdict(self._answer(), self.said, self.goal)

    def _answer(self) -> WhetherItWorked:
        series, found = self._chart.series, self.finding
        if series.direction == Direction.NEUTRAL or series.shape.spread:
            return (
                WhetherItWorked.NEITHER
                if found.signals or found.enough
                else WhetherItWorked.NOT_ENOUGH
            )
        ways = [each for each in found.signals if each.change in _BETTER_OR_WORSE]
        if ways and ways[0].change is ChangeFound.IMPROVEMENT:
            lasts = found.lasting is not None and found.lasting.change is ChangeFound.IMPROVEMENT
            return WhetherItWorked.SUSTAINED if lasts else WhetherItWorked.NOT_SUSTAINED
        if ways and not ways[0].over:
            return WhetherItWorked.WORSE
        if any(each.change is ChangeFound.IMPROVEMENT for each in ways):
            return WhetherItWorked.NOT_SUSTAINED
        # Without a baseline, nobody can say that nothing changed.
        known = found.enough and self.baseline is not None
        return WhetherItWorked.NO_CHANGE if known else WhetherItWorked.NOT_ENOUGH

    @cached_property
    def chart(self) -> Charted:
        """The chart as drawn: the baseline's lines, until a phase begins with its own."""
        if self._held is None:
            return self._chart
        target = self.standard.target if self.standard else None
        whole = computing.charted(self.measure, self._numbers, target=target)
        return _drawn(whole, self._held, self.finding)

    def figure(
        self,
        marks: Sequence[tuple[date, str]] = (),
        csv_url: str = "",
        notes: Mapping[date, str] | None = None,
    ) -> Figure:
        """Both drawings and the table, with this finding above; see `Charted.figure`."""
        return self.chart.figure(
            (self.said, self.goal), marks, csv_url, notes=notes, baseline=self.baseline
        )

    def spread(self) -> Figure | None:
        """The chart to show below, with a finding of its own."""
        row = self.chart.companion
        if row is None:
            return None
        return row.figure(_in_words(row, find(row.series, row.analysis, row.rules)))

    def small(self) -> Sparkline:
        """The sparkline for a list, with the line its results are compared with."""
        return computing.small(self.measure, self._numbers.results, self.middle)


_BETTER_OR_WORSE = {ChangeFound.IMPROVEMENT, ChangeFound.WORSENING}


def found(measure: Measure, numbers: Numbers, standard: Standard | None = None) -> Found:
    """The one finding of a measure.

    It uses the runs and 3-sigma rules, or those chosen for its chart. With a standard, middle and
    limits are those of its baseline alone (of 10 results or more, else the number the plan states).
    The baseline begins with the phase in progress when it was frozen; later phases have their own
    lines on the chart and change nothing here.
    """
    held = _held(measure, numbers, standard) if standard else None
    if standard is None or held is None:
        return _of_its_own(measure, numbers, standard)
    row = held.chart
    finding = find(row.series, row.analysis, row.rules, held.since)
    said, _expected = _in_words(row, finding, wording.amount(measure, held.baseline))
    if not finding.enough:
        few = _few(measure, finding.count)
        said = f"{said} {few}" if finding.signals else few
    return Found(finding, standard, said, _goal(row, finding, standard), numbers, row, held)


def first_to_tell(measure: Measure, numbers: Numbers, standards: Iterable[Standard]) -> Found:
    """The finding for a measure's own page, from standards in order of precedence.

    It is that of the first standard with enough results since its baseline, so that a plan that has
    just begun does not hide what is known of the one before.
    """
    told: Found | None = None
    for standard in standards:
        here = found(measure, numbers, standard)
        if here.tells:
            return here
        told = told or here
    return told or found(measure, numbers)


def _of_its_own(measure: Measure, numbers: Numbers, standard: Standard | None) -> Found:
    """The finding of a chart compared with its own middle rather than a baseline."""
    target = standard.target if standard else None
    chart = computing.charted(measure, numbers, target=target)
    finding = find(chart.series, chart.analysis, chart.rules)
    said, _expected = _in_words(chart, finding)
    goal = _goal(chart, finding, standard) if standard else ""
    if standard is not None and not chart.analysis.observed:
        said = _("There are no numbers yet that can be held against the start.")
    elif standard is not None and not chart.series.shape.spread:
        said = f"{_('There are too few results from before the plan to compare with.')} {said}"
    return Found(finding, standard, said, goal, numbers, chart, None)


def _in_words(chart: Charted, finding: ChartFinding, baseline: str = "") -> tuple[str, str]:
    return in_words(chart.series, finding, computing.language(chart.measure), baseline)


def _held(measure: Measure, numbers: Numbers, standard: Standard) -> _Held | None:
    through = standard.through
    if through is None or not numbers.results:
        return None
    # Use the latest choice of chart and the exclusions, but not later phases. The baseline begins
    # with the phase in progress.
    settings = numbers.settings
    begun = [row.period for row in settings.in_force(AdjustmentKind.PHASE) if row.period <= through]
    shown = [row for row in numbers.results if not begun or row.period >= begun[-1]]
    if not shown:
        return None
    kept = settings.in_force(AdjustmentKind.EXCLUSION)
    settings = ChartSettings(settings.choices, kept)
    row = computing.charted(measure, Numbers(shown, settings), target=standard.target)
    if row.series.shape.spread:
        # A chart of spread has nothing to do with a baseline or a goal.
        return None
    start = bisect_right(row.series.dates, through)
    lines = earlier.of_start(shown, _start(standard, begun), through)
    include = included(row.series)
    left_out = {each.period for each in kept}
    before = [
        each
        for each in lines.before
        if each.period not in left_out and results.result(measure, each) is not None
    ]
    own = [
        index
        for index, value in enumerate(row.analysis.plotted[:start])
        if value is not None and include[index]
    ]
    if len(before) + len(own) < ENOUGH:
        if standard.baseline is None:
            return None
        baseline = float(standard.baseline)
        analysis = held_against(row.series, row.analysis, baseline, start)
        return _Held(replace(row, analysis=analysis), start, baseline)
    older = computing.before(measure, shown, lines, settings)
    row = computing.recharted(row, replace(row.series, freeze=start, earlier=older))
    middle = row.analysis.center[0]
    return None if middle is None else _Held(row, start, middle)


def _start(standard: Standard, begun: Sequence[date]) -> list[MeasureResult]:
    """Results of the baseline that are no longer charted, from the phase in progress on."""
    return [row for row in standard.before if not begun or row.period >= begun[-1]]


def _drawn(whole: Charted, held: _Held, finding: ChartFinding) -> Charted:
    """The whole chart, with the baseline's lines until a later phase begins.

    It marks exactly what the finding reports.
    """
    row, first = held.chart, held.chart.series.dates[0]
    at = bisect_left(whole.series.dates, first)
    later = [index for index in whole.series.phases if index >= at + held.since]
    until = min(later, default=len(whole.series.dates))
    analysis = _marked(row.analysis, finding)
    if whole.fits != row.fits or list(whole.series.dates[at:]) != list(row.series.dates):
        # The two can't be overlaid: the baseline stands alone.
        return replace(row, analysis=analysis, settings=whole.settings)
    return replace(whole, analysis=_spliced(whole.analysis, analysis, at, until))


def _marked(analysis: Analysis, finding: ChartFinding) -> Analysis:
    """Mark as signals the runs that the finding reports."""
    runs = [
        Run(each.first, each.last, each.length, each.side)
        for each in finding.signals
        if each.kind is SignalKind.LONG_RUN
    ]
    last = replace(analysis.parts[-1], long_runs=tuple(reversed(runs)))
    return replace(analysis, parts=(*analysis.parts[:-1], last))


def _spliced(whole: Analysis, own: Analysis, at: int, until: int) -> Analysis:
    """Splice two charts: `own` provides the lines from `at` until `until`."""

    def column[T](outer: Sequence[T], inner: Sequence[T]) -> tuple[T, ...]:
        return (*outer[:at], *inner[: until - at], *outer[until:])

    (part,) = own.parts
    runs = tuple(
        Run(run.start + at, min(run.end + at, until - 1), run.length, run.side)
        for run in part.long_runs
        if run.start + at < until
    )
    parts = tuple(
        replace(each, long_runs=runs) if each.start <= at < each.end else each
        for each in whole.parts
    )
    return replace(
        whole,
        center=column(whole.center, own.center),
        lower=column(whole.lower, own.lower),
        lower_two=column(whole.lower_two, own.lower_two),
        upper_two=column(whole.upper_two, own.upper_two),
        upper=column(whole.upper, own.upper),
        sigma_signals=column(whole.sigma_signals, own.sigma_signals),
        parts=parts,
        making_data_count=own.making_data_count if until - at == len(whole.plotted) else None,
    )


def _few(measure: Measure, since: int) -> str:
    """A sentence that there are too few results since the baseline, and how many."""
    words = measure.shape.words
    return words.few_since(since) if since else str(words.none_since)


def _goal(chart: Charted, finding: ChartFinding, standard: Standard) -> str:
    """Current results against the plan's goal, and whether they will meet it."""
    met, measure = meets(finding, chart.series), chart.measure
    if met is None:
        return ""
    now = (
        _("Results are now around %(middle)s. That meets the goal of %(goal)s for “%(plan)s”.")
        if met
        else _(
            "Results are now around %(middle)s. That does not meet the goal of %(goal)s for "
            "“%(plan)s” yet."
        )
    ) % {
        "middle": wording.amount(measure, finding.now),
        "goal": wording.amount(measure, standard.target),
        "plan": standard.title,
    }
    _said, expected = _in_words(chart, finding)
    return f"{now} {expected}".strip()
