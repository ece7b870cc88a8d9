"""Pauses of access, as far as the committee has to do with them."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from accounts.dated import DatedQuerySet, holding
from accounts.models import Member, Pause
from accounts.pauses import DecidingGroup
from foundation.models import Agency
from groups.models import Group, GroupKind, Office, Seat, SeatQuerySet
from oversight.models import PauseRuling
from oversight.policies import PAUSE_COUNTED, PAUSE_REVIEW

LEADING = (Office.CHAIR, Office.CO_CHAIR)


def reads(reader: Member) -> Q:
    """Of every pause, the consumers who lead the committee; of its members', who votes there."""
    mine = _seats(reader).filter(member=reader).voting()
    leads = mine.of_consumers().filter(office__in=LEADING)
    theirs = _seats(reader).filter(member=OuterRef("member"))
    return Q(Exists(leads)) | (Q(Exists(mine)) & Q(Exists(theirs)))


def decides(pause: Pause) -> DecidingGroup | None:
    """The committee; it reviews the pause of somebody who sits in it, once."""
    groups = Group.objects.within(pause.agency).filter(kind=GroupKind.COMMITTEE, closed=None)
    group = groups.first()
    if group is None:
        return None
    ruled = PauseRuling.objects.within(pause.agency).filter(pause_id=pause.pk)
    seats = Seat.objects.within(pause.agency).on(pause.since)
    reviews = seats.filter(~Exists(ruled), group=group, member=pause.member).exists()
    return DecidingGroup(group.name, pause.since + PAUSE_REVIEW.span if reviews else None)


def _seats(reader: Member) -> SeatQuerySet:
    seats = Seat.objects.within(reader.agency).on(reader.agency.today())
    return seats.filter(group__kind=GroupKind.COMMITTEE, group__closed=None)


def late(agency: Agency, on: date) -> DatedQuerySet[Pause]:
    """The pauses of the committee's own members that lasted until their review was due, and that it
    had not reviewed by then: also those that it reviewed later, or never."""
    seats = Seat.objects.within(agency).filter(
        Q(until=None) | Q(until__gt=OuterRef("since")),
        member=OuterRef("member"),
        group__kind=GroupKind.COMMITTEE,
        since__lte=OuterRef("since"),
    )
    term = PAUSE_REVIEW.span
    rows = Pause.objects.within(agency).filter(Exists(seats))
    in_time = PauseRuling.objects.within(agency).filter(
        pause=OuterRef("pk"), on__lte=OuterRef("since") + term
    )
    return rows.filter(~Exists(in_time), since__lt=on - term, until__gt=F("since") + term)


def unreviewed(agency: Agency, on: date) -> DatedQuerySet[Pause]:
    """Those of them that still run and that nobody has reviewed."""
    ruled = PauseRuling.objects.within(agency).filter(pause=OuterRef("pk"))
    return late(agency, on).filter(holding(on), ~Exists(ruled))


def lately(agency: Agency, on: date) -> DatedQuerySet[Pause]:
    """Those that began in the time before that day in which late reviews are counted.

    How many there are is told by `smallness.count`, never below five: of so few people, one who
    did not come to a meeting could be told from it.
    """
    return late(agency, on).filter(since__gte=on - PAUSE_COUNTED.span, since__lt=on)
