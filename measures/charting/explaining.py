"""Explanations of a chart: which one, why, since when."""

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from charts import Chart
from charts.choice import ESTABLISHED_FROM
from charts.run_rules import ENOUGH
from measures.charting import chart_choice
from measures.charting.computing import Charted
from measures.charting.findings import Found
from measures.charting.models import AdjustmentKind, ChartKind, RuleSet
from measures.charting.settings import ChosenChart
from measures.definitions import periods, wording

HELD = gettext_lazy(
    "A plan holds these results against a start of its own, and the chart shows that one. What you "
    "freeze here counts where no plan is judged by this measure."
)


def explained(told: Found) -> list[str]:
    """Plain sentences on which chart this is, why, by whose choice and since when."""
    chart = told.chart
    held = [_held_against(told)] if told.baseline is not None else []
    chosen, known = chart.settings.chosen, chart.analysis.observed
    if chosen is None:
        return [
            _("It is a line with its middle until %(enough)d results differ from the middle.")
            % {"enough": ENOUGH}
            if known
            else _("The chart begins with the first number."),
            *held,
        ]
    words = [choice(chosen)]
    if not chart.fits:
        words.append(_("Some results do not fit that chart, so this is a plain line."))
        if misfit := chart.measure.shape.words.misfit:
            words.append(str(misfit))
    elif Chart(chosen.chart).shape.limits and not held:
        words.append(_limits(chart))
    return [*words, *held]


def _held_against(told: Found) -> str:
    """Which plan's baseline results are compared with, and how phases affect that."""
    assert told.standard is not None
    through = told.standard.through
    period = periods.named(told.measure.frequency, through) if through else ""
    said = _(
        "The results are held against the start of the plan “%(plan)s”, up to %(period)s: a "
        "baseline of %(baseline)s. It stays as it is."
    ) % {
        "plan": told.standard.title,
        "period": period,
        "baseline": wording.amount(told.measure, told.baseline),
    }
    if told.chart.series.phases:
        said += " " + _("Other phases have lines of their own, and what is said is not of them.")
    return said


def choice(chosen: ChosenChart) -> str:
    name = ChartKind(chosen.chart).label
    day = said_day(chosen.since)
    if chosen.by:
        said = _("%(name)s chose this chart on %(day)s: %(chart)s. The reason: %(reason)s") % {
            "name": chosen.by,
            "day": day,
            "chart": name,
            "reason": chosen.reason,
        }
    else:
        said = _("This chart was chosen on %(day)s, from %(count)d results: %(chart)s. %(why)s") % {
            "day": day,
            "count": chosen.results,
            "chart": name,
            "why": chart_choice.why(chosen.code),
        }
    if chosen.rules == RuleSet.MAKING_DATA_COUNT:
        said += " " + _("It is read by the rules of Making Data Count.")
    return said


def _limits(chart: Charted) -> str:
    if chart.frozen:
        frozen = chart.settings.in_force(AdjustmentKind.BASELINE)[0]
        return _("Middle and limits come from the start, up to %(period)s, and stay.") % {
            "period": periods.named(chart.measure.frequency, frozen.period)
        }
    useful = chart.analysis.useful
    if useful < ESTABLISHED_FROM:
        return _(
            "These limits are provisional: so far, %(count)d results tell something. From "
            "%(settled)d on they are settled."
        ) % {"count": useful, "settled": ESTABLISHED_FROM}
    return _("The limits are settled: they rest on %(count)d results.") % {"count": useful}


def said_day(day: date) -> str:
    return formats.date_format(day, "F j, Y")
