"""A program's founding: who sits in the oversight committee before it has a charter."""

from datetime import date, timedelta

from foundation.founding import FOUNDING
from foundation.founding import day_number as day_number
from foundation.founding import first_day as first_day
from foundation.founding import last_day as last_day
from foundation.models import Agency
from groups.models import GroupKind, Resolution, SeatOffer


def end_of_seats(resolution: Resolution, agency: Agency) -> date:
    """The first day without the seats that rest on this choice, unless they are confirmed."""
    entered = resolution.entered_on
    founded = last_day(agency)
    if entered <= founded:
        return founded + timedelta(days=1)
    return entered + FOUNDING.span(agency, entered)


def end_of_seat(offer: SeatOffer) -> date | None:
    """The first day without a seat that rests on a founding choice; otherwise None."""
    motion = offer.motion
    if motion is None or motion.resolution_id is None or offer.group.kind != GroupKind.COMMITTEE:
        return None
    agency = offer.member.agency
    resolution = Resolution.objects.within(agency).get(pk=motion.resolution_id)
    return end_of_seats(resolution, agency)
