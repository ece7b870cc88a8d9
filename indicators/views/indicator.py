"""One indicator: its criteria, its past, and its settings."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.addresses import at
from foundation.founding import Founding, founding
from foundation.http import AgencyRequest
from foundation.models import PolicyChange
from foundation.pages import render
from foundation.refusals import enforce
from indicators import founding as founded
from indicators import registry, rules, words
from indicators.cards import Seen, card, kept, seen_in
from indicators.corrections import corrections
from indicators.criteria import criteria
from indicators.engine import evaluate
from indicators.forms import PastDayForm
from indicators.history import HistoryPoint, covered, ending_with, monthly, without_numbers
from indicators.models import IndicatorSnapshot
from indicators.pictures import run_chart
from indicators.registry import Indicator, Number
from indicators.terms import terms

MONTHS = 24


def find(code: str) -> Indicator:
    """The indicator of an address, or 404."""
    indicator = registry.find(code)
    if indicator is None:
        raise Http404
    return indicator


@require_safe
def indicator(request: AgencyRequest, code: str) -> HttpResponse:
    found = find(code)
    agency, today = request.agency, request.agency.today()
    form = (
        PastDayForm(request.GET, agency=request.agency)
        if "on" in request.GET
        else PastDayForm(agency=request.agency)
    )
    past = form.is_bound and form.is_valid() and form.cleaned_data["on"] < today
    on = form.cleaned_data["on"] if past else today
    refusal = rules.comparing_days(found.discreet, request.member)
    if past:
        enforce(refusal)
    seen = _seen(request, found, on, past=past)
    told = refusal is None
    history = monthly(agency, on, months=MONTHS, indicator=found.code) if told else {}
    points = history.get(found.code, [])
    if told and seen is not None:
        # A quiet month has no snapshot of its own yet.
        points = ending_with(points, seen.day, seen.status, seen.value, seen.goal)
    days = founding(agency)
    hidden = rules.comparing_days(found.hides_number, request.member)
    if hidden is not None:
        points = without_numbers(points)
    changes = PolicyChange.objects.within(agency).newest_first()
    changes = changes.filter(code__in=[each.code for each in found.settings])
    context: dict[str, Any] = {
        "indicator": found,
        "seen": seen,
        "card": card(agency, seen, points, request.member, days) if seen else None,
        "criteria": criteria(agency, seen, request.member, days) if seen else [],
        "refusal_to_compare": refusal,
        "number_hidden": told and hidden is not None,
        "figure": run_chart(found, points),
        "month_head": [_("Month"), _("How it stood"), _("Number")],
        "months": _months(found, founded.points_shown(found, days, points)),
        "terms": terms(found.settings, list(changes), on),
        "form": form if form.is_bound else None,
        "as_of": form,
        "on": on if past else None,
        "corrected": corrections(agency, on, {found.code}) if past else [],
        "may_change": rules.changing_settings(request.member) is None,
        "csv_url": at(agency, "indicators:csv", code=found.code),
    }
    return render(request, "indicators/indicator.html", context)


def _seen(request: AgencyRequest, found: Indicator, on: Any, *, past: bool) -> Seen | None:
    agency = request.agency
    if past:
        results = evaluate([agency.pk], on, indicators=[found])
        return seen_in(results[agency.pk][found.code])
    rows = IndicatorSnapshot.objects.within(agency).filter(indicator=found.code)
    newest = kept(rows.order_by("-pk")[:1], covered(agency))
    return newest[0] if newest else None


def _months(found: Indicator, points: Sequence[HistoryPoint]) -> list[list[Any]]:
    """The table of months, newest first."""
    return [
        [
            date_format(point.month, "F Y"),
            {"status": point.status},
            words.value(found, point.value, point.goal) or _("None shown"),
        ]
        for point in reversed(points)
    ]


@require_safe
def as_csv(request: AgencyRequest, code: str) -> HttpResponse:
    """The stored results, one row for each day of a change, and how it stands now.

    Numbers and codes only.
    """
    found, agency = find(code), request.agency
    enforce(rules.comparing_days(found.discreet, request.member))
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="indicator-{found.code}.csv"'},
    )
    writer = csv.writer(response)
    writer.writerow(["day", "status", "status in words", "since", "value", "goal"])
    snapshots = IndicatorSnapshot.objects.within(agency).filter(indicator=found.code)
    counted = rules.comparing_days(found.hides_number, request.member) is None
    days = founding(agency)
    before, day, row = None, None, None
    for each in _with_end_of_founding(snapshots.of_days().defer("settings"), found, days):
        on, row = each
        told = _told(row, row.value if counted else "", found, days, on)
        # Rows are stored on every change; a repeated one would reveal that something changed.
        if counted or told != before:
            writer.writerow([on, *told])
            day = on
        before = told
    now = kept([row], covered(agency)) if row is not None else []
    if row is not None and now and now[0].day != day:
        on, value = now[0].day, _plain(now[0].value) if counted else ""
        writer.writerow([on, *_told(row, value, found, days, on)])
    return response


def _with_end_of_founding(
    rows: Iterable[IndicatorSnapshot], found: Indicator, days: Founding
) -> Iterator[tuple[date, IndicatorSnapshot]]:
    """The rows with their days, and the last one of the founding again for the day after it."""
    last = None
    for row in rows:
        if last is not None and found.after_founding and last.day < days.over < row.day:
            yield days.over, last
        yield row.day, row
        last = row


def _told(
    row: IndicatorSnapshot, value: object, found: Indicator, days: Founding, on: date
) -> list[object]:
    status = founded.shown(found, days, on, row.status)
    words = founded.label(status, days.day(on))
    since = founded.since(days, found, row.status_since, on)
    return [status, words, since or days.first, value, row.goal]


def _plain(value: Number | None) -> Decimal | None:
    return None if value is None else Decimal(value).quantize(Decimal("0.01"))
