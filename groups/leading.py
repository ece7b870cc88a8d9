"""Who is shown as leading a group: one function for every page, message, sheet and file."""

from collections.abc import Iterable, Sequence

from accounts.models import Audience, Member
from groups.models import LeadingConsent, Office, Seat

# Each side fills one of them, so knowing the holder hints at that person's standing.
LEADING = frozenset({Office.CHAIR, Office.CO_CHAIR, Office.FACILITATOR, Office.CO_FACILITATOR})


def offices_open_to(reader: Member, seats: Iterable[Seat]) -> dict[int, str]:
    """By key of a seat, the office this reader may know its holder by; others are missing.

    `seats` are those of one group on one day. A leading office is shown to its holder, to those who
    lead the group together, and to the audience its holder allows today, even on pages of the past.
    One query, none if nobody leads.
    """
    held = [seat for seat in seats if seat.office]
    leading = [seat for seat in held if seat.office in LEADING]
    told = {seat.pk for seat in held if seat.office not in LEADING}
    if leading:
        if any(seat.member_id == reader.pk for seat in leading):
            told |= {seat.pk for seat in leading}
        else:
            told |= _consented(reader, leading, inside=_inside(reader, seats))
    return {seat.pk: str(Office(seat.office).label) for seat in held if seat.pk in told}


def leaders_open_to(reader: Member, seats: Sequence[Seat]) -> list[Seat]:
    """Seats of one group whose holders this reader may know as leaders."""
    told = offices_open_to(reader, seats)
    return [seat for seat in seats if seat.pk in told and seat.office in LEADING]


def is_led(seats: Iterable[Seat]) -> bool:
    """Whether anybody leads; it does not reveal who, or from which side."""
    return any(seat.office in LEADING for seat in seats)


def _inside(reader: Member, seats: Iterable[Seat]) -> bool:
    return any(seat.member_id == reader.pk for seat in seats)


def _consented(reader: Member, leading: Sequence[Seat], *, inside: bool) -> set[int]:
    audiences = [Audience.AGENCY, Audience.GROUP] if inside else [Audience.AGENCY]
    given = LeadingConsent.objects.within(reader.agency).on(reader.agency.today())
    given = given.filter(group=leading[0].group_id, audience__in=audiences)
    members = set(given.values_list("member_id", flat=True))
    return {seat.pk for seat in leading if seat.member_id in members}
