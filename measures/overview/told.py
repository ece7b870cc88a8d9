"""What the page of a measure gives to whoever judges by it, for its slots."""

from collections.abc import Sequence
from dataclasses import dataclass

from measures.charting.findings import Found, found
from measures.charting.reading import Numbers
from measures.charting.standards import Standard
from measures.definitions.models import Measure


@dataclass(frozen=True)
class ToldMeasure:
    """The finding that the page tells, and all standards that the measure is held against."""

    first: Found
    numbers: Numbers
    standards: Sequence[Standard]

    @property
    def measure(self) -> Measure:
        return self.first.measure

    def speaks(self, standard: Standard) -> bool:
        """Whether the chart tells of this one."""
        return standard is self.first.standard

    def found(self, standard: Standard) -> Found:
        """The finding with this standard, which may be another than the one that is told."""
        return self.first if self.speaks(standard) else found(self.measure, self.numbers, standard)
