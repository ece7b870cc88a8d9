"""All measures, and the page of one."""

from collections.abc import Mapping
from datetime import date

from django.http import HttpResponse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from accounts.models import Member
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of
from measures.charting import chart_choice
from measures.charting.annotations import marks
from measures.charting.explaining import explained
from measures.charting.findings import first_to_tell
from measures.charting.reading import numbers_with
from measures.charting.standards import standards_of
from measures.definitions import periods
from measures.definitions import rules as measure_rules
from measures.definitions.finding import measure_of, owners_of
from measures.definitions.finding import page_of as page_of_owner
from measures.definitions.models import Measure
from measures.importing.finding import files_of
from measures.numbers import expected_numbers, results
from measures.numbers import rules as number_rules
from measures.overview.definition import definition
from measures.overview.presenting import (
    CORRECTABLE,
    MeasureParts,
    MeasureRights,
    measure_page,
)
from measures.overview.summaries import summaries
from measures.overview.told import ToldMeasure

A_PAGE = 20


@require_safe
def measures(request: AgencyRequest) -> HttpResponse:
    """Measures of all groups the member may know of, each with its sparkline and finding."""
    today = request.agency.today()
    rows = Measure.objects.within(request.agency).visible_to(request.member, today).in_use()
    ordered = rows.select_related("owner").order_by("owner__name", "name", "pk")
    shown = page_of(request, ordered, A_PAGE)
    return render(
        request,
        "measures/overview/measures.html",
        {"page": shown, "rows": summaries(request.agency, list(shown), today)},
    )


@require_safe
def measure(request: AgencyRequest, pk: int) -> HttpResponse:
    """The chart with its finding, and what exactly is counted."""
    found = measure_of(request, pk)
    points = results.points_of(found)
    shown = results.of_points(found, points)
    today = request.agency.today()
    happened = marks(found) if points else []
    standards = standards_of(request.agency, [found])[found.pk]
    # The chart reports on one plan; others follow below, each with its own baseline.
    numbers = numbers_with(found, shown)
    first = first_to_tell(found, numbers, standards)
    noted = expected_numbers.marks(found, points, today)
    figure = first.figure(
        [(mark.on, str(mark.number)) for mark in happened],
        csv_url=at(request.agency, "measures:numbers", pk=pk),
        notes=noted,
    )
    home = page_of_owner(found.owner)
    owned = owners_of(request, found)
    parts = MeasureParts(found, points, shown, figure, len(happened), home, owned)
    return render(
        request,
        "measures/overview/measure.html",
        {
            "measure": found,
            "group": found.owner,
            "owner_page": home,
            "told": ToldMeasure(first, numbers, standards),
            "spread": first.spread(),
            "better_as_days": chart_choice.better_as_days(found, shown),
            "explained": explained(first),
            "marks": happened,
            "definition": definition(found),
            "files": files_of(request, found),
            "noted": page_of(request, _noted(found, noted), CORRECTABLE, parameter="noted"),
            "may_define": measure_rules.defining(found.owner, request.member) is None,
            "page": measure_page(parts, _rights(found, request.member), today),
        },
    )


def _rights(found: Measure, member: Member) -> MeasureRights:
    # The same people may retire it and hand it over, so ask once: each time consults the plans.
    may_let_go = measure_rules.retiring(found, member) is None
    return MeasureRights(
        record=number_rules.recording(found, member) is None,
        change=measure_rules.redefining(found, member) is None,
        hand_over=may_let_go,
        retire=may_let_go,
    )


def _noted(found: Measure, said: Mapping[date, str]) -> list[dict[str, str]]:
    """Notes on single numbers, latest first: late, corrected, why missing."""
    return [
        {"key": capfirst(periods.named(found.frequency, period)), "value": said[period]}
        for period in sorted(said, reverse=True)
    ]
