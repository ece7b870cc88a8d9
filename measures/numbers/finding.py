"""Look up a number by key, or raise 404; the results before a period."""

from datetime import date
from decimal import Decimal

from foundation.http import AgencyRequest
from measures.definitions.finding import found
from measures.definitions.models import Measure
from measures.numbers import validation
from measures.numbers.models import DataPoint
from measures.policies import PAST_LOOKED_AT


def point_of(request: AgencyRequest, pk: int) -> DataPoint:
    point = found(request, DataPoint.objects.within(request.agency), pk, "measure.owner")
    point.measure.agency = request.agency
    return point


def past_results(measure: Measure, period: date) -> list[Decimal]:
    """The results before a period, latest ones only."""
    points = DataPoint.objects.within(measure.agency).filter(
        measure=measure, numerator__isnull=False, period__lt=period
    )
    rows = points.order_by("-period").values_list("numerator", "denominator")[
        : PAST_LOOKED_AT.value
    ]
    past = (validation.result(measure, *row) for row in rows)
    return [result for result in past if result is not None]
