"""Presenter of the page of a cell."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from cells.cell import rules as cell_rules
from cells.cell.models import Cell
from cells.handing_on.settlements import ToldSettlement
from cells.ideas.models import OpportunityState
from cells.overview.at_work import IdeaAtWork
from cells.overview.facts import CellFacts, MeetingAhead
from cells.overview.next_step import Ahead, ahead
from cells.overview.stages import MissionStage, TookPart
from cells.plans.models import PlanStatus
from foundation.addresses import at
from foundation.paging import Few
from foundation.presenting import PageLink, written
from groups.models import Closure, Seat
from measures.definitions.models import Measure


@dataclass(frozen=True)
class CellRights:
    """What the reader may do with the cell, by the rules."""

    work: bool = False
    run: bool = False
    close: bool = False
    open_again: bool = False
    see_signs: bool = False


@dataclass(frozen=True)
class CellParts:
    """Everything that was read for the page of a cell.

    `waiting`: how many ideas wait to be ranked. `charted`: whether one measure's chart is shown;
    `measures`: the rest. `closure`, `settled`: how the cell was closed, and where its work went.
    """

    cell: Cell
    stage: MissionStage
    next: Ahead
    late: Sequence[str]
    took_part: Sequence[TookPart]
    ideas: Few[IdeaAtWork]
    waiting: int
    charted: bool
    measures: Few[Measure]
    meeting: MeetingAhead | None
    people: Few[Seat]
    closure: Closure | None = None
    settled: Sequence[ToldSettlement] = field(default_factory=list)


@dataclass(frozen=True)
class EndedShown:
    """How a cell ended: who closed it, why, and what happened to its work."""

    words: str
    why: str
    settled: Sequence[ToldSettlement]
    links: Sequence[PageLink]


@dataclass(frozen=True)
class StageShown:
    """One stage of the mission; `place` is now, past, or empty if it lies ahead."""

    words: str | Promise
    place: str


@dataclass(frozen=True)
class TookPartShown:
    """Stages in which consumers took part, or did not (an `alert`)."""

    words: str
    stages: str
    icon: str
    alert: bool


@dataclass(frozen=True)
class WhereShown:
    """The cell's stage; `next` is None for a cell that is not open today."""

    stages: Sequence[StageShown]
    next: Ahead | None
    late: Sequence[str]
    took_part: Sequence[TookPartShown]


@dataclass(frozen=True)
class IdeaCard:
    """An idea in work; `trying`: the small test under way, which leads to its page."""

    title: str
    href: str
    aim: str
    how_far: str
    trying: PageLink | None


@dataclass(frozen=True)
class WorkShown:
    """The cell's work, or a text in its place; `waiting`: the unranked ideas."""

    ideas: Few[IdeaCard]
    words: str
    waiting: str


@dataclass(frozen=True)
class MeetingShown:
    """The next meeting, or a text in its place."""

    meeting: MeetingAhead | None
    href: str
    words: str


@dataclass(frozen=True)
class PeopleShown:
    """The people in the cell by name, and a link to all."""

    words: str
    people: Few[Seat]
    href: str


@dataclass(frozen=True)
class MoreMeasures:
    """The cell's other measures, folded, and the link to add one."""

    summary: str
    links: Sequence[PageLink]
    measures: Few[Measure]
    href: str


@dataclass(frozen=True)
class CellPage:
    """The page of a cell. A part that is None, or without words or links, is not shown."""

    closed: str
    ended: EndedShown | None
    where: WhereShown | None
    work: WorkShown | None
    no_measure: str
    meeting: MeetingShown | None
    packet: Sequence[PageLink]
    people: PeopleShown | None
    measures: MoreMeasures | None
    links: Sequence[PageLink]


@dataclass(frozen=True)
class CellCard:
    """A cell in the list; `signal`: a stage went ahead without consumers."""

    cell: Cell
    stage: str | Promise
    step: int
    next: Ahead
    signal: bool


def card_of(found: CellFacts, reader: Member, on: date) -> CellCard:
    """The card of a cell, with its next step for this reader; no query."""
    return cell_card(found, ahead(found, reader, on), told_parts(found, reader))


def cell_card(found: CellFacts, then: Ahead, took_part: Sequence[TookPart]) -> CellCard:
    return CellCard(
        cell=found.cell,
        stage=found.stage.words,
        step=list(MissionStage).index(found.stage) + 1,
        next=then,
        signal=any(part.signal for part in took_part),
    )


def told_parts(found: CellFacts, reader: Member) -> Sequence[TookPart]:
    """Stages in which consumers took part, for readers who may know."""
    return found.took_part if cell_rules.seeing_who_took_part(reader) else []


def cell_page(parts: CellParts, may: CellRights, on: date) -> CellPage:
    """The page on that day, for a reader with these rights; no query."""
    cell, goes_on = parts.cell, parts.closure is None
    works_today = cell.group.is_open(on)
    packet = PageLink(
        _("Get the packet for the meeting to print (PDF)"),
        at(cell.agency, "cells:packet", pk=cell.pk),
    )
    return CellPage(
        closed="" if works_today else _("Closed"),
        ended=None if parts.closure is None else _ended(parts, parts.closure, may),
        where=_where(parts, is_open=works_today) if goes_on else None,
        work=_work(parts) if goes_on or parts.ideas.rows else None,
        no_measure=_("Numbers show if things get better. We have none yet.")
        if goes_on
        else _("No measure is used here any more."),
        meeting=_meeting(parts) if goes_on else None,
        packet=[packet] if works_today and may.run else [],
        people=_people(parts) if goes_on else None,
        measures=_more_measures(parts, may) if parts.measures.rows or may.work else None,
        links=[*([packet] if works_today and not may.run else []), *_links(cell, may)],
    )


def _ended(parts: CellParts, closure: Closure, may: CellRights) -> EndedShown:
    group = parts.cell.group
    day = written(closure.on)
    again = PageLink(_("Open this cell again"), at(group.agency, "groups:open_again", pk=group.pk))
    words = (
        _("%(by)s closed this cell. It ended on %(day)s.")
        % {"by": closure.by.shown_name, "day": day}
        if closure.by
        else _("It ended on %(day)s.") % {"day": day}
    )
    return EndedShown(words, closure.why, parts.settled, [again] if may.open_again else [])


def _where(parts: CellParts, *, is_open: bool) -> WhereShown:
    order = list(MissionStage)
    now = order.index(parts.stage)
    return WhereShown(
        stages=[
            StageShown(stage.words, "now" if n == now else "past" if n < now else "")
            for n, stage in enumerate(order)
        ],
        next=parts.next if is_open else None,
        late=parts.late,
        took_part=_took_part(parts.took_part),
    )


def _took_part(parts: Sequence[TookPart]) -> list[TookPartShown]:
    """Completed stages with and without consumers: yes or not yet, never how many."""
    begun = [part for part in parts if part.begun]
    with_them = ", ".join(str(part.stage.doing) for part in begun if part.consumers)
    without = ", ".join(str(part.stage.doing) for part in begun if part.signal)
    told = [
        TookPartShown(_("Yes:"), with_them, "circle-check", alert=False),
        TookPartShown(_("Not yet:"), without, "triangle-alert", alert=True),
    ]
    return [each for each in told if each.stages]


def _work(parts: CellParts) -> WorkShown:
    waiting = ngettext(
        "%(n)s idea waits to be ranked.", "%(n)s ideas wait to be ranked.", parts.waiting
    ) % {"n": parts.waiting}
    return WorkShown(
        ideas=Few(_cards(parts.ideas), parts.ideas.total),
        words=_(
            "We have not chosen an idea yet. When we do, you will see here what is being done."
        ),
        waiting=waiting if parts.waiting else "",
    )


def _cards(ideas: Iterable[IdeaAtWork]) -> list[IdeaCard]:
    """Only the first test is a link of its own: a page of a cell has at most seven links."""
    cards: list[IdeaCard] = []
    linked = False
    for card in map(_card, ideas):
        trying = card.trying and (PageLink(card.trying.text, "") if linked else card.trying)
        cards.append(replace(card, trying=trying))
        linked = linked or trying is not None
    return cards


def _card(work: IdeaAtWork) -> IdeaCard:
    idea, plan = work.idea, work.plan
    return IdeaCard(
        title=idea.title,
        href=at(idea.agency, "cells:opportunity", pk=idea.pk)
        if plan is None
        else at(idea.agency, "cells:plan", pk=plan.pk),
        aim=plan.aim if plan is not None else "",
        how_far=_how_far(work),
        trying=_trying(work),
    )


def _how_far(work: IdeaAtWork) -> str:
    asked = _("The cell is asked if it worked.")
    told = _plan_in_words(work)
    return f"{asked} {told}" if work.idea.state == OpportunityState.CLOSING else told


def _plan_in_words(work: IdeaAtWork) -> str:
    if work.plan is None or work.plan.status == PlanStatus.DRAFT:
        return _("The plan is being made.")
    if work.plan.status == PlanStatus.STOPPED:
        return _("The plan was stopped.")
    goes = work.goes
    done = ngettext("%(n)s step done", "%(n)s steps done", goes.steps_done) % {"n": goes.steps_done}
    return _("%(steps_done)s, %(n)s to do.") % {"steps_done": done, "n": goes.steps_open}


def _trying(work: IdeaAtWork) -> PageLink | None:
    goes = work.goes
    if not goes.test:
        return None
    href = at(work.idea.agency, "cells:cycle", pk=goes.test_key)
    if goes.test_until is None:
        return PageLink(_("Testing now: %(test)s") % {"test": goes.test}, href)
    words = _("Testing now: %(test)s (until %(day)s)")
    return PageLink(words % {"test": goes.test, "day": written(goes.test_until)}, href)


def _meeting(parts: CellParts) -> MeetingShown:
    meeting = parts.meeting
    href = at(parts.cell.agency, "groups:meeting", pk=meeting.pk) if meeting is not None else ""
    return MeetingShown(meeting, href, _("No meeting is planned."))


def _people(parts: CellParts) -> PeopleShown:
    names = ", ".join(seat.member.shown_name for seat in parts.people)
    href = at(parts.cell.agency, "groups:people", pk=parts.cell.group_id)
    return PeopleShown(names or _("Nobody has a seat in this cell yet."), parts.people, href)


def _more_measures(parts: CellParts, may: CellRights) -> MoreMeasures:
    agency = parts.cell.agency
    if parts.measures.rows:
        summary = _("Our other numbers")
    else:
        summary = _("Track another measure") if parts.charted else _("Track a measure")
    links = [
        PageLink(each.name, at(agency, "measures:measure", pk=each.pk)) for each in parts.measures
    ]
    if may.work:
        define = at(agency, "measures:define", pk=parts.cell.group_id)
        links.append(PageLink(_("Add a measure"), define))
    return MoreMeasures(summary, links, parts.measures, at(agency, "measures:measures"))


def _links(cell: Cell, may: CellRights) -> list[PageLink]:
    of_group = partial(at, cell.agency, pk=cell.group_id)
    of_cell = partial(at, cell.agency, pk=cell.pk)
    offered = [
        (True, _("See who is in this cell"), of_group("groups:people")),
        (True, _("See all meetings"), of_group("groups:meetings")),
        (True, _("See what we agreed on"), of_group("groups:decisions")),
        (may.see_signs, _("See how we work together"), of_cell("cells:together")),
        (may.run, _("Change this cell"), of_cell("cells:change")),
        (may.close, _("Close this cell"), of_cell("cells:close")),
    ]
    return [PageLink(words, href) for is_offered, words, href in offered if is_offered]
