"""Presenter of minutes: the list, and what a reader sees of one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from foundation.addresses import at
from foundation.links import Link
from foundation.presenting import PageLink, written
from groups.models import Meeting
from oversight.models import ApprovedMinutes, CommitteeStep, MinutesAddendum, same_words
from oversight.rules import MinutesReaders


@dataclass(frozen=True)
class MinutesLine:
    """Minutes in the list: their day, where they stand, and since when."""

    day: str
    href: str
    word: str
    tone: str
    notes: Sequence[str]


@dataclass(frozen=True)
class AddendumShown:
    """An addendum; `by` only for the committee itself."""

    title: str
    text: str


@dataclass(frozen=True)
class ShownMinutes:
    """One page of minutes, as this reader may read them.

    `text` is the whole or the published text, `others` what others read if it is not the same.
    `said` are sentences below the title; `readers` says who else reads them.
    """

    day: str
    word: str
    tone: str
    said: Sequence[str]
    text: str
    others: str = ""
    left_out: str = ""
    readers: str = ""
    addenda: Sequence[AddendumShown] = ()
    proposal: Link | None = None
    action: PageLink | None = None
    ways: Sequence[PageLink] = ()


def readers_in_words(readers: MinutesReaders | None) -> str:
    """Who besides the committee reads approved minutes, and why nobody, where that is so."""
    if readers is None:
        return _(
            "Nobody else can read them yet. The terms of the charter, which name the readers, are "
            "not entered."
        )
    if readers.public:
        return _("The charter lets the public read approved minutes.")
    if readers.program and readers.board:
        return _(
            "The charter lets the governing body and everybody in the program read approved "
            "minutes."
        )
    if readers.program:
        return _("The charter lets everybody in the program read approved minutes.")
    if readers.board:
        return _("The charter lets the governing body read approved minutes.")
    return _("The charter lets nobody else read them.")


def approved_line(minutes: ApprovedMinutes) -> MinutesLine:
    """Approved minutes, with their meeting and the number of `addenda_count` loaded."""
    meeting = minutes.meeting
    return MinutesLine(
        day=written(meeting.on),
        href=at(minutes.agency, "oversight:minutes", pk=minutes.meeting_id),
        word=_("Approved"),
        tone="good",
        notes=[_("Approved on %(day)s") % {"day": written(minutes.approved_on)}],
    )


def waiting_line(meeting: Meeting, due: date, *, deciding: bool, today: date) -> MinutesLine:
    """Minutes that are not approved yet."""
    late = due < today
    said = {"day": written(due)}
    deadline = _("Was due by %(day)s") % said if late else _("Due by %(day)s") % said
    word = _("Before the committee") if deciding else _("Not approved yet")
    return MinutesLine(
        day=written(meeting.on),
        href=at(meeting.agency, "oversight:minutes", pk=meeting.pk),
        word=_("Overdue") if late else word,
        tone="act" if late else "watch",
        notes=[*([word] if late else []), deadline],
    )


def added(addenda: Iterable[MinutesAddendum], *, whole: bool) -> Iterator[AddendumShown]:
    """All addenda; who wrote them, only for the committee itself."""
    for each in addenda:
        said = {"number": each.number, "day": written(each.written_on)}
        if whole:
            said["name"] = each.written_by.shown_name
            title = _("Addendum %(number)s, written by %(name)s on %(day)s") % said
        else:
            title = _("Addendum %(number)s of %(day)s") % said
        yield AddendumShown(title, each.text)


def whole_page(
    meeting: Meeting,
    minutes: ApprovedMinutes | None,
    *,
    step: CommitteeStep | None,
    readers: MinutesReaders | None,
    due: date,
    may: tuple[bool, bool],
    proposal: Link | None,
) -> ShownMinutes:
    """For the committee itself; `may`: prepare the approval, write an addendum."""
    agency, today = meeting.agency, meeting.agency.today()
    way = PageLink(_("See the meeting"), at(agency, "groups:meeting", pk=meeting.pk))
    if minutes is None:
        line = waiting_line(meeting, due, deciding=step is not None, today=today)
        said = [*line.notes]
        if step is not None and step.text != meeting.minutes:
            said.append(
                _(
                    "Somebody changed the minutes after they were put to the committee, so that "
                    "proposal can’t bring them into force. Withdraw it, and prepare them again."
                )
            )
        prepare = PageLink(
            _("Prepare the approval"), at(agency, "oversight:prepare_minutes", pk=meeting.pk)
        )
        return ShownMinutes(
            day=line.day,
            word=line.word,
            tone=line.tone,
            said=said,
            text=meeting.minutes,
            readers=readers_in_words(readers),
            proposal=proposal,
            action=prepare if may[0] else None,
            ways=[way],
        )
    decided = proposal and Link(_("See the committee’s decision"), proposal.url)
    add = PageLink(_("Write an addendum"), at(agency, "oversight:add_to_minutes", pk=meeting.pk))
    same = same_words(minutes.open_text, meeting.minutes)
    return ShownMinutes(
        day=written(meeting.on),
        word=_("Approved"),
        tone="good",
        said=[_approved(minutes), _("They can’t be changed now, only corrected by an addendum.")],
        text=meeting.minutes,
        others="" if same else minutes.open_text,
        left_out=minutes.left_out,
        readers=readers_in_words(readers),
        addenda=list(added(_addenda(minutes), whole=True)),
        proposal=decided,
        action=add if may[1] else None,
        ways=[_printed(_("Print the text for others"), meeting), way],
    )


def published_page(minutes: ApprovedMinutes) -> ShownMinutes:
    """For others, whom the charter names."""
    meeting = minutes.meeting
    return ShownMinutes(
        day=written(meeting.on),
        word=_("Approved"),
        tone="good",
        said=[
            _approved(minutes),
            _("It approved this text for everybody who may read its minutes."),
        ],
        text=minutes.open_text,
        left_out=minutes.left_out,
        addenda=list(added(_addenda(minutes), whole=False)),
        ways=[_printed(_("Show it for printing"), meeting)],
    )


def _approved(minutes: ApprovedMinutes) -> str:
    day = written(minutes.approved_on)
    return _("The committee approved these minutes on %(day)s.") % {"day": day}


def _addenda(minutes: ApprovedMinutes) -> list[MinutesAddendum]:
    rows = MinutesAddendum.objects.within(minutes.agency).filter(minutes=minutes)
    return list(rows.select_related("written_by").order_by("number"))


def _printed(words: str, meeting: Meeting) -> PageLink:
    return PageLink(words, at(meeting.agency, "oversight:print_minutes", pk=meeting.pk))
