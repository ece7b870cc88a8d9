"""Presenter of a series: its dates, with what to know about each, and who will be told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.formats import time_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.templatetags.components import day as shown_day
from groups.models import Meeting
from groups.recurrence import ClockChange, Moment, moment


@dataclass(frozen=True)
class SeriesDate:
    """One date of a series: its moment, what it was before (or None), and notes about it."""

    at: datetime
    before: datetime | None
    notes: Sequence[str]

    @property
    def words(self) -> SafeString:
        return shown_day(self.at, weekday=True, time=True)

    @property
    def hint(self) -> str:
        return " ".join(self.notes)


def dates(
    days: Sequence[date],
    starts_at: datetime,
    zone: ZoneInfo,
    *,
    planned: Iterable[Meeting],
    before: Sequence[Meeting] = (),
) -> list[SeriesDate]:
    """The dates at the hour of `starts_at`, which is by the clock.

    `planned`: the group's other planned meetings; `before`: those that are moved to the days.
    """
    there: dict[date, list[Meeting]] = {}
    moving = {each.pk for each in before}
    for each in planned:
        if each.pk not in moving:
            there.setdefault(each.on, []).append(each)
    found = []
    for place, on in enumerate(days):
        reached = moment(on, starts_at.time(), zone)
        found.append(
            SeriesDate(
                at=reached.at,
                before=before[place].starts_at if before else None,
                notes=list(_notes(reached, starts_at, there, zone)),
            )
        )
    return found


def _notes(
    reached: Moment, wanted: datetime, there: Mapping[date, Sequence[Meeting]], zone: ZoneInfo
) -> Iterator[str]:
    hours = {"hour": time_format(wanted, "g:i a"), "shown": time_format(reached.at, "g:i a")}
    if reached.clocks is ClockChange.LEFT_OUT:
        yield (
            _("Clocks go forward that night: it starts at %(shown)s, since %(hour)s is left out.")
            % hours
        )
    if reached.clocks is ClockChange.TWICE:
        yield (
            _("Clocks go back that night, and %(hour)s comes twice: it starts the first time.")
            % hours
        )
    for other in there.get(reached.at.date(), ()):
        hour = time_format(other.starts_at.astimezone(zone), "g:i a")
        yield _("This group has a meeting at %(hour)s that day.") % {"hour": hour}


def told(number: int) -> str:
    """Who gets a message, apart from the reader."""
    if not number:
        return _("Nobody else sits in this group now, so nobody gets a message.")
    return ngettext(
        "%(number)s other person in this group gets one message about all of this.",
        "%(number)s other people in this group get one message each about all of this.",
        number,
    ) % {"number": number}


def how_many(number: int) -> str:
    return ngettext("%(number)s meeting", "%(number)s meetings", number) % {"number": number}
