"""Look up a number by key, or raise 404."""

from foundation.http import AgencyRequest
from measures.definitions.finding import found
from measures.numbers.models import DataPoint


def point_of(request: AgencyRequest, pk: int) -> DataPoint:
    point = found(request, DataPoint.objects.within(request.agency), pk, "measure.owner")
    point.measure.agency = request.agency
    return point
