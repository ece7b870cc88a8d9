"""Pauses of access, as far as the committee has to do with them."""

from django.db.models import Exists, OuterRef, Q

from accounts.models import Member, Pause
from accounts.pauses import Deciding
from groups.models import Group, GroupKind, Office, Seat, SeatQuerySet
from oversight.policies import PAUSE_REVIEW

LEADING = (Office.CHAIR, Office.CO_CHAIR)


def reads(reader: Member) -> Q:
    """Of every pause, the consumers who lead the committee; of its members', who votes there."""
    mine = _seats(reader).filter(member=reader).voting()
    leads = mine.of_consumers().filter(office__in=LEADING)
    theirs = _seats(reader).filter(member=OuterRef("member"))
    return Q(Exists(leads)) | (Q(Exists(mine)) & Q(Exists(theirs)))


def decides(pause: Pause) -> Deciding | None:
    """The committee; it reviews the pause of somebody who sits in it."""
    groups = Group.objects.within(pause.agency).filter(kind=GroupKind.COMMITTEE, closed=None)
    group = groups.first()
    if group is None:
        return None
    seats = Seat.objects.within(pause.agency).on(pause.since)
    sits = seats.filter(group=group, member=pause.member).exists()
    return Deciding(group.name, pause.since + PAUSE_REVIEW.span if sits else None)


def _seats(reader: Member) -> SeatQuerySet:
    seats = Seat.objects.within(reader.agency).on(reader.agency.today())
    return seats.filter(group__kind=GroupKind.COMMITTEE, group__closed=None)
