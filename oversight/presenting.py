"""Presenter of the committee's page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from foundation.addresses import at
from foundation.links import Link
from foundation.models import Agency
from foundation.presenting import EmptyShown, PageLink
from groups.models import Group


@dataclass(frozen=True)
class OverduePauses:
    """Pauses of committee members that the reader can review: how many, and the first."""

    first: int
    count: int


@dataclass(frozen=True)
class CommitteeDuties:
    """What the committee has to do now, as far as the reader takes part."""

    under_way: int | None = None
    to_judge: int = 0
    to_verify: int = 0
    minutes: int = 0
    """Minutes to be put to the committee for approval."""
    late_steps: int = 0
    """Proposals that are before the committee for longer than it has for a decision."""
    overdue: OverduePauses | None = None


@dataclass(frozen=True)
class DutyCard:
    """A task as a card; `count` is the number of items, None for a single one."""

    title: str
    href: str
    icon: str
    count: int | None = None


@dataclass(frozen=True)
class CommitteePage:
    """The page of the committee; `work` links to what it works on."""

    purpose: str
    duties: Sequence[DutyCard]
    work: Sequence[PageLink]


def _looks_at() -> str:
    return _(
        "It looks at the indicators each quarter, says what should change, and makes sure that "
        "management answers."
    )


def committee_page(
    group: Group,
    duties: CommitteeDuties,
    charter: Link | None,
    *,
    inside: bool = False,
    minutes: bool = False,
) -> CommitteePage:
    """`charter` is the one in force, if any; `inside`: for the committee itself; no query.

    `minutes`: the reader may read some.
    """
    return CommitteePage(
        purpose=group.purpose or _looks_at(),
        duties=list(_duties(group, duties)),
        work=list(_work(group, charter, inside=inside, minutes=minutes)),
    )


def no_committee(agency: Agency, *, ended: bool, may_open: bool) -> EmptyShown:
    """What the page shows without a committee; `ended`: the end of the last one."""
    there_is = _("There is no oversight committee yet")
    return EmptyShown(
        heading=_("There is no oversight committee now") if ended else there_is,
        text=_looks_at() + " " + _("More than half of it are consumers."),
        action=_("Set up the committee"),
        href=at(agency, "groups:add") if may_open else "",
    )


def _duties(group: Group, duties: CommitteeDuties) -> Iterator[DutyCard]:
    href = partial(at, group.agency)
    if duties.under_way is not None:
        review = href("oversight:review", pk=duties.under_way)
        yield DutyCard(_("Go on with the review that is under way"), review, "chart-line")
    if duties.to_judge:
        words = _("Prepare what the committee decides about answers of management")
        answers = href("oversight:recommendations")
        yield DutyCard(words, answers, "message-circle", duties.to_judge)
    if duties.to_verify:
        words = _("Verify what management says it has carried out")
        reports = href("oversight:recommendations")
        yield DutyCard(words, reports, "circle-check", duties.to_verify)
    if duties.minutes:
        words = _("Prepare the approval of minutes")
        yield DutyCard(words, href("oversight:minutes_list"), "file-text", duties.minutes)
    if duties.late_steps:
        words = _("Decide what has been before the committee for too long")
        proposals = href("groups:decisions", pk=group.pk)
        yield DutyCard(words, proposals, "clock", duties.late_steps)
    if duties.overdue is not None:
        words = _("Review the pause of a member that is overdue")
        pause = href("oversight:review_pause", pk=duties.overdue.first)
        yield DutyCard(words, pause, "clock", duties.overdue.count)


def _work(group: Group, charter: Link | None, *, inside: bool, minutes: bool) -> Iterator[PageLink]:
    href = partial(at, group.agency)
    yield PageLink(_("See how the program is doing"), href("indicators:dashboard"))
    yield PageLink(_("See the reviews"), href("oversight:reviews"))
    recommended = _("See what the committee recommends, and what came of it")
    yield PageLink(recommended, href("oversight:recommendations"))
    yield PageLink(_("See the Quarterly Accounts"), href("quarterly:accounts"))
    decisions = href("groups:decisions", pk=group.pk)
    yield PageLink(_("See what the committee decides"), decisions)
    if minutes:
        yield PageLink(_("Read the minutes of its meetings"), href("oversight:minutes_list"))
    if inside:
        yield PageLink(_("See whether the record is whole"), href("evidence:record"))
        yield PageLink(_("Download a packet for surveyors"), href("surveyors:packet"))
    if charter is not None:
        yield PageLink(str(charter.title), charter.url)
