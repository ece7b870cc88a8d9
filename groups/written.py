"""A group's decisions in writing between meetings, for minutes and packets."""

from datetime import date

from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import Member
from foundation.models import TenantQuerySet
from groups import rules
from groups.models import Decision, DecisionStatus, Group, Meeting, MeetingStatus, Way


def decided_between(meeting: Meeting, reader: Member) -> list[Decision]:
    """Decisions in writing since the group's last meeting, for this one's minutes.

    No query if such groups don't decide in writing.
    """
    if meeting.group.kind not in rules.WRITING:
        return []
    meetings = Meeting.objects.within(meeting.agency).filter(group=meeting.group)
    held = meetings.filter(status=MeetingStatus.HELD, on__lt=meeting.on).order_by("-on")
    found = in_writing(meeting.group, reader, until=meeting.on)
    last = held.values("on")[:1]
    return list(found.filter(decided_on__gt=Coalesce(Subquery(last), Value(meeting.group.opened))))


def in_writing(group: Group, reader: Member, *, until: date) -> TenantQuerySet[Decision]:
    """A group's decisions in writing by that day, as far as the reader may read them."""
    rows = rules.readable_decisions(reader).filter(group=group, way=Way.WRITING)
    ended = (DecisionStatus.ADOPTED, DecisionStatus.NOT_ADOPTED)
    return rows.filter(status__in=ended, decided_on__lte=until).order_by("decided_on", "pk")
