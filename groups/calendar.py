"""A member's upcoming meetings, and meetings as a calendar file."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from accounts.models import Member
from foundation import keys
from foundation.models import TenantQuerySet
from groups.models import Group, Meeting, MeetingStatus


def next_meetings(member: Member, on: date) -> TenantQuerySet[Meeting]:
    """Planned meetings from that day on in groups where the member has a seat, soonest first."""
    groups = Group.objects.within(member.agency).open(on).seating(member, on)
    meetings = Meeting.objects.within(member.agency).filter(
        group__in=groups, status=MeetingStatus.PLANNED, on__gte=on
    )
    return meetings.select_related("group").order_by("starts_at", "pk")


def _where(meeting: Meeting) -> str:
    """The place, and the link to join."""
    return ", ".join(filter(None, (meeting.place, meeting.remote_link)))


def _event(meeting: Meeting, *, stamp: datetime, where: str, url: str) -> Event:
    begins = meeting.starts_at.astimezone(UTC)
    event = Event()
    event.add("uid", f"meeting-{keys.code_of(meeting)}@cqi-portal")
    event.add("sequence", meeting.version)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=meeting.minutes_planned))
    event.add("summary", _("Meeting"))
    if where:
        event.add("location", where)
    if url:
        event.add("url", url)
    if meeting.status == MeetingStatus.CANCELLED:
        event.add("status", "CANCELLED")
    return event


def _calendar(events: Iterable[Event], **facts: str) -> str:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//CQI Portal//EN")
    for name, value in facts.items():
        calendar.add(name.replace("_", "-"), value)
    for event in events:
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written.decode()


def calendar_file(meeting: Meeting, *, url: str, now: datetime, inside: bool) -> str:
    """A meeting in iCalendar format (RFC 5545).

    Anybody may glance at a phone, so it shows "Meeting", the place and the page's address, never
    the group or the subject. `inside`: the reader is in the group, so the link to join is there.
    """
    where = _where(meeting) if inside else meeting.place
    return _calendar([_event(meeting, stamp=now, where=where, url=url)])


def calendar_of(
    meetings: Iterable[Meeting], *, stamp: datetime, shows_place: bool, language: str
) -> str:
    """Meetings as one calendar; moments are in UTC, so no program needs to know the agency's zone.

    It names neither the agency nor a group, and holds no address of the portal: others read a
    calendar, too.
    """
    with translation.override(language):
        events = [
            _event(each, stamp=stamp, where=_where(each) if shows_place else "", url="")
            for each in meetings
        ]
        return _calendar(events, method="PUBLISH", x_wr_calname=_("Meetings"))
