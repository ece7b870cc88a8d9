"""How many concerns there were in each year that is over, never a number below the minimum."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear

from concerns.models import Concern
from foundation import smallness
from foundation.minimum import enough
from foundation.models import Agency

# Whole years that are kept for certain (`foundation.retention.CONCERNS`).
_YEARS = 2


@dataclass(frozen=True)
class YearOfConcerns:
    """A year's counts in words; `taken` and `complaints` are empty where they would single out."""

    year: int
    all: str
    taken: str
    complaints: str


def by_year(agency: Agency, on: date) -> list[YearOfConcerns]:
    """The last years that are over, the newest first; one query.

    None is left out, also not one without any. Those before are not told: their concerns begin to
    be destroyed. A part is shown only if it and the rest both have enough.
    """
    first = max(agency.date_of(agency.opened).year, on.year - _YEARS)
    rows = Concern.objects.within(agency).filter(week__year__range=(first, on.year - 1))
    counted = (
        rows.order_by()
        .annotate(year=ExtractYear("week"))
        .values("year")
        .annotate(
            number=Count("pk", distinct=True),
            taken_on=Count("pk", distinct=True, filter=Q(taken__isnull=False)),
            complained=Count("pk", distinct=True, filter=Q(complaint=True)),
        )
    )
    none = {"number": 0, "taken_on": 0, "complained": 0}
    found = {each["year"]: each for each in counted}
    years = [found.get(year, {"year": year, **none}) for year in range(on.year - 1, first - 1, -1)]
    return [
        YearOfConcerns(
            each["year"],
            smallness.count(each["number"]),
            _part(each["taken_on"], each["number"]),
            _part(each["complained"], each["number"]),
        )
        for each in years
    ]


def _part(number: int, whole: int) -> str:
    return str(number) if enough(number) and enough(whole - number) else ""
