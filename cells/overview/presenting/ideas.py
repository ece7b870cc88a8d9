"""Presenter of the list of a cell's ideas."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from cells.cell.models import Cell
from cells.ideas.models import Opportunity, Overdue
from cells.ranking.models import PriorityRound
from foundation.addresses import at
from foundation.presenting import PageLink, written
from foundation.refusals import Refusal


@dataclass(frozen=True)
class WaysToRank:
    """What the reader can do to get the ideas ranked.

    `under_way`: the current ranking. `not_yet`: why nobody can begin one.
    """

    under_way: PriorityRound | None = None
    vote: bool = False
    choose: bool = False
    gather: bool = False
    on_paper: bool = False
    not_yet: Refusal | None = None


@dataclass(frozen=True)
class IdeasParts:
    """Everything that was read for the list of ideas.

    `late`: what is overdue, by key of the idea. `sought`: whether the list is filtered.
    """

    cell: Cell
    ideas: Sequence[Opportunity]
    late: Mapping[int, Overdue]
    ways: WaysToRank
    sought: bool
    may_raise: bool


@dataclass(frozen=True)
class IdeaLine:
    """An idea in the list."""

    idea: Opportunity
    href: str
    late: str
    whose: str


@dataclass(frozen=True)
class NoIdeas:
    """What an empty list shows in its place, with one link."""

    action: str
    href: str


@dataclass(frozen=True)
class RankingShown:
    """How the cell gets to a ranking: links, or why there is none yet."""

    not_yet: str
    links: Sequence[PageLink]


@dataclass(frozen=True)
class IdeasPage:
    """The list of a cell's ideas; `empty` if it has none, `lines` are the filtered ones."""

    empty: NoIdeas | None
    raising: PageLink | None
    lines: Sequence[IdeaLine]
    ranking: RankingShown | None


def ideas_page(parts: IdeasParts) -> IdeasPage:
    """The list, from its parts; no query."""
    agency, cell = parts.cell.agency, parts.cell
    share = PageLink(_("Share an improvement idea"), at(agency, "cells:raise", pk=cell.pk))
    others = PageLink(_("See the other cells"), at(agency, "cells:cells"))
    way_on = share if parts.may_raise else others
    return IdeasPage(
        empty=None if parts.ideas or parts.sought else NoIdeas(way_on.text, way_on.href),
        raising=share if parts.may_raise else None,
        lines=[_line(each, parts.late.get(each.pk)) for each in parts.ideas],
        ranking=_ranking(parts),
    )


def _line(idea: Opportunity, late: Overdue | None) -> IdeaLine:
    whose = {"name": idea.author.shown_name, "day": written(idea.raised_on)}
    return IdeaLine(
        idea=idea,
        href=at(idea.agency, "cells:opportunity", pk=idea.pk),
        late="" if late is None else str(late.label),
        whose=_("From %(name)s, %(day)s") % whose,
    )


def _ranking(parts: IdeasParts) -> RankingShown | None:
    links, refusal = list(_ways(parts)), parts.ways.not_yet
    not_yet = f"{refusal.reason} {refusal.instead}" if refusal is not None else ""
    return RankingShown(not_yet, links) if links or not_yet else None


def _ways(parts: IdeasParts) -> Iterator[PageLink]:
    ways, href = parts.ways, partial(at, parts.cell.agency)
    if ways.under_way is not None:
        yield PageLink(_("Go to the ranking"), href("cells:round", pk=ways.under_way.pk))
    offered = [
        (ways.vote, _("Start a vote"), "cells:open_round"),
        (ways.choose, _("Propose one idea, to choose it together"), "cells:choose_together"),
        (ways.gather, _("Ask everyone to write down ideas in silence"), "cells:gather"),
        (
            ways.on_paper and bool(parts.ideas),
            _("Write down a ranking from paper"),
            "cells:write_down_ranking",
        ),
    ]
    for is_offered, words, page in offered:
        if is_offered:
            yield PageLink(words, href(page, pk=parts.cell.pk))
