"""The index of models by which Django finds them; a domain imports another's own module."""

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
