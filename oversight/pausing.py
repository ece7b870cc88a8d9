"""The committee's part in pauses of access."""

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
    """Pauses a reader may see: all for its leading consumers, its members' for its voters."""
    mine = _seats(reader).filter(member=reader).voting()
    leads = mine.of_consumers().filter(office__in=LEADING)
    theirs = _seats(reader).filter(member=OuterRef("member"))
    return Q(Exists(leads)) | (Q(Exists(mine)) & Q(Exists(theirs)))


def decides(pause: Pause) -> DecidingGroup | None:
    """The committee, with a deadline if its own member is paused and it has yet to review that."""
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
    """Pauses of the committee's own members that were not reviewed by their deadline.

    They lasted until then, and were reviewed later or never.
    """
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
    """Late pauses that still run and nobody has reviewed."""
    ruled = PauseRuling.objects.within(agency).filter(pause=OuterRef("pk"))
    return late(agency, on).filter(holding(on), ~Exists(ruled))


def lately(agency: Agency, on: date) -> DatedQuerySet[Pause]:
    """Pauses that began within the window in which late reviews are counted.

    `smallness.count` words their number, never below five: with so few people, the number would
    reveal who missed a meeting.
    """
    return late(agency, on).filter(since__gte=on - PAUSE_COUNTED.span, since__lt=on)
