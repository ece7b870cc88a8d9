"""Presenter of the page of a vote that is over."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cells.ideas.models import OpportunityState
from cells.ranking import matrix
from cells.ranking.matrix import MatrixIdea, MatrixPicture
from cells.ranking.models import HIGHEST, PriorityRound, RankingMethod, RoundEntry, RoundStatus
from foundation import smallness
from foundation.addresses import at
from foundation.minimum import MINIMUM, enough
from foundation.presenting import PageLink, written
from foundation.smallness import Bound, Mean, Size


@dataclass(frozen=True)
class ResultReader:
    """The reader of the result: whether they took part, and may propose a choice."""

    voted: bool = False
    may_propose: bool = False


@dataclass(frozen=True)
class ResultCell:
    """A value of an idea, under its column's name."""

    name: str
    value: str


@dataclass(frozen=True)
class ResultRow:
    """An idea with its place; `number` refers to its mark in the picture, empty without one."""

    number: str
    place: int | None
    title: str
    href: str
    state: str
    cells: Sequence[ResultCell]


@dataclass(frozen=True)
class ResultPage:
    """The result of a vote; `called_off` replaces all of it if nothing was counted.

    `together` says why no side is shown apart; `once_more` links to a further choice.
    """

    heading: str
    called_off: str
    said: str
    voted: bool
    proposing: PageLink | None
    pictures: Sequence[MatrixPicture]
    columns: Sequence[str]
    rows: Sequence[ResultRow]
    together: str
    once_more: Sequence[PageLink]
    notes: Sequence[str]


@dataclass(frozen=True)
class GivenToEntry:
    """An entry's votes, points or impacts, its efforts, and the number of ballots."""

    points: int
    efforts: int | None
    ballots: int


def result_page(
    ranking: PriorityRound, entries: Sequence[RoundEntry], reader: ResultReader
) -> ResultPage:
    """The page of a vote that is over, with its entries in order; no query."""
    on_paper, columns = ranking.method == RankingMethod.PAPER, _columns(ranking)
    shown = ranking.status == RoundStatus.CLOSED and enough(ranking.ballots_cast or 0)
    told = [_told(ranking, entry) for entry in entries]
    drawn = shown and ranking.method == RankingMethod.MATRIX
    pictures = _pictures(entries, [means for means, _cells in told]) if drawn else []
    may_propose = reader.may_propose and _waits(entries)
    chose = any(entry.opportunity.chosen_on for entry in entries)
    heading = _("What came out of the vote")
    return ResultPage(
        heading=_("This vote was called off") if _is_called_off(ranking) else heading,
        called_off=_called_off(ranking),
        said="" if _is_called_off(ranking) else _said(ranking),
        voted=reader.voted,
        proposing=_propose(ranking, _("Propose one idea")) if may_propose and not chose else None,
        pictures=pictures,
        columns=columns if shown and not on_paper else [],
        rows=[
            _row(entry, f"{number}. " if pictures else "", columns, cells)
            for number, (entry, (_means, cells)) in enumerate(zip(entries, told, strict=True), 1)
        ],
        together=_together() if shown and not on_paper and ranking.ballots_staff is None else "",
        once_more=[_propose(ranking, _("Propose one more idea"))] if may_propose and chose else [],
        notes=[] if on_paper else _notes(shown=shown),
    )


def _is_called_off(ranking: PriorityRound) -> bool:
    return ranking.status == RoundStatus.CANCELLED


def _called_off(ranking: PriorityRound) -> str:
    if not _is_called_off(ranking):
        return ""
    if ranking.method == RankingMethod.NOMINAL and not ranking.votes_each:
        return _(
            "Nobody had voted yet. The ideas that were written down are on the list of the cell."
        )
    return _("No vote was counted. All of them were destroyed.")


def _said(ranking: PriorityRound) -> str:
    """When it was closed or held, and how many took part."""
    assert ranking.ended_on is not None, "the database asks for it"
    voters = smallness.count(ranking.ballots_cast or 0)
    if ranking.recorded_on is None:
        said = _("The vote was closed on %(day)s. People who voted: %(voters)s.")
        return said % {"day": written(ranking.ended_on), "voters": voters}
    said = _(
        "The cell put its ideas in order in a room on %(day)s. %(name)s recorded it on "
        "%(recorded)s."
    ) % {
        "day": written(ranking.ended_on),
        "name": ranking.opened_by,
        "recorded": written(ranking.recorded_on),
    }
    if ranking.ballots_cast:
        said += " " + _("People who took part: %(n)s.") % {"n": voters}
    return said


def _notes(*, shown: bool) -> list[str]:
    few = _(
        "Fewer than %(minimum)s people voted. So that nobody can guess how others voted, only the "
        "order is shown."
    ) % {"minimum": MINIMUM.value}
    chance = _(
        "Below the first place, ideas with the same result stand in an order by chance. Nobody can "
        "see from it that all voted alike."
    )
    return [chance] if shown else [few, chance]


def _together() -> str:
    return _(
        "What people who use services and staff said is only counted apart where at least "
        "%(minimum)s of each voted."
    ) % {"minimum": MINIMUM.value}


def _waits(entries: Sequence[RoundEntry]) -> bool:
    """Whether the cell could still choose one of the ideas."""
    return any(entry.opportunity.state == OpportunityState.RAISED for entry in entries)


def _propose(ranking: PriorityRound, words: str) -> PageLink:
    return PageLink(words, at(ranking.agency, "cells:propose", pk=ranking.pk))


def _pictures(
    entries: Sequence[RoundEntry], means: Sequence[Sequence[Mean]]
) -> list[MatrixPicture]:
    ideas = [
        MatrixIdea(number, entry.opportunity.title, *_place(each))
        for number, (entry, each) in enumerate(zip(entries, means, strict=True), 1)
    ]
    return matrix.pictures(ideas)


def _place(means: Sequence[Mean]) -> tuple[float, float]:
    """The position by impact and effort."""
    return (means[0].value, means[1].value) if means else (0.0, 0.0)


def _columns(ranking: PriorityRound) -> list[str]:
    """The columns: all together and, if it may be shown, each side."""
    if ranking.method == RankingMethod.MATRIX:
        helps, hard = _("How much it would help"), _("How hard it would be")
        told = [(helps, helps), (hard, hard)]
    elif ranking.method == RankingMethod.NOMINAL:
        told = [(_("Points"), _("points"))]
    else:
        told = [(_("Votes"), _("votes"))]
    columns = [name for name, _each in told]
    if ranking.ballots_staff is not None:
        for who in (_("From people who use services"), _("From staff")):
            columns += [f"{who}: {name}" if len(told) > 1 else str(who) for name, _each in told]
    return columns


def _row(entry: RoundEntry, number: str, columns: Sequence[str], cells: Sequence[str]) -> ResultRow:
    idea = entry.opportunity
    return ResultRow(
        number=number,
        place=entry.place,
        title=idea.title,
        href=at(entry.agency, "cells:opportunity", pk=entry.opportunity_id),
        state="" if idea.state == OpportunityState.RAISED else idea.get_state_display(),
        cells=[ResultCell(*each) for each in zip(columns, cells, strict=True)] if cells else [],
    )


def _told(ranking: PriorityRound, entry: RoundEntry) -> tuple[list[Mean], list[str]]:
    """The means of a matrix (none for other methods), and the idea's values in words."""
    given = [
        (entry.votes, entry.effort, ranking.ballots_cast),
        (entry.votes_consumers, entry.effort_consumers, ranking.ballots_consumers),
        (entry.votes_staff, entry.effort_staff, ranking.ballots_staff),
    ]
    told = [
        GivenToEntry(points, efforts, ballots)
        for points, efforts, ballots in given
        if points is not None and ballots
    ]
    means = _means(told) if ranking.method == RankingMethod.MATRIX else []
    cells = [str(mean) for mean in means] or _parts(ranking, told)
    if means and len(told) > 1 and any(mean.bound != Bound.EXACT for mean in means[2:]):
        # The exact side and the total together would reveal the other.
        cells[2:] = [_("not told apart")] * len(cells[2:])
    return means, cells


def _means(told: Sequence[GivenToEntry]) -> list[Mean]:
    return [
        smallness.mean(total, each.ballots, lowest=1, highest=HIGHEST)
        for each in told
        for total in (each.points, each.efforts)
        if total is not None
    ]


def _parts(ranking: PriorityRound, told: Sequence[GivenToEntry]) -> list[str]:
    """Votes or points out of what was possible: never that all or none were given."""
    most = ranking.votes_each if ranking.method == RankingMethod.NOMINAL else 1
    wholes = [(each.points, most * each.ballots) for each in told]
    apart = wholes[1:]
    exact = all(smallness.size(*each) == Size.EXACT for each in apart)
    return [smallness.part(*each) for each in wholes[:1]] + [
        smallness.part(*each, exact=exact) for each in apart
    ]
