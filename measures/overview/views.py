"""All measures, and the page of one."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.http import HttpResponse
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.pages import render
from foundation.paging import page_of
from measures.charting import chart_choice
from measures.charting.annotations import marks
from measures.charting.columns import with_numbers
from measures.charting.explaining import explained
from measures.charting.finding import charted_measure_of
from measures.charting.findings import first_to_tell
from measures.charting.standards import standards_of
from measures.definitions import periods
from measures.definitions import rules as measure_rules
from measures.definitions.finding import page_of as page_of_owner
from measures.definitions.models import Measure
from measures.importing.finding import files_of
from measures.numbers import expected_numbers, results
from measures.numbers import rules as number_rules
from measures.numbers.models import LATEST, DataPoint
from measures.overview.definition import definition
from measures.overview.summaries import summaries
from measures.overview.told import ToldMeasure

A_PAGE = 20


# Numbers that are offered to be corrected from the page, the latest first.
CORRECTABLE = 24


@require_safe
def measures(request: AgencyRequest) -> HttpResponse:
    """Those of all groups that the member may know of, each with its line and its sentence."""
    today = request.agency.today()
    rows = Measure.objects.within(request.agency).visible_to(request.member, today).in_use()
    ordered = with_numbers(rows.select_related("owner")).order_by("owner__name", "name", "pk")
    shown = page_of(request, ordered, A_PAGE)
    return render(
        request,
        "measures/overview/measures.html",
        {"page": shown, "rows": summaries(request.agency, list(shown), today)},
    )


@require_safe
def measure(request: AgencyRequest, pk: int) -> HttpResponse:
    """The chart with its sentence, and what exactly is counted."""
    found = charted_measure_of(request, pk)
    points = DataPoint.objects.within(request.agency).filter(measure=found).latest_charted()
    shown = results.of_points(found, points)
    today = request.agency.today()
    happened = marks(found) if points else []
    standards = standards_of(request.agency, [found])[found.pk]
    # The chart speaks of one plan; others are told below, each with a start of its own.
    first = first_to_tell(found, shown, standards)
    noted = expected_numbers.marks(found, points, today)
    figure = first.figure(
        [(mark.on, str(mark.number)) for mark in happened],
        csv_url=at(request.agency, "measures:numbers", pk=pk),
        notes=noted,
    )
    return render(
        request,
        "measures/overview/measure.html",
        {
            "measure": found,
            "group": found.owner,
            "owner_page": page_of_owner(found.owner),
            "told": ToldMeasure(first, shown, standards),
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
            "better_as_days": chart_choice.better_as_days(found, shown),
            "explained": explained(first),
            "marks": happened,
            "definition": definition(found),
            "files": files_of(request, found),
            "noted": page_of(request, _noted(found, noted), CORRECTABLE, parameter="noted"),
            "may_record": number_rules.recording(found, request.member) is None,
            "may_define": measure_rules.defining(found.owner, request.member) is None,
            "may_change": measure_rules.redefining(found, request.member) is None,
            "may_retire": measure_rules.retiring(found, request.member) is None,
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
