"""The results of a survey as a file: what the page shows, and nothing more."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.http import AgencyRequest
from foundation.refusals import enforce
from foundation.smallness import Mean
from foundation.spreadsheets import CsvRow, csv_file
from satisfaction import results, rules
from satisfaction.models import SurveyRound
from satisfaction.spread import SpreadPart


@require_safe
def results_csv(request: AgencyRequest, pk: int) -> HttpResponse:
    """One row for each statement of each result that is shown."""
    round_ = get_object_or_404(
        SurveyRound.objects.within(request.agency).select_related("agency"), pk=pk
    )
    enforce(rules.reading_results(round_, request.agency.today()))
    return csv_file(f"survey-{round_.number}.csv", _rows(round_))


def _rows(round_: SurveyRound) -> Iterator[CsvRow]:
    yield [
        _("Surveys"),
        _("Answered"),
        _("Statement"),
        _("Average from 1 to 5"),
        _("Average, people who use services"),
        _("Average, everyone else"),
        _("Answers, rounded to tens"),
    ]
    for result in results.of_round(round_, comments=False):
        how = _("on paper") if result.on_paper else _("on a screen")
        for line in result.lines:
            yield [
                result.numbers,
                how,
                str(line.item.text),
                _told(line.mean),
                _told(line.consumers),
                _told(line.others),
                _parts(line.spread),
            ]


def _told(mean: Mean | None) -> str:
    return _("not shown") if mean is None else str(mean)


def _parts(parts: tuple[SpreadPart, ...]) -> str:
    return ", ".join(part.words for part in parts) if parts else _("not shown")
