"""The decision that holds now."""

from datetime import date

from compensation.employment.models import EmploymentDecision
from foundation.models import Agency


def holding(agency: Agency, on: date) -> EmploymentDecision | None:
    """How people are paid on that day; one query."""
    return EmploymentDecision.objects.within(agency).on(on).first()
