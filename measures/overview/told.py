"""What a measure's page passes to its slots, for apps that judge by the measure."""

from collections.abc import Sequence
from dataclasses import dataclass

from measures.charting.findings import Found, found
from measures.charting.reading import Numbers
from measures.charting.standards import Standard
from measures.definitions.models import Measure


@dataclass(frozen=True)
class ToldMeasure:
    """The finding on the page, and all standards of the measure."""

    first: Found
    numbers: Numbers
    standards: Sequence[Standard]

    @property
    def measure(self) -> Measure:
        return self.first.measure

    def speaks(self, standard: Standard) -> bool:
        """Whether the chart reports on this standard."""
        return standard is self.first.standard

    def found(self, standard: Standard) -> Found:
        """The finding with this standard, which may differ from the one on the page."""
        return self.first if self.speaks(standard) else found(self.measure, self.numbers, standard)
