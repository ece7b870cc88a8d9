"""Agencies in which anybody is or was a consumer."""

from collections.abc import Sequence
from datetime import date

from accounts.models import Standing, StandingKind
from foundation.once import once


@once
def with_consumers(agencies: Sequence[int], on: date) -> set[int]:
    """The keys of these agencies where anybody had been a consumer by that day; one query."""
    standings = Standing.objects.across(agencies).filter(
        kind=StandingKind.PRIMARY_CONSUMER, since__lte=on
    )
    return set(standings.order_by().values_list("agency_id", flat=True).distinct())
