"""Where somebody takes part as a consumer by a day."""

from collections.abc import Sequence
from datetime import date

from accounts.models import Standing, StandingKind
from foundation.once import once


@once
def with_consumers(agencies: Sequence[int], on: date) -> set[int]:
    """Those of these agencies, by key, where somebody had the standing by that day; one query."""
    standings = Standing.objects.across(agencies).filter(
        kind=StandingKind.PRIMARY_CONSUMER, since__lte=on
    )
    return set(standings.order_by().values_list("agency_id", flat=True).distinct())
