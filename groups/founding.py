"""A program's founding: who sits in the oversight committee before it has a charter."""

from datetime import date, timedelta

from foundation.models import Agency
from groups.models import GroupKind, Resolution, SeatOffer
from groups.policies import FOUNDING


def first_day(agency: Agency) -> date:
    """The agency's first day on the portal."""
    return agency.date_of(agency.opened)


def last_day(agency: Agency) -> date:
    """The last day of the founding."""
    first = first_day(agency)
    return first + FOUNDING.span(agency, first) - timedelta(days=1)


def day_number(agency: Agency, on: date) -> int | None:
    """The number of this founding day, counted from 1; None once the founding is over."""
    if not first_day(agency) <= on <= last_day(agency):
        return None
    return (on - first_day(agency)).days + 1


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
