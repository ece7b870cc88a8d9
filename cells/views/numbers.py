"""A period's number written down or corrected; a file of numbers brought in."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cells import actions, periods, rules
from cells.actions.imports import compare
from cells.forms import ColumnsForm, CorrectionForm, ImportForm, NumberForm, UploadForm
from cells.importing import Preview, Sheet, filters, guess
from cells.importing.values import FIRST_YEAR, LAST_YEAR
from cells.models import DataPoint, ImportDraft, Measure
from cells.views.finding import draft_of, measure_of, point_of
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.refusals import enforce

# Periods without a number that can be chosen, and rows of a preview that are shown.
OFFERED = 12
SHOWN = 20


def record(request: AgencyRequest, pk: int) -> HttpResponse:
    """The next period without a number, unless another one is asked for: two fields."""
    found = measure_of(request, pk)
    enforce(rules.recording(found, request.member))
    open_periods = _open_periods(found, request.agency.today())
    period = _asked(request) or (open_periods[-1] if open_periods else None)
    if period is None:
        return render(request, "cells/nothing_to_record.html", {"measure": found})
    period = periods.period_of(found.frequency, period)
    form = NumberForm.from_request(request, measure=found, initial={"period": period})

    def act(form: NumberForm) -> tuple[str, str]:
        actions.record_point(found, **form.answers, by=request.member)
        return at(request.agency, "cells:measure", pk=pk), _(
            "Thank you. The number is on the chart."
        )

    return submit(request, form, act) or render(
        request,
        "cells/record.html",
        {
            "form": form,
            "measure": found,
            "period": periods.named(found.frequency, period),
            "others": [
                {
                    "name": periods.named(found.frequency, each),
                    "href": f"?period={each.isoformat()}",
                }
                for each in reversed(open_periods)
                if each != period
            ],
        },
    )


def _asked(request: AgencyRequest) -> date | None:
    """The period of a form that was sent, or of the address."""
    text = request.POST.get("period") or request.GET.get("period") or ""
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found is not None and FIRST_YEAR <= found.year <= LAST_YEAR else None


def _open_periods(found: Measure, today: date) -> list[date]:
    """The latest periods that are over and have no number, in time order."""
    last = periods.latest(found.frequency, today)
    listed = []
    for _count in range(OFFERED):
        listed.append(last)
        last = periods.before(found.frequency, last)
    points = DataPoint.objects.within(found.agency).filter(measure=found, period__in=listed)
    there = set(points.values_list("period", flat=True))
    return sorted(period for period in listed if period not in there)


def correct(request: AgencyRequest, pk: int) -> HttpResponse:
    point = point_of(request, pk)
    enforce(rules.correcting(point, request.member))
    form = CorrectionForm.from_request(
        request,
        measure=point.measure,
        initial={
            "version": point.version,
            "numerator": _plain(point.numerator),
            "denominator": _plain(point.denominator),
        },
    )

    def act(form: CorrectionForm) -> tuple[str, str]:
        actions.correct_point(
            point, **form.answers, version=form.cleaned_data["version"], by=request.member
        )
        return at(request.agency, "cells:measure", pk=point.measure_id), _(
            "The number is corrected."
        )

    return submit(request, form, act) or render(
        request,
        "cells/correct.html",
        {
            "form": form,
            "measure": point.measure,
            "point": point,
            "period": periods.named(point.measure.frequency, point.period),
        },
    )


def _plain(value: Any) -> str:
    return "" if value is None else f"{value.normalize():f}"


def upload(request: AgencyRequest, pk: int) -> HttpResponse:
    found = measure_of(request, pk)
    enforce(rules.recording(found, request.member))
    form = UploadForm.from_request(request)

    def act(form: UploadForm) -> str:
        data = form.cleaned_data["file"].read()
        draft = actions.upload(found, data=data, by=request.member)
        return at(request.agency, "cells:columns", pk=draft.pk)

    return submit(request, form, act) or render(
        request, "cells/upload.html", {"form": form, "measure": found}
    )


def columns(request: AgencyRequest, pk: int) -> HttpResponse:
    draft = draft_of(request, pk)
    enforce(rules.importing(draft, request.member))
    found = draft.measure
    sheet = Sheet(draft.head, draft.rows)
    form = ColumnsForm.from_request(
        request,
        measure=found,
        head=draft.head,
        filters=filters(sheet),
        initial=draft.columns or guess(sheet, has_denominator=found.has_denominator),
    )

    def act(form: ColumnsForm) -> str:
        actions.choose_columns(draft, columns=form.columns, by=request.member)
        return at(request.agency, "cells:import", pk=pk)

    return submit(request, form, act) or render(
        request,
        "cells/columns.html",
        {"form": form, "measure": found, "head": draft.head, "rows": draft.rows[:3]},
    )


def preview(request: AgencyRequest, pk: int) -> HttpResponse:
    """What would happen; then it does happen, all at once."""
    draft = draft_of(request, pk)
    enforce(rules.importing(draft, request.member))
    found = compare(draft, request.agency.today())
    form = ImportForm.from_request(request, wrong=len(found.wrong), changed=len(found.changed))

    def act(form: ImportForm) -> tuple[str, str]:
        answers = form.answers
        answers["correct"] = answers.get("correct") == "correct"
        done = actions.import_numbers(draft, **answers, by=request.member)
        message = ngettext(
            "%(count)d number is on the chart.", "%(count)d numbers are on the chart.", done.written
        ) % {"count": done.written}
        return at(request.agency, "cells:measure", pk=draft.measure_id), message

    return submit(request, form, act) or render(
        request, "cells/import.html", {"form": form, **_shown(draft, found)}
    )


def _shown(draft: ImportDraft, found: Preview) -> dict[str, Any]:
    frequency = draft.measure.frequency
    return {
        "measure": draft.measure,
        "draft": draft,
        "found": found,
        "wrong": found.wrong[:SHOWN],
        "wrong_further": max(0, len(found.wrong) - SHOWN),
        "changed": [
            {
                "row": change.parsed.row,
                "period": periods.named(frequency, change.parsed.period),
                "was": _pair(change.point.numerator, change.point.denominator),
                "now": _pair(change.parsed.numerator, change.parsed.denominator),
            }
            for change in found.changed[:SHOWN]
        ],
        "new": [
            [
                periods.named(frequency, parsed.period),
                _pair(parsed.numerator, parsed.denominator),
            ]
            for parsed in found.new[:SHOWN]
        ],
        "new_further": max(0, len(found.new) - SHOWN),
        "nothing": not found.new and not found.changed,
    }


def _pair(numerator: Any, denominator: Any) -> str:
    if numerator is None:
        return _("no number")
    if denominator is None:
        return _plain(numerator)
    return _("%(part)s of %(all)s") % {"part": _plain(numerator), "all": _plain(denominator)}
