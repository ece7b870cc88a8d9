"""Which days of the past were changed by payments that were written down later."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from compensation.models import Payment
from foundation.models import Agency
from indicators.corrections import Corrected


def paid_and_written_down_later(agency: Agency, day: date) -> Iterator[Corrected]:
    """Payments that were made by that day and recorded after it; 1 query."""
    ended = datetime.combine(day + timedelta(days=1), time.min, tzinfo=agency.zone)
    found = Payment.objects.within(agency).filter(paid_on__lte=day, recorded_at__gte=ended)
    for recorded_at, by in found.values_list("recorded_at", "paid_by__shown_name"):
        yield Corrected(agency.date_of(recorded_at), by)
