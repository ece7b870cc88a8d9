"""A member's upcoming meetings, and meetings as a calendar file."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from django.utils import translation
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


def _where(meeting: Meeting) -> str:
    """The place, and the link to join."""
    return ", ".join(filter(None, (meeting.place, meeting.remote_link)))


def _event(meeting: Meeting, *, stamp: datetime, where: str, url: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:meeting-{keys.code_of(meeting)}@cqi-portal"
    yield f"SEQUENCE:{meeting.version}"
    yield f"DTSTAMP:{_stamp(stamp)}"
    yield f"DTSTART:{_stamp(meeting.starts_at)}"
    yield f"DTEND:{_stamp(meeting.starts_at + timedelta(minutes=meeting.minutes_planned))}"
    yield f"SUMMARY:{_text(_('Meeting'))}"
    if where:
        yield f"LOCATION:{_text(where)}"
    if url:
        yield f"URL:{url}"
    if meeting.status == MeetingStatus.CANCELLED:
        yield "STATUS:CANCELLED"
    yield "END:VEVENT"


def _file(lines: Iterable[str]) -> str:
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//CQI Portal//EN", *lines, "END:VCALENDAR"]
    return "\r\n".join(_folded(line) for line in whole) + "\r\n"


def calendar_file(meeting: Meeting, *, url: str, now: datetime, inside: bool) -> str:
    """A meeting in iCalendar format (RFC 5545).

    Anybody may glance at a phone, so it shows "Meeting", the place and the page's address, never
    the group or the subject. `inside`: the reader is in the group, so the link to join is there.
    """
    where = _where(meeting) if inside else meeting.place
    return _file(_event(meeting, stamp=now, where=where, url=url))


def calendar_of(
    meetings: Iterable[Meeting], *, stamp: datetime, shows_place: bool, language: str
) -> str:
    """Meetings as one calendar; moments are in UTC, so no program needs to know the agency's zone.

    It names neither the agency nor a group, and holds no address of the portal: others read a
    calendar, too.
    """
    with translation.override(language):
        lines = ["METHOD:PUBLISH", f"X-WR-CALNAME:{_text(_('Meetings'))}"]
        for each in meetings:
            where = _where(each) if shows_place else ""
            lines += _event(each, stamp=stamp, where=where, url="")
        return _file(lines)
