"""An index for Django; domains import each other's modules instead."""

from measures.charting.models import Adjustment, ChartChoice
from measures.definitions.models import Measure, Ownership
from measures.importing.models import ImportDraft, ImportProgress
from measures.local.models import LocalAttestation, LocalIndicator, LocalVersion
from measures.numbers.models import DataPoint

__all__ = [
    "Adjustment",
    "ChartChoice",
    "DataPoint",
    "ImportDraft",
    "ImportProgress",
    "LocalAttestation",
    "LocalIndicator",
    "LocalVersion",
    "Measure",
    "Ownership",
]
