"""How a measure's chart is made: which one, why, since when; and what people decided about it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cells import actions, charting, choosing, judging, periods, results, rules
from cells.charting import Charted
from cells.findings import Found, Plan, first_to_tell
from cells.forms.charts import AdjustForm, ChartForm, PhaseForm, UndoForm
from cells.models import Adjustment, AdjustmentKind, ChartKind, DataPoint, Measure, RuleSet
from cells.models.charts import Adjusted, Chosen, settings_of
from cells.views.finding import measure_of
from charts.anhoej import ENOUGH
from charts.choice import ESTABLISHED_FROM
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce

# The words of each adjustment: the page's title, the question, what it does.
ASKED = {
    AdjustmentKind.PHASE: (
        gettext_lazy("Begin a new phase"),
        gettext_lazy("With which period does it begin?"),
        gettext_lazy(
            "From then on the chart has its own middle. Do this if you know what changed. Do it if "
            "you know that it stays. A new team is one case. A new way to count is one, too."
        ),
    ),
    AdjustmentKind.BASELINE: (
        gettext_lazy("Freeze the start"),
        gettext_lazy("Which is the last period of the start?"),
        gettext_lazy(
            "The middle and the limits will come from the start, and they stay as they are. What "
            "comes later is held against the start. If you do not do this, they move a bit with "
            "each new number."
        ),
    ),
    AdjustmentKind.EXCLUSION: (
        gettext_lazy("Leave a result out"),
        gettext_lazy("Which result?"),
        gettext_lazy(
            "It stays on the chart with a cross. But it does not count. Do this if you know what "
            "went on. A flood is one case. Do not do it just since it looks bad. Say why you do "
            "it. All who see the chart can read why. You can take it back."
        ),
    ),
}

HELD = gettext_lazy(
    "A plan holds these results against a start of its own, and the chart shows that one. What you "
    "freeze here counts where no plan is judged by this measure."
)


def explained(told: Found) -> list[str]:
    """Which chart this is, why, by whom, since when; in plain sentences."""
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
    words = [_choice(chosen)]
    if not chart.fits:
        words.append(_("Some results do not fit that chart, so this is a plain line."))
        if not chart.measure.is_periodic:
            words.append(_("Days on which it happened more than once fit a G chart."))
    elif chosen.chart != ChartKind.RUN and not held:
        words.append(_limits(chart))
    return [*words, *held]


def _held_against(told: Found) -> str:
    """Against which plan's start the results are held, and what phases have to do with it."""
    assert told.plan is not None
    through = told.plan.standard.baseline_through
    period = periods.named(told.measure.frequency, through) if through else ""
    said = _(
        "The results are held against the start of the plan “%(plan)s”, up to %(period)s: a "
        "baseline of %(baseline)s. It stays as it is."
    ) % {
        "plan": told.plan.title,
        "period": period,
        "baseline": charting.amount(told.measure, told.baseline),
    }
    if told.chart.series.phases:
        said += " " + _("Other phases have lines of their own, and what is said is not of them.")
    return said


def _choice(chosen: Chosen) -> str:
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
            "why": choosing.why(chosen.code),
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
            "The limits are for the time being: %(count)d results tell something so far. From "
            "%(settled)d on they are settled."
        ) % {"count": useful, "settled": ESTABLISHED_FROM}
    return _("The limits are settled: they rest on %(count)d results.") % {"count": useful}


def said_day(day: Any) -> str:
    return formats.date_format(day, "F j, Y")


@require_safe
def chart(request: AgencyRequest, pk: int) -> HttpResponse:
    """Which chart, why, since when, and everything that people decided about it."""
    found = measure_of(request, pk)
    points = DataPoint.objects.within(request.agency).filter(measure=found).latest_charted()
    shown = results.of_points(found, points)
    used = judging.of_measure(found)
    plans = [Plan(each, each.plan.opportunity.title) for each in used]
    told = first_to_tell(found, shown, plans)
    row = told.chart
    may_adjust = rules.adjusting(found, request.member) is None
    return render(
        request,
        "cells/chart.html",
        {
            "measure": found,
            "explained": explained(told),
            "better_as_days": choosing.better_as_days(found, shown),
            "choices": [
                {"key": said_day(each.since), "value": _choice(each)}
                for each in row.settings.choices
            ],
            "adjustments": [
                _adjusted(found, each) | {"may_undo": may_adjust and each.undone_on is None}
                for each in reversed(row.settings.adjustments)
            ],
            "may_adjust": may_adjust,
            "may_define": rules.defining(found.cell, request.member) is None,
        },
    )


def _adjusted(measure: Measure, row: Adjusted) -> dict[str, Any]:
    period = periods.named(measure.frequency, row.period)
    words = {
        AdjustmentKind.PHASE: _("A new phase from %(period)s: %(label)s"),
        AdjustmentKind.BASELINE: _("The start is frozen, up to %(period)s"),
        AdjustmentKind.EXCLUSION: _("%(period)s is left out"),
    }[AdjustmentKind(row.kind)]
    said = words % {"period": period, "label": row.label}
    return {"row": row, "said": said[:1].upper() + said[1:]}


def choose_chart(request: AgencyRequest, pk: int) -> HttpResponse:
    """Another chart than the one that the rules chose."""
    found = measure_of(request, pk)
    enforce(rules.adjusting(found, request.member))
    chosen = settings_of(found).chosen
    form = ChartForm.from_request(
        request,
        measure=found,
        initial={"chart": chosen.chart if chosen else ChartKind.RUN}
        | ({"ruleset": chosen.rules} if chosen else {}),
    )

    def act(form: ChartForm) -> tuple[str, str]:
        actions.override_chart(found, **form.answers, by=request.member)
        return at(request.agency, "cells:measure", pk=pk), _("The chart is changed.")

    return submit(request, form, act) or render(
        request,
        "cells/choose_chart.html",
        {"form": form, "measure": found, "explained": [_choice(chosen)] if chosen else []},
    )


def new_phase(request: AgencyRequest, pk: int) -> HttpResponse:
    return _adjust(request, pk, AdjustmentKind.PHASE, PhaseForm)


def freeze(request: AgencyRequest, pk: int) -> HttpResponse:
    return _adjust(request, pk, AdjustmentKind.BASELINE, AdjustForm)


def leave_out(request: AgencyRequest, pk: int) -> HttpResponse:
    return _adjust(request, pk, AdjustmentKind.EXCLUSION, AdjustForm)


def _adjust(
    request: AgencyRequest, pk: int, kind: AdjustmentKind, form_class: type[AdjustForm]
) -> HttpResponse:
    found = measure_of(request, pk)
    enforce(rules.adjusting(found, request.member))
    title, asks, does = ASKED[kind]
    held = kind == AdjustmentKind.BASELINE and judging.of_measure(found)
    points = DataPoint.objects.within(request.agency).filter(measure=found).latest_charted()
    shown = results.of_points(found, points)
    # Of several results of one day there is one name.
    known = dict.fromkeys(row.period for row in reversed(shown) if row.numerator is not None)
    named = [(period, periods.named(found.frequency, period)) for period in known]
    form = form_class.from_request(request, named=named, asks=str(asks))

    def act(form: AdjustForm) -> tuple[str, str]:
        actions.adjust(found, kind=kind, **form.answers, by=request.member)
        return at(request.agency, "cells:measure", pk=pk), _("The chart is changed.")

    return submit(request, form, act) or render(
        request,
        "cells/adjust.html",
        {
            "form": form,
            "measure": found,
            "title": title,
            "does": f"{does} {HELD}" if held else does,
            "none": not named,
        },
    )


def undo(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take a phase, a frozen start or a result left out back."""
    rows = Adjustment.objects.within(request.agency)
    row = get_object_or_404(rows.select_related("by"), pk=pk)
    found = measure_of(request, row.measure_id)
    row.measure = found
    enforce(rules.undoing(row, request.member))
    form = UndoForm.from_request(request)

    def act(form: UndoForm) -> tuple[str, str]:
        actions.undo_adjustment(row, **form.answers, by=request.member)
        return at(request.agency, "cells:chart", pk=found.pk), _("It is taken back.")

    return submit(request, form, act) or render(
        request,
        "cells/undo_adjustment.html",
        {"form": form, "measure": found, "said": _words(found, row), "row": row},
    )


def _words(measure: Measure, row: Adjustment) -> str:
    held = next(each for each in settings_of(measure).adjustments if each.pk == row.pk)
    said: str = _adjusted(measure, held)["said"]
    return said
