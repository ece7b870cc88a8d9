"""Presenter of the ten minutes after a meeting: last time, the review, and what was recorded."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.addresses import at
from foundation.numbers import hours_words
from foundation.presenting import PageLink, written
from groups.models import Attendance, DecisionStatus, Meeting, MeetingStatus, PaperRecord
from groups.paper import LACKING


@dataclass(frozen=True)
class DecisionShown:
    """A decision that was written down: how it stands, and what it waits for."""

    title: str
    href: str
    state: str
    tone: str
    waits: Sequence[str] = ()
    taking_back: PageLink | None = None


@dataclass(frozen=True)
class LastTime:
    """What came of the meeting before this one (`meeting`)."""

    meeting: Meeting
    on: date
    href: str
    decisions: Sequence[DecisionShown]

    @property
    def title(self) -> str:
        return _("What came of last time, %(day)s") % {"day": written(self.on)}


@dataclass(frozen=True)
class ReviewParts:
    """What was filled in, for the review. `all_voted`: everybody with a vote was there."""

    came: int
    hours: Decimal
    guests: int
    agreed: int
    not_agreed: int
    all_voted: bool
    reasoned: bool
    needs_two: bool
    next_at: datetime | None
    parts: Sequence[str]
    missed: bool
    tells: bool
    follows: Sequence[str]


def moment(at_: datetime) -> str:
    """A day with its weekday and the hour, in a sentence."""
    return formats.date_format(timezone.localtime(at_), "l, F j, Y, g:i a")


def hour(at_: datetime) -> str:
    """An hour of today, in a sentence."""
    return formats.time_format(timezone.localtime(at_), "g:i a")


def last_time(
    meeting: Meeting, last: Meeting | None, records: Sequence[PaperRecord]
) -> LastTime | None:
    if last is None:
        return None
    href = at(meeting.agency, "groups:meeting", pk=last.pk)
    return LastTime(meeting, last.on, href, [decision_shown(each) for each in records])


def decision_shown(
    record: PaperRecord, *, waits: Sequence[str] = (), taking_back: PageLink | None = None
) -> DecisionShown:
    decision = record.decision
    tones: dict[str, str] = {
        DecisionStatus.ADOPTED: "good",
        DecisionStatus.NOT_ADOPTED: "quiet",
    }
    return DecisionShown(
        title=decision.title,
        href=at(decision.agency, "groups:decision", pk=decision.pk),
        state=str(decision.get_status_display()),
        tone=tones.get(decision.status, "watch"),
        waits=waits,
        taking_back=taking_back,
    )


def lacking(record: PaperRecord, voting: Collection[int], there: Collection[int]) -> list[str]:
    """What a decision on paper waits for, as `groups.paper.look` says; no query.

    `there`: who is on record as having been there, or having said something to it.
    """
    if record.counts_since is not None:
        return []
    found = []
    if record.needs_two and record.attested_on is None:
        found.append("second")
    if not record.decision.waiver and not (voting and set(voting) <= set(there)):
        found.append("people")
    return [str(LACKING[code]) for code in found]


def review(parts: ReviewParts) -> list[str]:
    """Everything that will be saved, a sentence each."""
    return list(_review(parts))


def _review(parts: ReviewParts) -> Iterator[str]:
    yield came_words(parts.came, parts.hours)
    if parts.guests:
        yield guests_words(parts.guests)
    yield from _decided(parts)
    if parts.next_at is not None:
        yield _("Next meeting: %(day)s") % {"day": moment(parts.next_at)}
        yield _("Everyone in the group gets a message about the next meeting.")
    yield from parts.parts
    if parts.missed and parts.tells:
        # Not how many: it would tell who is not expected, and who is left in peace.
        yield _("Those who were missed will hear that they can read what was decided.")
    yield from parts.follows


def came_words(count: int, hours: Decimal) -> str:
    words = ngettext(
        "%(n)s person came, for %(hours)s.", "%(n)s people came, for %(hours)s.", count
    )
    return words % {"n": count, "hours": hours_words(hours)}


def guests_words(count: int) -> str:
    words = ngettext(
        "%(n)s guest came whose name is not written down.",
        "%(n)s guests came whose names are not written down.",
        count,
    )
    return words % {"n": count}


def _decided(parts: ReviewParts) -> Iterator[str]:
    if parts.agreed:
        words = ngettext("%(n)s decision: agreed.", "%(n)s decisions: agreed.", parts.agreed)
        yield words % {"n": parts.agreed}
    if parts.not_agreed:
        words = ngettext(
            "%(n)s decision: not agreed.", "%(n)s decisions: not agreed.", parts.not_agreed
        )
        yield words % {"n": parts.not_agreed}
    if not parts.agreed and not parts.not_agreed:
        yield _("No decision.")
    elif parts.needs_two:
        yield _("A second person who votes in this group confirms each decision before it counts.")
    elif not parts.all_voted and not parts.reasoned:
        yield _("Not everyone with a vote was there, so it is on paper and does not count yet.")


@dataclass(frozen=True)
class Undoing:
    """The way to undo all of it, and until when."""

    href: str
    until: str


@dataclass(frozen=True)
class ResultParts:
    """What is on record of the meeting now."""

    meeting: Meeting
    came: Sequence[Attendance]
    decisions: Sequence[DecisionShown]
    next: Meeting | None
    may_cancel: bool
    parts: Sequence[tuple[str, PageLink | None]]
    missed: Sequence[str]
    told: bool | None
    follows: Sequence[str]
    undoing: Undoing | None


@dataclass(frozen=True)
class RecordedLine:
    """Something that was recorded, with the way to change or undo it."""

    words: str
    link: PageLink | None = None


@dataclass(frozen=True)
class RecordedPage:
    """The page once the meeting is recorded; words that do not apply are empty."""

    lines: Sequence[RecordedLine]
    decisions: Sequence[DecisionShown]
    missed: Sequence[str]
    told: str
    follows: Sequence[str]
    undoing: Undoing | None


def result_page(parts: ResultParts) -> RecordedPage:
    return RecordedPage(
        lines=list(_lines(parts)),
        decisions=parts.decisions,
        missed=parts.missed,
        told=_told(parts),
        follows=parts.follows,
        undoing=parts.undoing,
    )


def _lines(parts: ResultParts) -> Iterator[RecordedLine]:
    agency, meeting = parts.meeting.agency, parts.meeting
    people = PageLink(
        _("Change who came, or the hours"), at(agency, "groups:attendance", pk=meeting.pk)
    )
    hours = {row.hours for row in parts.came}
    if len(hours) == 1:
        yield RecordedLine(came_words(len(parts.came), hours.pop()), people)
    else:
        words = ngettext("%(n)s person came.", "%(n)s people came.", len(parts.came))
        yield RecordedLine(words % {"n": len(parts.came)}, people)
    if meeting.guests:
        yield RecordedLine(guests_words(meeting.guests))
    if parts.next is not None:
        yield RecordedLine(
            _("Next meeting: %(day)s") % {"day": moment(parts.next.starts_at)}, _off(parts)
        )
    for words, link in parts.parts:
        yield RecordedLine(words, link)


def _off(parts: ResultParts) -> PageLink | None:
    following = parts.next
    if following is None:
        return None
    agency = parts.meeting.agency
    if not parts.may_cancel or following.status != MeetingStatus.PLANNED:
        return PageLink(_("See it"), at(agency, "groups:meeting", pk=following.pk))
    return PageLink(_("Call it off"), at(agency, "groups:cancel_meeting", pk=following.pk))


def _told(parts: ResultParts) -> str:
    if not parts.missed or parts.told is None:
        return ""
    if parts.told:
        return _("They can read what was decided, and got a message that says so.")
    return _("They got no message.")
