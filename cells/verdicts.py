"""Whether it worked: derived from the chart against its frozen start, never typed in."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from statistics import median

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cells import charting, earlier, periods, results
from cells.charting import Charted
from cells.models import AdjustmentKind, Measure, OutcomeStandard, Way
from cells.models.charts import ChartSettings, settings_of
from cells.results import Result
from charts import Change, Chart, Direction, Run
from charts.anhoej import ENOUGH, longest_run_max, runs
from charts.series import included
from charts.verdict import way


class Finding(StrEnum):
    """The five answers that there are."""

    SUSTAINED = "sustained"
    NOT_SUSTAINED = "not_sustained"
    NO_CHANGE = "no_change"
    WORSE = "worse"
    NOT_ENOUGH = "not_enough"


WORDS: dict[Finding, str | Promise] = {
    Finding.SUSTAINED: gettext_lazy("Better, and it lasts"),
    Finding.NOT_SUSTAINED: gettext_lazy("Better, but it does not last yet"),
    Finding.NO_CHANGE: gettext_lazy("No change"),
    Finding.WORSE: gettext_lazy("Worse"),
    Finding.NOT_ENOUGH: gettext_lazy("Not enough data yet"),
}
CHANGED = {Finding.SUSTAINED, Finding.NOT_SUSTAINED, Finding.WORSE}
# The words of components/status.html.
STATUS = {
    Finding.SUSTAINED: "met",
    Finding.NOT_SUSTAINED: "at_risk",
    Finding.NO_CHANGE: "at_risk",
    Finding.WORSE: "not_met",
    Finding.NOT_ENOUGH: "no_data",
}


@dataclass(frozen=True)
class Verdict:
    """The answer, why in one sentence, and how far it is to the goal (empty without one)."""

    finding: Finding
    because: str
    goal: str

    @property
    def words(self) -> str:
        return str(WORDS[self.finding])

    @property
    def status(self) -> str:
        return STATUS[self.finding]


@dataclass(frozen=True)
class _Held:
    """Results against where they started: `start` is the place of the first one after it."""

    chart: Charted
    start: int
    middle: Fraction
    useful: int
    runs: Sequence[Run]
    known: Sequence[int]
    far: Sequence[int]

    @property
    def after(self) -> int:
        """How many results since the start tell something."""
        return sum(run.length for run in self.runs)

    @property
    def most(self) -> int:
        """The longest run that luck explains."""
        return longest_run_max(max(self.useful, 1))

    def change(self, side: int) -> Change:
        return way(side, Direction(self.chart.measure.direction))

    def side(self, index: int) -> int:
        value = self.chart.analysis.plotted[index]
        return 1 if value is not None and value > self.middle else -1


def verdict(measure: Measure, numbers: Sequence[Result], standard: OutcomeStandard) -> Verdict:
    """Whether the measure is better than at the frozen start of the standard, and stays so.

    By the runs and 3-sigma rules, with middle and limits of the start alone (of 10 results or
    more, else against the number that the plan says it started from). The start begins with the
    phase that was going on when it was frozen; phases that begin later change nothing here.
    """
    held = _held(measure, numbers, standard)
    if held is None or measure.direction == Way.NEUTRAL:
        return Verdict(Finding.NOT_ENOUGH, _not_enough(held), "")
    finding, because = _found(held)
    if finding in CHANGED and held.known[0] >= held.start and held.chart.series.freeze is None:
        # The chart's own sentence may say that nothing changes: there is no before on it.
        because += " " + _("The chart has only results from after the start.")
    return Verdict(finding, because, _goal(held, standard.target))


def _held(measure: Measure, numbers: Sequence[Result], standard: OutcomeStandard) -> _Held | None:
    through = standard.baseline_through
    if through is None or not numbers:
        return None
    # The latest choice of chart and what is left out hold here too; later phases do not. The start
    # begins with the phase that was going on.
    settings = settings_of(measure)
    begun = [row.period for row in settings.in_force(AdjustmentKind.PHASE) if row.period <= through]
    numbers = [row for row in numbers if not begun or row.period >= begun[-1]]
    kept = settings.in_force(AdjustmentKind.EXCLUSION)
    settings = ChartSettings(settings.choices, kept)
    row = charting.charted(measure, numbers, settings=settings)
    if row.series.chart is Chart.MOVING_RANGE:
        # It shows how much results jump, not whether they are better.
        row = charting.recharted(row, replace(row.series, chart=Chart.RUN))
    start = bisect_right(row.series.dates, through)
    lines = earlier.of_start(numbers, _start(measure, standard, begun), through)
    include = included(row.series)
    known = [
        index
        for index, value in enumerate(row.analysis.plotted)
        if value is not None and include[index]
    ]
    left_out = {each.period for each in kept}
    known_before = [
        each
        for each in lines.before
        if each.period not in left_out and charting.result(measure, each) is not None
    ]
    if len(known_before) + sum(index < start for index in known) < ENOUGH:
        if standard.baseline is None:
            return None
        return _against(row, start, Fraction(standard.baseline), known, ())
    before = charting.before(measure, numbers, lines, settings)
    row = charting.recharted(row, replace(row.series, freeze=start, earlier=before))
    middle = row.analysis.center[0]
    if middle is None:
        return None
    far = [index for index in known if index >= start and row.analysis.sigma_signals[index]]
    return _against(row, start, Fraction(middle), known, far)


def _start(measure: Measure, standard: OutcomeStandard, begun: Sequence[date]) -> list[Result]:
    """What is charted no longer of the start; it begins with the phase that was going on."""
    return [row for row in results.start(measure, standard) if not begun or row.period >= begun[-1]]


def _against(
    row: Charted, start: int, middle: Fraction, known: Sequence[int], far: Sequence[int]
) -> _Held:
    plotted = [None if value is None else Fraction(value) for value in row.analysis.plotted]
    include = [index in set(known) for index in range(len(plotted))]
    centers = [middle] * len(plotted)
    # What the start has is counted too, unless the middle is not its own.
    judged = runs(plotted, centers, include)
    after = runs(plotted[start:], centers[start:], include[start:], start)
    useful = sum(run.length for run in (judged if row.series.freeze is not None else after))
    return _Held(row, start, middle, useful, after, known, far)


def _found(held: _Held) -> tuple[Finding, str]:
    long = [run for run in held.runs if run.length > held.most]
    if long and held.useful >= ENOUGH:
        return _by_runs(held, long)
    if held.far:
        latest = held.far[-1]
        if held.change(held.side(latest)) is Change.IMPROVEMENT:
            return Finding.NOT_SUSTAINED, _say_far(held, latest, better=True)
        if latest == held.known[-1]:
            return Finding.WORSE, _say_far(held, latest, better=False)
    if held.useful < ENOUGH or held.after <= held.most:
        return Finding.NOT_ENOUGH, _not_enough(held)
    return Finding.NO_CHANGE, _("Since the start, results go up and down about as before.")


def _by_runs(held: _Held, long: Sequence[Run]) -> tuple[Finding, str]:
    better = [run for run in long if held.change(run.side) is Change.IMPROVEMENT]
    latest, last = long[-1], held.runs[-1]
    if latest == last:
        finding = Finding.SUSTAINED if latest in better else Finding.WORSE
        return finding, _say_run(held, latest, better=latest in better)
    if better:
        ended = _("Since then they are not.")
        return Finding.NOT_SUSTAINED, f"{_say_run(held, better[-1], better=True)} {ended}"
    return Finding.NO_CHANGE, _("Results were worse for a while. Now they are about as before.")


def _say_run(held: _Held, run: Run, *, better: bool) -> str:
    words = (
        _(
            "%(count)d results in a row (%(first)s to %(last)s) were better than the "
            "%(middle)s before."
        )
        if better
        else _(
            "%(count)d results in a row (%(first)s to %(last)s) were worse than the "
            "%(middle)s before."
        )
    )
    measure = held.chart.measure
    return words % {
        "count": run.length,
        "first": _period(held, run.start),
        "last": _period(held, run.end),
        "middle": charting.amount(measure, float(held.middle)),
    }


def _say_far(held: _Held, index: int, *, better: bool) -> str:
    words = (
        _("%(period)s was far better than before. One result does not show that it lasts.")
        if better
        else _("%(period)s was far worse than before.")
    )
    said = words % {"period": _period(held, index)}
    return said[:1].upper() + said[1:]


def _period(held: _Held, index: int) -> str:
    return periods.named(held.chart.measure.frequency, held.chart.series.dates[index])


def _not_enough(held: _Held | None) -> str:
    if held is None:
        return _("There are no numbers yet that can be held against the start.")
    since = sum(index >= held.start for index in held.known)
    if not held.chart.measure.is_periodic:
        if not since:
            return _("It has not happened since the start, so there is nothing to compare yet.")
        return ngettext(
            "It has happened %(count)d time since the start. More are needed to tell.",
            "It has happened %(count)d times since the start. More are needed to tell.",
            since,
        ) % {"count": since}
    return ngettext(
        "There is %(count)d number since the start. More are needed to tell.",
        "There are %(count)d numbers since the start. More are needed to tell.",
        since,
    ) % {"count": since}


def _goal(held: _Held, target: Decimal | None) -> str:
    """Where the middle since the start is, beside the goal."""
    plotted = held.chart.analysis.plotted
    since = [plotted[index] for index in held.known if index >= held.start]
    if target is None or not since:
        return ""
    middle = median(value for value in since if value is not None)
    measure = held.chart.measure
    met = middle >= target if measure.direction == Way.INCREASE else middle <= target
    words = (
        _("The usual middle since then is %(middle)s. That meets the goal of %(goal)s.")
        if met
        else _("The usual middle since then is %(middle)s. The goal is %(goal)s.")
    )
    return words % {
        "middle": charting.amount(measure, middle),
        "goal": charting.amount(measure, target),
    }
