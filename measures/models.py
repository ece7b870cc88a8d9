"""An index for Django; domains import each other's modules instead."""

from measures.charting.models import Adjustment, ChartChoice
from measures.definitions.models import Measure, Ownership
from measures.importing.models import ImportDraft, ImportProgress
from measures.numbers.models import DataPoint

__all__ = [
    "Adjustment",
    "ChartChoice",
    "DataPoint",
    "ImportDraft",
    "ImportProgress",
    "Measure",
    "Ownership",
]
