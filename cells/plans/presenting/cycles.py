"""Presenter of the page of a small test."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.template.defaultfilters import linebreaksbr
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cells.plans import ramps
from cells.plans.models.cycles import CyclePart, PDSACycle
from cells.plans.ramps import HowFar
from foundation import keys
from foundation.addresses import at
from foundation.models import Agency
from foundation.presenting import Fact, PageLink, written
from foundation.templatetags.components import day


@dataclass(frozen=True)
class CycleRights:
    """What the reader may do with the test, by the rules; `write`: the parts to fill in or edit."""

    write: frozenset[CyclePart] = frozenset()
    start: bool = False
    reconsider: bool = False
    go_on: bool = False
    take_away: bool = False


@dataclass(frozen=True)
class CycleParts:
    """Everything that was read for the page of a test.

    `following`: the test that continues it; `said`: its chart's current finding, empty without one;
    `lacks`: what is missing before it can start, for people who may fill it in.
    """

    cycle: PDSACycle
    following: PDSACycle | None = None
    said: str = ""
    lacks: Sequence[str | Promise] = ()


@dataclass(frozen=True)
class WrittenPart:
    """A part of the test after its plan: lines, then the text, empty if nothing was written.

    `unexpected` is what nobody predicted; `button` leads on if this part is the next one.
    """

    heading: str
    lines: Sequence[str]
    text: str
    unexpected: str = ""
    button: PageLink | None = None
    links: Sequence[PageLink] = ()


@dataclass(frozen=True)
class CyclePage:
    """The page of a small test: its plan, with what it needs to start, then the other parts."""

    name: str
    how_far: HowFar
    ended: str
    on_paper: str
    former: Sequence[PageLink]
    planned: Sequence[Fact]
    lacks: Sequence[str | Promise]
    filling: PageLink
    ready: str
    may_start: bool
    changing: Sequence[PageLink]
    parts: Sequence[WrittenPart]
    going_on: PageLink | None
    taking_away: Sequence[PageLink]


def cycle_page(read: CycleParts, may: CycleRights) -> CyclePage:
    """The page for a reader with these rights; no query."""
    cycle = read.cycle
    href = partial(at, cycle.agency)
    change = href("cells:change_cycle", pk=cycle.pk)
    planning, whole = CyclePart.PLAN in may.write, not read.lacks
    changing = PageLink(_("Change the plan of this test"), change)
    away = PageLink(_("Take this test away"), href("cells:take_cycle_away", pk=cycle.pk))
    return CyclePage(
        name=_named(cycle),
        how_far=ramps.state(cycle, cycle.plan),
        ended=_ended(cycle),
        on_paper=_on_paper(cycle),
        former=_former(cycle),
        planned=list(_planned(cycle)),
        lacks=read.lacks,
        filling=PageLink(_("Fill in the plan"), change),
        ready=_ready(may) if whole else "",
        may_start=may.start and whole,
        changing=[changing] if planning and whole else [],
        parts=[_doing(cycle, may), _study(cycle, may, read.said), _act(cycle, may, read.following)],
        going_on=_next_test(cycle) if may.go_on and read.following is None else None,
        taking_away=[away] if may.take_away else [],
    )


def _named(cycle: PDSACycle) -> str:
    title = {"number": cycle.number, "title": cycle.title}
    return _("Test %(number)s: %(title)s") % title


def _linked(agency: Agency, other: PDSACycle, words: str) -> PageLink:
    """A link to another test, in these words with its number and title."""
    text = words % {"number": other.number, "title": other.title}
    return PageLink(text, at(agency, "cells:cycle", pk=other.pk))


def _former(cycle: PDSACycle) -> list[PageLink]:
    if cycle.former is None:
        return []
    words = _("It goes on from test %(number)s: %(title)s")
    return [_linked(cycle.agency, cycle.former, words)]


def _ended(cycle: PDSACycle) -> str:
    if cycle.broken_off_on is None:
        return ""
    said = _("It ended on %(day)s, when the cell closed. %(why)s")
    return said % {"day": written(cycle.broken_off_on), "why": cycle.broken_off_because}


def _on_paper(cycle: PDSACycle) -> str:
    if cycle.recorded_on is None:
        return ""
    said = _("Done on paper. Recorded on %(day)s by %(name)s, so nothing was foretold.")
    return said % {"day": written(cycle.recorded_on), "name": cycle.recorded_by}


def _planned(cycle: PDSACycle) -> Iterator[Fact]:
    told = [
        (_("What we want to learn"), cycle.objective),
        (_("What we think will happen"), cycle.prediction),
        (_("What will be done"), cycle.what),
        (_("Who is in charge"), cycle.leader.shown_name if cycle.leader else ""),
        (_("Who takes part"), cycle.who),
        (_("Where"), cycle.where),
        (_("How small we start"), cycle.scale),
        (_("What else we look at"), cycle.looked_at),
    ]
    for key, value in told:
        if value:
            yield {"key": key, "value": linebreaksbr(value)}
    if cycle.from_day or cycle.to_day:
        when = format_html("{} \N{EN DASH} {}", _day(cycle.from_day), _day(cycle.to_day))
        yield {"key": _("When"), "value": when}
    if cycle.measure:
        link = format_html(
            '<a class="govuk-link" href="{}">{}</a>',
            at(cycle.agency, "measures:measure", pk=cycle.measure.pk),
            cycle.measure.name,
        )
        yield {"key": _("Number"), "value": link}


def _day(on: date | None) -> str:
    return day(on) if on else "…"


def _ready(may: CycleRights) -> str:
    """The words that nothing is missing, for people who may continue."""
    if may.start:
        return _("All is there. When the test has started, what you expect stays as it is.")
    if CyclePart.PLAN in may.write:
        return _("All is there. The test can start when the plan has started.")
    return ""


def _way(
    cycle: PDSACycle, part: CyclePart, may: CycleRights, href: str, now: str, later: str
) -> tuple[PageLink | None, list[PageLink]]:
    """A button to write in a part that comes next, else a link to edit it."""
    if part not in may.write:
        return None, []
    if cycle.part == part:
        return PageLink(now, href), []
    return None, [PageLink(later, href)]


def _doing(cycle: PDSACycle, may: CycleRights) -> WrittenPart:
    said = []
    if cycle.started_on:
        said.append(_("Started on %(day)s.") % {"day": written(cycle.started_on)})
    if cycle.started_on and cycle.done_on:
        said.append(_("Done on %(day)s.") % {"day": written(cycle.done_on)})
    href = at(cycle.agency, "cells:do", pk=cycle.pk)
    now, later = _("Write down what happens"), _("Change what happened")
    button, links = _way(cycle, CyclePart.DO, may, href, now, later)
    return WrittenPart(
        heading=_("Do: what happened"),
        lines=[" ".join(said)] if said else [],
        text=cycle.happened,
        unexpected=cycle.unexpected,
        button=button,
        links=links,
    )


def _study(cycle: PDSACycle, may: CycleRights, said: str) -> WrittenPart:
    lines = [f"{_('The chart says:')} {said}"] if said else []
    if cycle.learned:
        asked, answer = _("Did it come as we expected?"), cycle.get_foretold_display()
        lines.append(format_html("{} <strong>{}</strong>", asked, answer))
    href = at(cycle.agency, "cells:study", pk=cycle.pk)
    now, later = _("Compare it with what you expected"), _("Change what you learned")
    button, links = _way(cycle, CyclePart.STUDY, may, href, now, later)
    heading = _("Study: what we learned")
    return WrittenPart(heading, lines, cycle.learned, button=button, links=links)


def _act(cycle: PDSACycle, may: CycleRights, following: PDSACycle | None) -> WrittenPart:
    lines: list[str] = []
    if cycle.ended_on:
        outcome = cycle.get_outcome_display()
        lines.append(format_html("<strong>{}</strong> ({})", outcome, day(cycle.ended_on)))
    href = at(cycle.agency, "cells:conclude", pk=cycle.pk)
    links = [PageLink(_("Change what you do now"), href)] if may.reconsider else []
    if following is not None:
        words = _("The next test is test %(number)s: %(title)s")
        links.append(_linked(cycle.agency, following, words))
    return WrittenPart(
        heading=_("Act: what we do now"),
        lines=lines,
        text=cycle.reason if cycle.ended_on else "",
        button=PageLink(_("Say what you do now"), href) if CyclePart.ACT in may.write else None,
        links=links,
    )


def _next_test(cycle: PDSACycle) -> PageLink:
    page = at(cycle.agency, "cells:plan_cycle", pk=cycle.plan_id)
    return PageLink(_("Plan the next test"), f"{page}?after={keys.code_of(cycle)}")
