"""What is still sent to somebody who is away: one list, held by a test.

All other messages are kept for their return, without an e-mail. Nudges are not even kept.
"""

from collections.abc import Iterable
from datetime import datetime, time

from accounts.away import away_on
from accounts.models import Member
from notifications.models import Message, MessageQuerySet

# Safety of their account and of their seat, what others enter in their name, and answers to what
# they asked for by right.
STILL_SENT = frozenset(
    {
        "access.paused",
        "access.prolonged",
        "access.resumed",
        "call.seen",
        "change.leaving",
        "change.profile",
        "change.returning",
        "change.role",
        "change.seat",
        "change.standing",
        "change.staying",
        "change.way",
        "data_copy.ready",
        "denial.answered",
        "entry.for_you",
        "position.entered",
        "seat.questioned",
    }
)
# What only presses somebody to come or to answer.
NUDGES = frozenset(
    {
        "decision.last_days",
        "decision.to_look_at",
        "meeting.missed",
        "meeting.near",
        "satisfaction.reminder",
        "supporter.near",
    }
)


def away_among(members: Iterable[Member]) -> frozenset[int]:
    """The keys of those of one agency's members who are away today; one query."""
    found = list(members)
    if not found:
        return frozenset()
    agency = found[0].agency
    rows = away_on(agency, agency.today()).filter(member__in=[each.pk for each in found])
    return frozenset(rows.values_list("member_id", flat=True))


def came_while_away(member: Member) -> MessageQuerySet:
    """The member's unread messages from their last time away, while it lasts and after."""
    unread = Message.objects.within(member.agency).unread().filter(member=member)
    away = member.time_away
    if away is None:
        return unread.none()
    zone = member.agency.zone
    unread = unread.filter(at__gte=datetime.combine(away.since, time.min, zone))
    if away.until is not None:
        unread = unread.filter(at__lt=datetime.combine(away.until, time.min, zone))
    return unread
