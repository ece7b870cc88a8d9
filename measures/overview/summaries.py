"""What a list shows of measures, and what their charts say: read for many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from charts import Sparkline
from foundation.models import Agency
from groups.models import Group
from measures.charting import computing
from measures.charting.findings import Found, Verdict, first_to_tell
from measures.charting.standards import standards_of
from measures.definitions.models import Measure
from measures.numbers import expected_numbers, results


@dataclass(frozen=True)
class Summary:
    """One measure in a list; `late` counts its late numbers, `latest` is empty without any."""

    measure: Measure
    late: int
    latest: str
    said: str
    sparkline: Sparkline
    verdict: Verdict | None

    @property
    def group(self) -> Group:
        """Who owns the measure; it came with it where the list names it."""
        return self.measure.owner


def told(agency: Agency, measures: Sequence[Measure]) -> dict[int, Found]:
    """By key, the findings of measures that came with their numbers."""
    held = standards_of(agency, measures)
    return {
        measure.pk: first_to_tell(measure, results.of_columns(measure), held[measure.pk])
        for measure in measures
    }


def summaries(agency: Agency, measures: Sequence[Measure], on: date) -> list[Summary]:
    """Those of measures that came with their numbers, in their order."""
    found = told(agency, measures)
    return [_summary(measure, found[measure.pk], on) for measure in measures]


def _summary(measure: Measure, found: Found, on: date) -> Summary:
    rows = results.of_columns(measure)
    return Summary(
        measure=measure,
        late=len(expected_numbers.late(measure, {row.period for row in rows}, on)),
        latest=computing.latest(measure, rows),
        said=found.said,
        sparkline=found.small(),
        verdict=found.verdict,
    )
