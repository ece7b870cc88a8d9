"""From a key in the address to a measure with how it is charted, or 404."""

from foundation.http import AgencyRequest
from measures.charting.columns import with_settings
from measures.definitions.finding import found
from measures.definitions.models import Measure


def charted_measure_of(request: AgencyRequest, pk: int) -> Measure:
    """With who collects it and how it is charted."""
    rows = Measure.objects.within(request.agency).select_related("collected_by")
    return found(request, with_settings(rows), pk)
