"""What the numbers of a measure say: one finding, which every page, list, story and paper tells.

A measure that a plan is judged by is held against the start of that plan, which was frozen when
the plan began; any other against the usual middle of its own chart. Whether the plan worked is
read from the same finding, never typed in.
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
    """Whether it worked: five answers, and that the chart can't say."""

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
# The words of components/status.html.
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
    """Whether a plan worked by this measure, in the words of the measure's finding."""

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
    """A chart whose lines are those of a start; `since` is the place of the first result after."""

    chart: Charted
    since: int
    baseline: float


@dataclass(frozen=True)
class Found:
    """The finding of a measure, in words, and its chart.

    `standard` is what it is held against, None without one. `said` is the finding; `goal` is what
    is said of the goal: it names plan and goal, and is empty without one.
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
        """The start that results are held against; None where that is the chart's usual middle."""
        return self._held.baseline if self._held else None

    @property
    def tells(self) -> bool:
        """Whether there is a start to compare with, and something to tell by it."""
        told = self.finding.enough or bool(self.finding.signals)
        return self.baseline is not None and told

    @property
    def start(self) -> float | Decimal | None:
        """Where the plan started from: the baseline, or what the plan says where there is none."""
        if self.baseline is None and self.standard is not None:
            return self.standard.baseline
        return self.baseline

    @property
    def middle(self) -> float | None:
        """What results are held against."""
        return self.finding.middle

    @property
    def verdict(self) -> PlanVerdict | None:
        """Whether the plan worked; None without one."""
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
        # Without a start to compare with, nobody knows that it is as before.
        known = found.enough and self.baseline is not None
        return WhetherItWorked.NO_CHANGE if known else WhetherItWorked.NOT_ENOUGH

    @cached_property
    def chart(self) -> Charted:
        """As it is drawn: phases have lines of their own, and the start until one begins later."""
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
        """The chart that belongs below, with a finding of its own."""
        row = self.chart.companion
        if row is None:
            return None
        return row.figure(_in_words(row, find(row.series, row.analysis, row.rules)))

    def small(self) -> Sparkline:
        """The small line for a list, with what its results are held against."""
        return computing.small(self.measure, self._numbers.results, self.middle)


_BETTER_OR_WORSE = {ChangeFound.IMPROVEMENT, ChangeFound.WORSENING}


def found(measure: Measure, numbers: Numbers, standard: Standard | None = None) -> Found:
    """The one finding of a measure.

    By the runs and 3-sigma rules, or by those that were chosen for its chart. With a standard,
    middle and limits are those of its start alone (of 10 results or more, else the number that
    the plan says it started from). The start begins with the phase that was going on when it was
    frozen; phases that begin later have their lines on the chart and change nothing here.
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
    """The finding that a measure's own page tells, of standards in the order in which they speak.

    It is that of the first since whose start there are results enough to tell something; so a plan
    that has just begun does not silence what is known of the one before.
    """
    told: Found | None = None
    for standard in standards:
        here = found(measure, numbers, standard)
        if here.tells:
            return here
        told = told or here
    return told or found(measure, numbers)


def _of_its_own(measure: Measure, numbers: Numbers, standard: Standard | None) -> Found:
    """The finding of a chart that is held against no start but its own middle."""
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
    # The latest choice of chart and what is left out hold here too; later phases do not. The start
    # begins with the phase that was going on.
    settings = numbers.settings
    begun = [row.period for row in settings.in_force(AdjustmentKind.PHASE) if row.period <= through]
    shown = [row for row in numbers.results if not begun or row.period >= begun[-1]]
    if not shown:
        return None
    kept = settings.in_force(AdjustmentKind.EXCLUSION)
    settings = ChartSettings(settings.choices, kept)
    row = computing.charted(measure, Numbers(shown, settings), target=standard.target)
    if row.series.shape.spread:
        # It shows how much results jump, which a start and a goal have nothing to do with.
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
    """What is charted no longer of the start; it begins with the phase that was going on."""
    return [row for row in standard.before if not begun or row.period >= begun[-1]]


def _drawn(whole: Charted, held: _Held, finding: ChartFinding) -> Charted:
    """The whole chart, with the lines of the start from there until a later phase begins.

    What is marked on it is what the finding tells.
    """
    row, first = held.chart, held.chart.series.dates[0]
    at = bisect_left(whole.series.dates, first)
    later = [index for index in whole.series.phases if index >= at + held.since]
    until = min(later, default=len(whole.series.dates))
    analysis = _marked(row.analysis, finding)
    if whole.fits != row.fits or list(whole.series.dates[at:]) != list(row.series.dates):
        # They do not lie on top of each other: the start stands alone.
        return replace(row, analysis=analysis, settings=whole.settings)
    return replace(whole, analysis=_spliced(whole.analysis, analysis, at, until))


def _marked(analysis: Analysis, finding: ChartFinding) -> Analysis:
    """With those runs as signals that the finding tells of."""
    runs = [
        Run(each.first, each.last, each.length, each.side)
        for each in finding.signals
        if each.kind is SignalKind.LONG_RUN
    ]
    last = replace(analysis.parts[-1], long_runs=tuple(reversed(runs)))
    return replace(analysis, parts=(*analysis.parts[:-1], last))


def _spliced(whole: Analysis, own: Analysis, at: int, until: int) -> Analysis:
    """One chart of two: the other one's lines from one place until another."""

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
    """That there are too few results since the start, and how many there are."""
    words = measure.shape.words
    return words.few_since(since) if since else str(words.none_since)


def _goal(chart: Charted, finding: ChartFinding, standard: Standard) -> str:
    """Where results are now beside the plan's goal, and whether they will meet it."""
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
