"""Presenter of call sheets for the coming days: by meeting, or by person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from foundation.addresses import at
from foundation.templatetags.components import day
from groups.actions.calls import Calls
from groups.models import CallResult, Meeting


@dataclass(frozen=True)
class MeetingToCallFor:
    """A meeting in the list: how many people to call about it, and its own sheet."""

    starts_at: datetime
    group: str
    told: str
    href: str


@dataclass(frozen=True)
class CallLine:
    """One call: `about` a person or a meeting; how, on a sheet of several people; the result."""

    about: str
    way: str
    result: str


@dataclass(frozen=True)
class CallSheet:
    """The calls on one sheet of paper, about one meeting or to one person.

    `under`: where they meet, or how to reach the person; `when`: the first meeting.
    """

    heading: str
    under: str
    when: str
    lines: Sequence[CallLine]


def in_the_list(meeting: Meeting, found: Calls | None, *, ready: bool) -> MeetingToCallFor:
    """`found`: whom to call, once the sheet was opened; `ready`: it can be."""
    told = _("Open it to see whom to call") if ready else _("Not shown yet")
    if found is not None:
        told = _left(found)
    href = at(meeting.agency, "groups:calls", pk=meeting.pk)
    return MeetingToCallFor(meeting.starts_at, meeting.group.name, told, href)


def _left(found: Calls) -> str:
    left = len(found.people) - len(found.results)
    if not left:
        return _("Everybody was called") if found.people else _("Nobody to call")
    return ngettext("%(n)s person to call", "%(n)s people to call", left) % {"n": left}


def ways(people: Sequence[Member], *, reads: bool) -> dict[int, str]:
    """What people gave as another way to reach them, if the reader `reads` that; else the desk."""
    return {
        each.pk: each.contact if reads and each.contact else _("Ask at the desk") for each in people
    }


def by_meeting(calls: Sequence[Calls], ways: Mapping[int, str]) -> list[CallSheet]:
    """A sheet for each meeting about which somebody is called."""
    return [
        CallSheet(
            heading=_moment(each.meeting),
            under=each.meeting.place,
            when=_moment(each.meeting),
            lines=[
                CallLine(str(person), ways[person.pk], _result(each, person))
                for person in each.people
            ],
        )
        for each in calls
        if each.people
    ]


def by_person(calls: Sequence[Calls], ways: Mapping[int, str]) -> list[CallSheet]:
    """A sheet for each person, by name, with all their meetings."""
    people = {person.pk: person for each in calls for person in each.people}
    found = []
    for person in sorted(people.values(), key=lambda each: (str(each), each.pk)):
        theirs = [each for each in calls if person in each.people]
        lines = [CallLine(_moment(each.meeting), "", _result(each, person)) for each in theirs]
        found.append(CallSheet(str(person), ways[person.pk], _moment(theirs[0].meeting), lines))
    return found


def _moment(meeting: Meeting) -> str:
    return day(meeting.starts_at, weekday=True, time=True)


def _result(calls: Calls, person: Member) -> str:
    result = calls.results.get(person.pk)
    return str(CallResult(result).label) if result else ""
