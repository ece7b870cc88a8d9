"""Recording, marking as missing and correcting a number; a file to fill in."""

from datetime import date
from typing import TypedDict

from django.http import HttpResponse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation import keys
from foundation.addresses import at
from foundation.asking import ask
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.paging import page_of
from foundation.refusals import enforce
from foundation.spreadsheets import csv_file
from measures.definitions import judges, periods
from measures.definitions.finding import measure_of
from measures.definitions.models import Measure
from measures.kinds.shape import Words
from measures.numbers import actions, expected_numbers, results, rules, validation
from measures.numbers.finding import past_results, point_of
from measures.numbers.forms import CorrectionForm, NoNumberForm, NumberForm, RareDayForm
from measures.numbers.models import DataPoint

# How many periods without a number can be chosen.
OFFERED = 12


def record(request: AgencyRequest, pk: int) -> HttpResponse:
    """Two fields for the next period without a number, unless another one is requested."""
    found = measure_of(request, pk)
    enforce(rules.recording(found, request.member))
    if not found.shape.is_periodic:
        return _record_day(request, found)
    open_periods = _open_periods(found, request.agency.today())
    period = _asked(request) or _next(open_periods)
    if period is None:
        return render(request, "measures/numbers/nothing_to_record.html", {"measure": found})
    period = periods.period_of(found.frequency, period)
    form = NumberForm.from_request(
        request, measure=found, past=past_results(found, period), initial={"period": period}
    )

    def act(form: NumberForm) -> tuple[str, str]:
        actions.record_point(found, **form.answers, by=request.member)
        return at(request.agency, "measures:measure", pk=pk), _(
            "Thank you. The number is on the chart."
        )

    return submit(request, form, act) or render(
        request,
        "measures/numbers/record.html",
        {
            "form": form,
            "measure": found,
            "title": _titled(found.shape.words.add_for, found, period),
            "words": found.shape.words,
            "none_url": f"{at(request.agency, 'measures:no_number', pk=pk)}?period={period}",
            "due": expected_numbers.due_on(found, period)
            if expected_numbers.is_awaited(found, period)
            else None,
            "is_late": any(each.late for each in open_periods if each.period == period),
            "others": [
                {
                    "name": periods.named(found.frequency, each.period),
                    "href": f"?period={each.period}",
                    "late": each.late,
                }
                for each in reversed(open_periods)
                if each.period != period
            ],
        },
    )


def _titled(words: Words, found: Measure, period: date) -> str:
    return str(words) % {"period": periods.named(found.frequency, period)}


def _record_day(request: AgencyRequest, found: Measure) -> HttpResponse:
    """A day on which a rare event happened; none is ever due, so no day is suggested."""
    form = RareDayForm.from_request(request, measure=found, initial={"numerator": 1})

    def act(form: RareDayForm) -> tuple[str, str]:
        actions.record_point(found, **form.answers, by=request.member)
        return at(request.agency, "measures:measure", pk=found.pk), _(
            "Thank you. The day is written down."
        )

    if done := submit(request, form, act):
        return done
    points = DataPoint.objects.within(request.agency).filter(measure=found)
    asked = _asked(request)
    latest = page_of(request, points.order_by("-period"), OFFERED)
    context = {
        "form": form,
        "measure": found,
        "there": _day(found, points.filter(period=asked).first()) if asked else None,
        "latest": [_day(found, point) for point in latest],
        "page": latest,
    }
    return render(request, "measures/numbers/record_day.html", context)


class DayListed(TypedDict):
    """A recorded day, as listed."""

    pk: int
    day: date
    said: str


def _day(found: Measure, point: DataPoint | None) -> DayListed | None:
    if point is None:
        return None
    said = validation.said(found, point.numerator, None)
    return DayListed(pk=point.pk, day=point.period, said=said)


def no_number(request: AgencyRequest, pk: int) -> HttpResponse:
    """Mark a period as having no number, and why, so that nobody waits for it."""
    found = measure_of(request, pk)
    enforce(rules.lacking_a_number(found, request.member))
    period = _asked(request) or _next(_open_periods(found, request.agency.today()))
    if period is None:
        return render(request, "measures/numbers/nothing_to_record.html", {"measure": found})
    period = periods.period_of(found.frequency, period)
    form = NoNumberForm.from_request(request, initial={"period": period})

    def act(form: NoNumberForm) -> tuple[str, str]:
        actions.record_point(found, numerator=None, **form.answers, by=request.member)
        return at(request.agency, "measures:measure", pk=pk), _("Thank you. We know now.")

    named = periods.named(found.frequency, period)
    return ask(
        request,
        form,
        act,
        title=_("No number for %(period)s") % {"period": named},
        about=found.name,
        text=[_("The chart will show a gap. A number that comes later can still be added.")],
        button=_("Save"),
        back=at(request.agency, "measures:record", pk=pk),
        back_text=_("Back to the number"),
        cancel=at(request.agency, "measures:measure", pk=pk),
    )


def _next(open_periods: list[expected_numbers.Awaited]) -> date | None:
    """The oldest awaited period; among those before the measure's time, the latest."""
    if not open_periods:
        return None
    waited = [each for each in open_periods if each.due != date.min]
    return waited[0].period if waited else open_periods[-1].period


def _asked(request: AgencyRequest) -> date | None:
    """The period of a submitted form, or of the address."""
    text = request.POST.get("period") or request.GET.get("period") or ""
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found is not None and periods.is_meant(found.year) else None


def _open_periods(found: Measure, today: date) -> list[expected_numbers.Awaited]:
    """The latest completed periods without a number, in time order."""
    last = periods.latest(found.frequency, today)
    listed = []
    for _count in range(OFFERED):
        listed.append(last)
        last = periods.before(found.frequency, last)
    points = DataPoint.objects.within(found.agency).filter(measure=found, period__in=listed)
    there = set(points.values_list("period", flat=True))
    waited = {each.period: each for each in expected_numbers.awaited(found, there, today)}
    return [
        waited.get(period, expected_numbers.Awaited(period, date.min, late=False))
        for period in sorted(listed)
        if period not in there
    ]


@require_safe
def template_file(request: AgencyRequest, pk: int) -> HttpResponse:
    """A CSV file to fill in: a row for each period without a number, as an import reads it."""
    found = measure_of(request, pk)
    enforce(rules.recording(found, request.member))
    lacking = _open_periods(found, request.agency.today()) if found.shape.is_periodic else []
    head = found.shape.columns
    rows = [[each.period.isoformat(), *[""] * (len(head) - 1)] for each in lacking]
    return csv_file(f"measure-{keys.code_of(found)}-to-fill-in.csv", [head, *rows])


def correct(request: AgencyRequest, pk: int) -> HttpResponse:
    point = point_of(request, pk)
    enforce(rules.correcting(point, request.member))
    form = CorrectionForm.from_request(
        request,
        measure=point.measure,
        past=past_results(point.measure, point.period),
        initial={
            "version": point.version,
            "numerator": point.numerator,
            "denominator": point.denominator,
            "values": point.values,
        },
    )

    def act(form: CorrectionForm) -> tuple[str, str]:
        actions.correct_point(
            point, **form.answers, version=form.cleaned_data["version"], by=request.member
        )
        return at(request.agency, "measures:measure", pk=point.measure_id), _(
            "The number is corrected."
        )

    return submit(request, form, act) or render(
        request,
        "measures/numbers/correct.html",
        {
            "form": form,
            "measure": point.measure,
            "point": point,
            "starts": judges.frozen(point.measure, [point.period]),
            "title": _titled(point.measure.shape.words.correct_for, point.measure, point.period),
            "words": point.measure.shape.words,
        },
    )


@require_safe
def numbers_file(request: AgencyRequest, pk: int) -> HttpResponse:
    """All numbers as CSV, in the format an import reads."""
    found = measure_of(request, pk)
    head = [
        *found.shape.columns,
        "result",
        "came on",
        "came late",
        "missing because",
        "corrected because",
    ]
    points = list(DataPoint.objects.within(request.agency).filter(measure=found).in_time_order())
    # Of several results of one period, show the first.
    shown = {
        row.period: results.result(found, row) for row in reversed(results.of_points(found, points))
    }
    rows = [_numbers_row(found, point, shown.get(point.period)) for point in points]
    return csv_file(f"measure-{keys.code_of(found)}.csv", [head, *rows])


def _numbers_row(found: Measure, point: DataPoint, shown: float | None) -> list[str | float]:
    pair = (
        [point.numerator, point.denominator] if found.shape.has_denominator else [point.numerator]
    )
    given = ["" if value is None else validation.shown(value) for value in pair]
    return [
        point.period.isoformat(),
        *([validation.in_line(point.values or ())] if found.shape.has_values else given),
        "" if shown is None else round(shown, 4),
        point.came_on.isoformat(),
        _("yes") if expected_numbers.came_late(found, point) else "",
        point.missing_because,
        point.reason,
    ]
