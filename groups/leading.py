"""Who is read to lead a group: one function for every page, message, sheet and file."""

from collections.abc import Iterable, Sequence

from accounts.models import Audience, Member
from groups.models import LeadingConsent, Office, Seat

# Each side has one of them: who holds one can be told to be of this side or that.
LEADING = frozenset({Office.CHAIR, Office.CO_CHAIR, Office.FACILITATOR, Office.CO_FACILITATOR})


def offices_open_to(reader: Member, seats: Iterable[Seat]) -> dict[int, str]:
    """By the key of a seat, the office that this reader may know its holder by; others are missing.

    `seats` are those of one group on one day. An office that leads is shown to its holder, to those
    who lead the group together, and to the audience that the holder lets know it today, also on
    pages of the past. One query, and none where nobody leads.
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
    """Of the seats of one group, those whose holders this reader may know to lead it."""
    told = offices_open_to(reader, seats)
    return [seat for seat in seats if seat.pk in told and seat.office in LEADING]


def is_led(seats: Iterable[Seat]) -> bool:
    """Whether anybody leads; by whom, or from which side, does not follow from it."""
    return any(seat.office in LEADING for seat in seats)


def _inside(reader: Member, seats: Iterable[Seat]) -> bool:
    return any(seat.member_id == reader.pk for seat in seats)


def _consented(reader: Member, leading: Sequence[Seat], *, inside: bool) -> set[int]:
    audiences = [Audience.AGENCY, Audience.GROUP] if inside else [Audience.AGENCY]
    given = LeadingConsent.objects.within(reader.agency).on(reader.agency.today())
    given = given.filter(group=leading[0].group_id, audience__in=audiences)
    members = set(given.values_list("member_id", flat=True))
    return {seat.pk for seat in leading if seat.member_id in members}
