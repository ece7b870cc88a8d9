"""What a measure is held against: the starts and goals that upper apps, such as plans, set."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from foundation.models import Agency
from measures.definitions.models import Measure
from measures.numbers.results import MeasureResult


@dataclass(frozen=True)
class Standard:
    """A start and a goal, in the units shown, and what the plan is called that set them.

    `through` is the last period of the frozen start, and `before` are its results that are charted
    no longer, in time order. `key` tells whoever set it which one it is.
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
    """Give, by key of a measure, its standards in the order in which they speak for it."""
    _sources.append(source)


def standards_of(agency: Agency, measures: Iterable[Measure]) -> dict[int, list[Standard]]:
    """By key, the standards of these measures, in the order in which they speak for it."""
    rows = list(measures)
    found: dict[int, list[Standard]] = {measure.pk: [] for measure in rows}
    for source in _sources if rows else ():
        for key, standards in source(agency, rows).items():
            found[key] += standards
    return found
