"""A measure's chart: chosen when its baseline is complete, overridden, adjusted."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Member
from charts import Chart, NotChartable, Rules, analyze
from charts.choice import ESTABLISHED_FROM
from charts.run_rules import ENOUGH
from foundation import events
from foundation.edits import required
from foundation.models import Agency
from foundation.refusals import enforce
from measures.charting import chart_choice, computing, rules
from measures.charting.models import Adjustment, AdjustmentKind, ChartChoice, Firmness, RuleSet
from measures.charting.reading import Numbers, settings_of
from measures.charting.settings import ChartSettings, ChosenChart
from measures.definitions import periods
from measures.definitions.judges import Touch, touching
from measures.definitions.models import Measure
from measures.numbers import results
from measures.numbers.results import MeasureResult


def _locked(measure: Measure, agency: Agency) -> Measure:
    rows = Measure.objects.within(agency).select_related("owner")
    return rows.select_for_update(of=("self",)).get(pk=measure.pk)


def _results(measure: Measure) -> list[MeasureResult]:
    return results.of_points(measure, measure.points.order_by("period"))


@transaction.atomic
def choose_chart(measure: Measure) -> ChartChoice | None:
    """Choose the chart that fits, if due: on trial at 10 useful results, for good at 20.

    None if nothing is chosen now: too few results, or the chart is already settled.
    """
    agency = measure.agency
    held = ChartChoice.objects.within(agency).filter(measure=measure).order_by("-pk").first()
    if chart_choice.is_settled(held):
        return None
    known = sum(row.numerator is not None for row in _results(measure))
    if known < (ENOUGH if held is None else ESTABLISHED_FROM):
        return None
    measure = _locked(measure, agency)
    left_out = {row.period for row in settings_of(measure).in_force(AdjustmentKind.EXCLUSION)}
    numbers = [row for row in _results(measure) if row.period not in left_out]
    found = chart_choice.fitting(measure, numbers)
    if found is None or (held is not None and found.firmness != Firmness.ESTABLISHED):
        return None
    known = len([row for row in numbers if row.numerator is not None])
    with touching(measure, cause=Touch.CHART, by=None, expected=True):
        choice: ChartChoice = measure.chart_choices.create(
            agency=agency,
            chart=found.chart,
            firmness=found.firmness,
            code=found.code,
            since=agency.today(),
            results=known,
        )
    events.record("chart.chosen", measure, by=None, group=measure.owner_id, chart=found.chart)
    return choice


@transaction.atomic
def override_chart(
    measure: Measure, *, chart: str, ruleset: str = RuleSet.ANHOEJ, reason: str, by: Member
) -> ChartChoice:
    """Choose another chart, or the other set of rules, with a reason.

    ValidationError by field: a chart that does not suit this kind of measure or its numbers.
    """
    measure = _locked(measure, by.agency)
    enforce(rules.adjusting(measure, by))
    required(reason=reason)
    numbers = _results(measure)
    useful = _check_chart(measure, chart, ruleset, numbers)
    with touching(measure, cause=Touch.CHART, by=by, reason=reason):
        choice: ChartChoice = measure.chart_choices.create(
            agency=by.agency,
            chart=chart,
            rules=ruleset,
            firmness=_firmness(chart, useful),
            reason=reason.strip(),
            by=by,
            since=by.agency.today(),
            results=len([row for row in numbers if row.numerator is not None]),
        )
    events.record("chart.overridden", measure, by=by, group=measure.owner_id, chart=chart)
    return choice


def _check_chart(measure: Measure, chart: str, ruleset: str, numbers: list[MeasureResult]) -> int:
    """The chart's number of useful results; ValidationError if the chart is impossible."""
    if chart not in measure.shape.charts:
        raise ValidationError({"chart": _("Choose one of the answers.")})
    if ruleset not in RuleSet.values:
        raise ValidationError({"ruleset": _("Choose one of the answers.")})
    shape = Chart(chart).shape
    if ruleset == Rules.MAKING_DATA_COUNT and not shape.making_data_count:
        raise ValidationError(
            {"ruleset": _("These rules are only for the chart of single results.")}
        )
    chosen = ChosenChart(chart, ruleset, "", "", "", "", date.min, 0)
    row = computing.series(measure, Numbers(numbers, ChartSettings((chosen,))))
    try:
        analysis = analyze(row)
    except NotChartable as refused:
        raise ValidationError({"chart": _misfit(measure, row.dates, refused)}) from None
    useful = analysis.useful
    if shape.grouped and all(limit is None for limit in analysis.upper):
        raise ValidationError(
            {"chart": _("The periods have one value each, so no limits fit. Choose another one.")}
        )
    if shape.limits and useful < ENOUGH:
        raise ValidationError(
            {
                "chart": _(
                    "Limits need %(enough)d results that differ from the middle. There are "
                    "%(count)d. Keep the line for now."
                )
                % {"enough": ENOUGH, "count": useful}
            }
        )
    return useful


def _misfit(measure: Measure, days: Sequence[date], refused: NotChartable) -> str:
    if refused.index is None:
        return _("The numbers do not fit this chart. Choose another one.")
    period = periods.named(measure.frequency, days[refused.index])
    return _("The number of %(period)s does not fit this chart. Choose another one.") % {
        "period": period
    }


def _firmness(chart: str, useful: int) -> Firmness:
    if not Chart(chart).shape.limits:
        return Firmness.NONE
    return Firmness.TRIAL if useful < ESTABLISHED_FROM else Firmness.ESTABLISHED


@transaction.atomic
def adjust(
    measure: Measure,
    *,
    kind: str,
    period: date | None,
    label: str = "",
    reason: str,
    by: Member,
) -> Adjustment:
    """Begin a new phase, freeze the baseline, or exclude a result; dated, with a reason.

    `period` is any day in it. ValidationError by field.
    """
    measure = _locked(measure, by.agency)
    enforce(rules.adjusting(measure, by))
    is_phase = kind == AdjustmentKind.PHASE
    required(reason=reason, **({"label": label} if is_phase else {}))
    if kind not in AdjustmentKind.values:
        raise ValidationError({"kind": _("Choose one of the answers.")})
    if period is None:
        raise ValidationError({"period": _("Please fill this in.")})
    period = periods.period_of(measure.frequency, period)
    said = _wrong_period(measure, kind, period)
    if said:
        raise ValidationError({"period": said})
    with touching(measure, cause=Touch.LEFT_OUT, by=by, reason=reason, periods=[period]):
        adjustment: Adjustment = measure.adjustments.create(
            agency=by.agency,
            kind=kind,
            period=period,
            label=label.strip() if is_phase else "",
            reason=reason.strip(),
            by=by,
            on=by.agency.today(),
        )
    events.record("chart.adjusted", measure, by=by, group=measure.owner_id, kind=kind)
    return adjustment


def _wrong_period(measure: Measure, kind: str, period: date) -> str:
    """Why this can't begin, end or be excluded there; empty if it can."""
    settings = settings_of(measure)
    known = [row.period for row in _results(measure) if row.numerator is not None]
    held = settings.in_force(AdjustmentKind(kind))
    match kind:
        case AdjustmentKind.EXCLUSION if period not in known:
            return _("There is no number for this period.")
        case AdjustmentKind.PHASE if not known or not known[0] < period <= known[-1]:
            return _("A new phase begins after the first number, and not after the last one.")
        case AdjustmentKind.BASELINE if settings.in_force(AdjustmentKind.PHASE):
            return _("This chart has phases. Each has its own middle, so nothing can be frozen.")
        case AdjustmentKind.BASELINE if held:
            return _("The start is frozen already. Take that back first.")
        case AdjustmentKind.BASELINE if sum(day <= period for day in known) < ENOUGH:
            return _("A start that is frozen needs %(enough)d numbers or more.") % {
                "enough": ENOUGH
            }
    if any(row.period == period for row in held):
        return _("This is so already.")
    return ""


@transaction.atomic
def undo_adjustment(adjustment: Adjustment, *, because: str, by: Member) -> Adjustment:
    """Undo a phase, a frozen baseline or an exclusion; the row and the reason stay on record."""
    rows = Adjustment.objects.within(by.agency).select_related("measure__owner")
    adjustment = rows.select_for_update(of=("self",)).get(pk=adjustment.pk)
    enforce(rules.undoing(adjustment, by))
    required(because=because)
    measure, touched = adjustment.measure, [adjustment.period]
    adjustment.undone_on, adjustment.undone_by = by.agency.today(), by
    adjustment.undone_because = because.strip()
    with touching(measure, cause=Touch.LEFT_OUT, by=by, reason=because, periods=touched):
        adjustment.save()
    events.record("chart.restored", measure, by=by, group=measure.owner_id, kind=adjustment.kind)
    return adjustment
