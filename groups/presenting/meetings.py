"""Presenter of a meeting: its plan, attendance, minutes, and what can be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.addresses import at
from foundation.numbers import hours_words
from foundation.presenting import PageLink, written
from groups.models import AgendaItem, Meeting, MeetingStatus
from groups.recurrence import words
from groups.rules import absences_from


@dataclass(frozen=True)
class MeetingRights:
    """What the reader may do with the meeting, by the rules; `read`: its minutes."""

    read: bool = False
    put_on: bool = False
    change: bool = False
    record: bool = False
    write_down: bool = False
    change_series: bool = False
    say_need: bool = False
    come_after_all: bool = False
    arrange: bool = False
    see_absences: bool = False
    write_minutes: bool = False


@dataclass(frozen=True)
class ItemOnAgenda:
    """An agenda item, and whether the reader may remove it."""

    item: AgendaItem
    may_take_off: bool


@dataclass(frozen=True)
class ItemShown:
    """An agenda item, and the link to remove it, if any."""

    text: str
    by: str
    taking_off: PageLink | None


@dataclass(frozen=True)
class HeldShown:
    """For a meeting that took place: who came, by name, and the minutes."""

    names: Sequence[str]
    minutes: str


@dataclass(frozen=True)
class MeetingPage:
    """The page of a meeting; words that do not apply are empty. `length` includes the place.

    `ways`: to join it, and to its series. `record` links to the attendance form until somebody has
    filled it in.
    """

    cancelled: str
    length: str
    ways: Sequence[PageLink]
    record: PageLink | None
    items: Sequence[ItemShown]
    sent: str
    late: str
    held: HeldShown | None
    links: Sequence[PageLink]
    own: Sequence[str]
    absences: str


def meeting_page(
    meeting: Meeting,
    may: MeetingRights,
    *,
    items: Sequence[ItemOnAgenda],
    came: Sequence[str],
    own: str = "",
) -> MeetingPage:
    """`came`: who attended, by name; `own`: what the reader said about coming; no query."""
    planned = meeting.status == MeetingStatus.PLANNED
    record = at(meeting.agency, "groups:after", pk=meeting.pk)
    cancelled = meeting.status == MeetingStatus.CANCELLED
    held = meeting.status == MeetingStatus.HELD
    return MeetingPage(
        cancelled=meeting.get_status_display() if cancelled else "",
        length="\n".join(_length(meeting)),
        ways=list(_ways(meeting, may)),
        record=PageLink(_("Record the meeting"), record) if may.record and planned else None,
        items=[_item(each) for each in items],
        sent=_sent(meeting.materials_sent_on),
        late=" ".join(_late(meeting)),
        held=HeldShown(came, meeting.minutes) if held else None,
        links=_links(meeting, may),
        own=[own] if own else [],
        absences=_absences(meeting) if may.arrange and not may.see_absences else "",
    )


def _absences(meeting: Meeting) -> str:
    since = absences_from(meeting)
    if since is None:
        return ""
    return _("From %(day)s on, you can see who is not expected.") % {"day": written(since)}


def _ways(meeting: Meeting, may: MeetingRights) -> Iterator[PageLink]:
    """To join from elsewhere, for people in the group; and to the series of which it is a date."""
    if meeting.remote_link and may.read and meeting.status != MeetingStatus.CANCELLED:
        yield PageLink(_("Join by video or phone"), meeting.remote_link)
    if meeting.series is not None:
        series = at(meeting.agency, "groups:series", pk=meeting.series.pk)
        yield PageLink(words(meeting.series), series)


def _length(meeting: Meeting) -> Iterator[str]:
    yield _lasts(meeting.minutes_planned)
    if meeting.place:
        yield meeting.place


def _lasts(minutes: int) -> str:
    """How long, as people say it: 45 minutes, 2 hours, 1 h 30 min."""
    if minutes % 60 == 0:
        hours = minutes // 60
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    if minutes > 60:
        return hours_words(Decimal(minutes) / 60)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


def _item(found: ItemOnAgenda) -> ItemShown:
    item = found.item
    off = at(item.agency, "groups:take_off_agenda", pk=item.pk)
    return ItemShown(
        text=item.text,
        by=_("From %(name)s") % {"name": item.on_behalf_of or item.raised_by},
        taking_off=PageLink(_("Take it off"), off, item.text) if found.may_take_off else None,
    )


def _sent(on: date | None) -> str:
    return "" if on is None else _("The papers were sent on %(day)s.") % {"day": written(on)}


def _late(meeting: Meeting) -> Iterator[str]:
    """Who recorded it after the day it was held, and why so late."""
    if not meeting.recorded_late or meeting.recorded_on is None:
        return
    if meeting.recorded_by is not None:
        said = {"name": meeting.recorded_by, "day": written(meeting.recorded_on)}
        yield _("%(name)s recorded it on %(day)s.") % said
    if meeting.late_reason:
        yield meeting.late_reason


def _links(meeting: Meeting, may: MeetingRights) -> list[PageLink]:
    href = partial(at, meeting.agency, pk=meeting.pk)
    planned, held = (
        meeting.status == status for status in (MeetingStatus.PLANNED, MeetingStatus.HELD)
    )
    file = PageLink(_("Add it to my calendar"), href("groups:meeting_file"), download=True)
    people = PageLink(_("Add people who came, or change hours"), href("groups:attendance"))
    recorded = PageLink(_("See what was recorded"), href("groups:after"))
    paper = at(meeting.agency, "groups:write_down", pk=meeting.group_id)
    paper += f"?day={meeting.on.isoformat()}"
    offered = [
        (may.put_on, PageLink(_("Put something on the agenda"), href("groups:put_on_agenda"))),
        (may.say_need, _coming(meeting, may)),
        (may.say_need, PageLink(_("I am away for a while"), at(meeting.agency, "accounts:away"))),
        (may.say_need, PageLink(_("Say what I need"), at(meeting.agency, "groups:my_needs"))),
        (may.arrange, PageLink(_("See what to arrange"), href("groups:arrange"))),
        (may.see_absences, PageLink(_("See who is not expected"), href("groups:not_expected"))),
        (may.arrange, PageLink(_("Call people who get no message"), href("groups:calls"))),
        (planned, file),
        (may.read, PageLink(_("Show it for printing"), href("groups:print_meeting"))),
        (may.record and held, recorded),
        (may.record and held, people),
        (may.write_minutes, PageLink(_("Write the minutes"), href("groups:minutes"))),
        (may.write_down, PageLink(_("Write down a decision from paper"), paper)),
        (may.change, PageLink(_("Change this meeting"), href("groups:change_meeting"))),
        (may.change, PageLink(_("Call it off"), href("groups:cancel_meeting"))),
        (
            may.change_series,
            PageLink(_("Move this and the later meetings"), href("groups:move_series")),
        ),
        (
            may.change_series,
            PageLink(_("Call off this and the later meetings"), href("groups:cancel_series")),
        ),
    ]
    return [link for is_offered, link in offered if is_offered]


def _coming(meeting: Meeting, may: MeetingRights) -> PageLink:
    words = _("I can be there after all") if may.come_after_all else _("I can’t be there")
    return PageLink(words, at(meeting.agency, "groups:coming", pk=meeting.pk))
