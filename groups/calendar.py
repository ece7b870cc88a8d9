"""A member's upcoming meetings, and a meeting as a calendar file."""

from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _

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


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold to at most 75 octets per line, as RFC 5545 (3.1) requires."""
    parts, rest = [], line.encode()
    while len(rest) > 73:
        cut = 73
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        parts.append(rest[:cut].decode())
        rest = rest[cut:]
    return "\r\n ".join([*parts, rest.decode()])


def calendar_file(meeting: Meeting, *, url: str, now: datetime) -> str:
    """A meeting in iCalendar format (RFC 5545).

    Anybody may glance at a phone, so it shows "Meeting", the place and the page's address, never
    the group or the subject.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//CQI Portal//EN",
        "BEGIN:VEVENT",
        f"UID:meeting-{keys.code_of(meeting)}@cqi-portal",
        f"SEQUENCE:{meeting.version}",
        f"DTSTAMP:{_stamp(now)}",
        f"DTSTART:{_stamp(meeting.starts_at)}",
        f"DTEND:{_stamp(meeting.starts_at + timedelta(minutes=meeting.minutes_planned))}",
        f"SUMMARY:{_text(_('Meeting'))}",
        f"LOCATION:{_text(meeting.place)}",
        f"URL:{url}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(_folded(line) for line in lines) + "\r\n"
