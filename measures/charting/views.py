"""How a measure's chart is made: which one, why, since when; and people's adjustments."""

from typing import TypedDict

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from foundation.addresses import at
from foundation.asking import Back, Quote, ask
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce
from measures.charting import actions, chart_choice, rules
from measures.charting.explaining import HELD, choice, explained, said_day
from measures.charting.findings import first_to_tell
from measures.charting.forms import AdjustForm, ChartForm, PhaseForm, UndoForm
from measures.charting.models import Adjustment, AdjustmentKind, ChartKind
from measures.charting.reading import numbers_with, settings_of
from measures.charting.settings import Adjusted
from measures.charting.standards import standards_of
from measures.definitions import periods
from measures.definitions import rules as measure_rules
from measures.definitions.finding import measure_of
from measures.definitions.models import Measure
from measures.numbers import results
from measures.numbers.models import DataPoint

# The words of each adjustment: page title, question, effect.
ASKED = {
    AdjustmentKind.PHASE: (
        gettext_lazy("Begin a new phase"),
        gettext_lazy("With which period does it begin?"),
        gettext_lazy(
            "From then on the chart has its own middle. Start a new phase when you know what "
            "changed and that it will last, for example a new team or a new way to count."
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
            "It stays on the chart with a cross, but it does not count. Do this when you know what "
            "went on, for example a flood. Don’t leave it out just because it looks bad. All who "
            "see the chart can read why. You can take it back."
        ),
    ),
}


@require_safe
def chart(request: AgencyRequest, pk: int) -> HttpResponse:
    """Which chart, why, since when, and all adjustments."""
    found = measure_of(request, pk)
    shown = results.of_points(found, results.points_of(found))
    standards = standards_of(request.agency, [found])[found.pk]
    told = first_to_tell(found, numbers_with(found, shown), standards)
    row = told.chart
    may_adjust = rules.adjusting(found, request.member) is None
    return render(
        request,
        "measures/charting/chart.html",
        {
            "measure": found,
            "explained": explained(told),
            "better_as_days": chart_choice.better_as_days(found, shown),
            "choices": [
                {"key": said_day(each.since), "value": choice(each)}
                for each in row.settings.choices
            ],
            "adjustments": [
                _adjusted(found, each, may_undo=may_adjust and each.undone_on is None)
                for each in reversed(row.settings.adjustments)
            ],
            "may_adjust": may_adjust,
            "may_define": measure_rules.defining(found.owner, request.member) is None,
        },
    )


class AdjustmentListed(TypedDict):
    """An adjustment as listed."""

    row: Adjusted
    said: str
    may_undo: bool


def _adjusted(measure: Measure, row: Adjusted, *, may_undo: bool = False) -> AdjustmentListed:
    period = periods.named(measure.frequency, row.period)
    words = {
        AdjustmentKind.PHASE: _("A new phase from %(period)s: %(label)s"),
        AdjustmentKind.BASELINE: _("The start is frozen, up to %(period)s"),
        AdjustmentKind.EXCLUSION: _("%(period)s is left out"),
    }[AdjustmentKind(row.kind)]
    said = words % {"period": period, "label": row.label}
    return AdjustmentListed(row=row, said=said[:1].upper() + said[1:], may_undo=may_undo)


def choose_chart(request: AgencyRequest, pk: int) -> HttpResponse:
    """Choose another chart than the rules did."""
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
        return at(request.agency, "measures:measure", pk=pk), _("The chart is changed.")

    return ask(
        request,
        form,
        act,
        title=_("Choose another chart"),
        about=found.name,
        text=[
            *([choice(chosen)] if chosen else []),
            _("Your reason is shown with the chart. What was chosen before stays on record."),
        ],
        button=_("Use this chart"),
        **_back(request, found),
    )


def _back(request: AgencyRequest, measure: Measure) -> Back:
    return {
        "back": at(request.agency, "measures:chart", pk=measure.pk),
        "back_text": _("Back to how the chart is made"),
    }


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
    held = kind == AdjustmentKind.BASELINE and standards_of(request.agency, [found])[found.pk]
    points = DataPoint.objects.within(request.agency).filter(measure=found).latest_charted()
    shown = results.of_points(found, points)
    # Several results of one day share a name.
    known = dict.fromkeys(row.period for row in reversed(shown) if row.numerator is not None)
    named = [(period, periods.named(found.frequency, period)) for period in known]
    form = form_class.from_request(request, named=named, asks=str(asks))

    def act(form: AdjustForm) -> tuple[str, str]:
        actions.adjust(found, kind=kind, **form.answers, by=request.member)
        return at(request.agency, "measures:measure", pk=pk), _("The chart is changed.")

    return submit(request, form, act) or render(
        request,
        "measures/charting/adjust.html",
        {
            "form": form,
            "measure": found,
            "title": title,
            "does": f"{does} {HELD}" if held else does,
            "none": not named,
        },
    )


def undo(request: AgencyRequest, pk: int) -> HttpResponse:
    """Undo a phase, a frozen baseline or an exclusion."""
    rows = Adjustment.objects.within(request.agency)
    row = get_object_or_404(rows.select_related("by"), pk=pk)
    found = measure_of(request, row.measure_id)
    row.measure = found
    enforce(rules.undoing(row, request.member))
    form = UndoForm.from_request(request)

    def act(form: UndoForm) -> tuple[str, str]:
        actions.undo_adjustment(row, **form.answers, by=request.member)
        return at(request.agency, "measures:chart", pk=found.pk), _("It is taken back.")

    return ask(
        request,
        form,
        act,
        title=_("Take this back"),
        about=_words(found, row),
        quotes=[Quote(row.reason, by=row.by.shown_name)],
        button=_("Take it back"),
        **_back(request, found),
    )


def _words(measure: Measure, row: Adjustment) -> str:
    held = next(each for each in settings_of(measure).adjustments if each.pk == row.pk)
    said: str = _adjusted(measure, held)["said"]
    return said
