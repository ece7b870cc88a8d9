"""Measures: all of them, each with its chart, defined and changed."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from cells import (
    actions,
    awaited,
    baselines,
    charting,
    choosing,
    judging,
    numbers,
    periods,
    ramps,
    results,
    rules,
)
from cells.findings import Found, Plan, first_to_tell
from cells.findings import found as finding_of
from cells.forms import KindForm, MeasureEditForm, MeasureForm
from cells.importing import names
from cells.marks import marks
from cells.models import (
    ActionPlan,
    Cell,
    DataPoint,
    Measure,
    Way,
)
from cells.models.measures import LATEST
from cells.views.charts import explained
from cells.views.cycles import state
from cells.views.files import csv_file
from cells.views.finding import cell_of, measure_of, people_of
from cells.views.imports import files_of
from foundation import keys
from foundation.addresses import at
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.pages import render, submit
from foundation.paging import page_of
from foundation.refusals import enforce

A_PAGE = 20
# Numbers that are offered to be corrected from the page, the latest first.
CORRECTABLE = 24


@require_safe
def measures(request: AgencyRequest) -> HttpResponse:
    """Those of all cells that the member may know of, each with its line and its sentence."""
    today = request.agency.today()
    rows = Measure.objects.within(request.agency).visible_to(request.member, today).in_use()
    ordered = judging.with_standard(rows.select_related("cell__group").with_numbers())
    shown = page_of(request, ordered.order_by("cell__group__name", "name", "pk"), A_PAGE)
    return render(
        request,
        "cells/measures.html",
        {"page": shown, "rows": [summary(measure, today) for measure in shown]},
    )


def summary(measure: Measure, on: date) -> dict[str, Any]:
    """What a list shows of a measure that came with its numbers."""
    rows, told = results.of_columns(measure), judging.so_far(measure)
    return {
        "measure": measure,
        "late": len(awaited.late(measure, {row.period for row in rows}, on)),
        "latest": charting.latest(measure, rows),
        "said": told.said,
        "sparkline": told.small(),
        "verdict": told.verdict,
    }


@require_safe
def measure(request: AgencyRequest, pk: int) -> HttpResponse:
    """The chart with its sentence, and what exactly is counted."""
    found = measure_of(request, pk)
    points = DataPoint.objects.within(request.agency).filter(measure=found).latest_charted()
    used = judging.of_measure(found)
    shown = results.of_points(found, points)
    today = request.agency.today()
    tests = list(ramps.tried(found))
    happened = marks(found) if points else []
    plans = [Plan(each, each.plan.opportunity.title) for each in used]
    touched = baselines.open_for(request.agency, [each.pk for each in used]) if used else set()
    # The chart speaks of one plan; others are told below, each with a start of its own.
    first = first_to_tell(found, shown, plans)
    noted = awaited.marks(found, points, today)
    figure = first.figure(
        [(mark.on, str(mark.number)) for mark in happened],
        csv_url=at(request.agency, "cells:numbers", pk=pk),
        notes=noted,
    )
    return render(
        request,
        "cells/measure.html",
        {
            "measure": found,
            "cell": found.cell,
            "points": points,
            "cut": len(points) == LATEST,
            "latest": [
                {"pk": point.pk, "name": periods.named(found.frequency, point.period)}
                for point in reversed(points[-CORRECTABLE:])
            ],
            "older": len(points) > CORRECTABLE,
            "figure": figure,
            "spread": first.spread(),
            "since": _since(found, points, shown, today),
            "better_as_days": choosing.better_as_days(found, shown),
            "explained": explained(first),
            "marks": happened,
            "plans": [_plan(first, plan, shown, touched) for plan in plans],
            "tests": [{"cycle": each, **state(each)} for each in tests],
            "definition": _definition(found),
            "files": files_of(request, found),
            "noted": page_of(request, _noted(found, noted), CORRECTABLE, parameter="noted"),
            "may_record": rules.recording(found, request.member) is None,
            "may_define": rules.defining(found.cell, request.member) is None,
            "may_change": rules.redefining(found, request.member) is None,
            "may_retire": rules.retiring(found, request.member) is None,
        },
    )


def _since(
    found: Measure, points: Sequence[DataPoint], shown: Sequence[results.Result], on: date
) -> str:
    """How long ago something rare happened last, in words; empty for other measures."""
    days = [point.period for point in points if not point.missing]
    if found.is_periodic or not days:
        return ""
    passed = (on - days[-1]).days
    if passed <= 0:
        return _("It last happened today.")
    said = ngettext(
        "It last happened %(day)s, %(n)d day ago.",
        "It last happened %(day)s, %(n)d days ago.",
        passed,
    ) % {"day": formats.date_format(days[-1], "F j, Y"), "n": passed}
    longest = max((row.numerator for row in shown if row.numerator is not None), default=None)
    if longest is not None and passed > longest:
        said += " " + _("That is longer than ever before on this chart.")
    return said


def _noted(found: Measure, said: Mapping[date, str]) -> list[dict[str, str]]:
    """What is to be said of single numbers, the latest first: late, corrected, why none."""
    return [
        {"key": capfirst(periods.named(found.frequency, period)), "value": said[period]}
        for period in sorted(said, reverse=True)
    ]


def _plan(
    first: Found, plan: Plan, shown: Sequence[results.Result], touched: set[int]
) -> dict[str, Any]:
    """A plan that is judged by the measure; `speaks` if the chart tells of it.

    `touched`: standards whose baseline waits to be confirmed.
    """
    speaks = plan is first.plan
    measure, standard = first.measure, plan.standard
    told = first if speaks else finding_of(measure, shown, plan)
    return {
        "plan": standard.plan,
        "title": plan.title,
        "speaks": speaks,
        "baseline": charting.amount(measure, told.start),
        "is_open": standard.pk in touched,
        "target": charting.amount(measure, standard.target),
        "target_on": standard.target_on,
        "verdict": told.verdict,
    }


def _definition(found: Measure) -> list[dict[str, Any]]:
    rows = [
        (_("Kind"), found.get_kind_display()),
        (_("What is counted"), found.numerator),
        (_("Out of what"), found.denominator),
        (_("Shown for every"), found.per if found.per > 1 else ""),
        (_("Unit"), found.unit),
        (_("Better"), _better(found)),
        (_("How often"), found.get_frequency_display() if found.is_periodic else ""),
        (_("Where it comes from"), found.source),
        (_("Who writes it down"), found.collected_by.shown_name),
        (_("How soon"), _how_soon(found) if found.is_periodic else ""),
        (_("What is expected"), _expected(found)),
        (_("Who or what counts"), found.inclusion),
        (_("Who or what does not count"), found.exclusion),
        (_("Why it was changed last"), found.reason),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _better(found: Measure) -> str:
    of_days = {
        Way.INCREASE: _("More days from one time to the next"),
        Way.DECREASE: _("Fewer days from one time to the next"),
    }
    said = None if found.is_periodic else of_days.get(Way(found.direction))
    return said or found.get_direction_display()


def _how_soon(found: Measure) -> str:
    if found.lag == 0:
        return _("On the last day of each period; later is late")
    said = ngettext(
        "Within %(n)d day after each period; later is late",
        "Within %(n)d days after each period; later is late",
        found.lag,
    )
    return said % {"n": found.lag}


def _expected(found: Measure) -> str:
    """The plausible range in words; empty without one."""
    words = {
        "least": charting.amount(found, found.lowest),
        "most": charting.amount(found, found.highest),
    }
    if found.lowest is not None and found.highest is not None:
        return _("From %(least)s to %(most)s") % words
    if found.lowest is not None:
        return _("%(least)s or more") % words
    return _("%(most)s or less") % words if found.highest is not None else ""


@require_safe
def numbers_file(request: AgencyRequest, pk: int) -> HttpResponse:
    """All numbers as CSV: the file that an import reads."""
    found = measure_of(request, pk)
    head = names(found)
    head += ["result", "came on", "came late", "missing because", "corrected because"]
    points = list(DataPoint.objects.within(request.agency).filter(measure=found).in_time_order())
    # Of several results of one period the first is shown, as they come.
    shown = {
        row.period: charting.result(found, row)
        for row in reversed(results.of_points(found, points))
    }
    rows = [_numbers_row(found, point, shown.get(point.period)) for point in points]
    return csv_file(f"measure-{keys.code_of(found)}.csv", [head, *rows])


def _numbers_row(found: Measure, point: DataPoint, shown: float | None) -> list[Any]:
    pair = [point.numerator, point.denominator] if found.has_denominator else [point.numerator]
    given = ["" if value is None else numbers.shown(value) for value in pair]
    return [
        point.period.isoformat(),
        *([numbers.in_line(point.values or ())] if found.has_values else given),
        "" if shown is None else round(shown, 4),
        point.came_on.isoformat(),
        _("yes") if awaited.came_late(found, point) else "",
        point.missing_because,
        point.reason,
    ]


def define(request: AgencyRequest, pk: int) -> HttpResponse:
    """First the kind (GET), then the definition that fits it."""
    cell = cell_of(request, pk)
    enforce(rules.defining(cell, request.member))
    asked = KindForm(request.GET if "kind" in request.GET else None, initial=request.GET.dict())
    if not asked.is_valid():
        return render(request, "cells/measure_kind.html", {"form": asked, "cell": cell})
    kind = asked.cleaned_data["kind"]
    form = MeasureForm.from_request(
        request,
        kind=kind,
        members=people_of(request, cell),
        initial={"collected_by": request.member.pk},
    )

    def act(form: MeasureForm) -> tuple[str, str]:
        made = actions.define(cell, **form.answers, kind=kind, by=request.member)
        if page := _asked_by(request, cell):
            back = f"{page}?measure={keys.code_of(made)}"
            return back, _("The measure is defined. Go on with the plan.")
        return at(request.agency, "cells:measure", pk=made.pk), _("The measure is defined.")

    return submit(request, form, act) or render(
        request, "cells/define.html", {"form": form, "cell": cell}
    )


def _asked_by(request: AgencyRequest, cell: Cell) -> str:
    """The page of a plan of this cell that a measure is defined for; empty without one."""
    plans = ActionPlan.objects.within(request.agency).filter(opportunity__cell=cell)
    for page in ("standard", "watch"):
        key = keys.key("actionplan", request.GET.get(page, ""))
        if key is not None and plans.filter(pk=key).exists():
            return at(request.agency, f"cells:{page}", pk=key)
    return ""


def change_measure(request: AgencyRequest, pk: int) -> HttpResponse:
    found = measure_of(request, pk)
    enforce(rules.redefining(found, request.member))
    fields = actions.DEFINITION
    form = MeasureEditForm.from_request(
        request,
        kind=found.kind,
        members=people_of(request, found.cell),
        initial={"version": found.version}
        | {name: getattr(found, name) for name in fields if name != "collected_by"}
        | {"collected_by": found.collected_by_id}
        | {name: _plain(getattr(found, name)) for name in ("lowest", "highest")},
    )

    locked = rules.leaned_on(found)
    for name in actions.LOCKED if locked else ():
        if name in form.fields:
            form.fields[name].disabled = True

    def act(form: MeasureEditForm) -> str:
        version = form.cleaned_data["version"]
        actions.redefine(found, **form.answers, version=version, by=request.member)
        return at(request.agency, "cells:measure", pk=pk)

    return submit(request, form, act) or render(
        request,
        "cells/change_measure.html",
        {"form": form, "measure": found, "locked": locked},
    )


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def retire(request: AgencyRequest, pk: int) -> HttpResponse:
    found = measure_of(request, pk)
    enforce(rules.retiring(found, request.member))
    form = PortalForm.from_request(request)

    def act(form: PortalForm) -> str:
        actions.retire(found, by=request.member)
        return at(request.agency, "cells:measure", pk=pk)

    return submit(request, form, act) or render(
        request, "cells/retire.html", {"form": form, "measure": found}
    )
