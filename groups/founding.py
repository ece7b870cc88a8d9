"""A program's founding: who sits in the oversight committee before it has a charter."""

from collections.abc import Iterable
from datetime import date, timedelta

from foundation.founding import FOUNDING, FOUNDING_NOTICE
from foundation.founding import day_number as day_number
from foundation.founding import first_day as first_day
from foundation.founding import last_day as last_day
from foundation.models import Agency
from groups.models import Ending, GroupKind, Resolution, Seat, SeatOffer


def end_of_seats(resolution: Resolution, agency: Agency) -> date:
    """The first day without the seats that rest on this choice, unless they are confirmed."""
    entered = resolution.entered_on
    founded = last_day(agency)
    if entered <= founded:
        return founded + timedelta(days=1)
    return entered + FOUNDING.span(agency, entered)


def last_day_of(seats: Iterable[Seat], on: date) -> date | None:
    """The last day of the first seats that end with the founding, once it is near; else None."""
    ends = [seat.until for seat in seats if seat.ending == Ending.TERM and seat.until is not None]
    last = min(ends) - timedelta(days=1) if ends else None
    return last if last is not None and on >= last - FOUNDING_NOTICE.span else None


def end_of_seat(offer: SeatOffer) -> date | None:
    """The first day without a seat that rests on a founding choice; otherwise None."""
    motion = offer.motion
    if motion is None or motion.resolution_id is None or offer.group.kind != GroupKind.COMMITTEE:
        return None
    agency = offer.member.agency
    resolution = Resolution.objects.within(agency).get(pk=motion.resolution_id)
    return end_of_seats(resolution, agency)
