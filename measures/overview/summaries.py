"""Measures as lists show them, with their findings; read for many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from charts import Sparkline
from foundation.models import Agency
from groups.models import Group
from measures.charting import computing
from measures.charting.findings import Found, PlanVerdict, first_to_tell
from measures.charting.reading import Numbers, numbers_of
from measures.charting.standards import standards_of
from measures.definitions.models import Measure
from measures.numbers import expected_numbers
from measures.numbers.results import MeasureResult


@dataclass(frozen=True)
class MeasureSummary:
    """One measure in a list; `late` counts its late numbers, `latest` is empty without any."""

    measure: Measure
    late: int
    latest: str
    said: str
    sparkline: Sparkline
    verdict: PlanVerdict | None

    @property
    def group(self) -> Group:
        """The measure's owner, loaded if the list names it."""
        return self.measure.owner


def told(
    agency: Agency, measures: Sequence[Measure], numbers: Mapping[int, Numbers]
) -> dict[int, Found]:
    """The findings of measures, by key, from their numbers by key."""
    held = standards_of(agency, measures)
    return {
        measure.pk: first_to_tell(measure, numbers[measure.pk], held[measure.pk])
        for measure in measures
    }


def summaries(agency: Agency, measures: Sequence[Measure], on: date) -> list[MeasureSummary]:
    """Summaries of these measures, in their order; a fixed number of queries."""
    numbers = numbers_of(agency, measures)
    found = told(agency, measures, numbers)
    return [_summary(each, found[each.pk], numbers[each.pk].results, on) for each in measures]


def _summary(
    measure: Measure, found: Found, rows: Sequence[MeasureResult], on: date
) -> MeasureSummary:
    return MeasureSummary(
        measure=measure,
        late=len(expected_numbers.late(measure, {row.period for row in rows}, on)),
        latest=computing.latest(measure, rows),
        said=found.said,
        sparkline=found.small(),
        verdict=found.verdict,
    )
