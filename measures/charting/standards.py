"""Standards for measures: baselines and goals set by upper apps, such as plans."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from foundation.models import Agency
from measures.definitions.models import Measure
from measures.numbers.results import MeasureResult


@dataclass(frozen=True)
class Standard:
    """A baseline and a goal in the displayed units, and the name of the plan that set them.

    `through` is the last period of the frozen baseline, and `before` its results that are no longer
    charted, in time order. `key` tells the app that set it which one it is.
    """

    title: str
    baseline: Decimal | None = None
    through: date | None = None
    target: Decimal | None = None
    before: Sequence[MeasureResult] = ()
    key: int | None = None


Source = Callable[[Agency, Sequence[Measure]], dict[int, list[Standard]]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Register a source of standards, by key of measure, in order of precedence."""
    _sources.append(source)


def standards_of(agency: Agency, measures: Iterable[Measure]) -> dict[int, list[Standard]]:
    """The standards of these measures, by key, in order of precedence."""
    rows = list(measures)
    found: dict[int, list[Standard]] = {measure.pk: [] for measure in rows}
    for source in _sources if rows else ():
        for key, standards in source(agency, rows).items():
            found[key] += standards
    return found
