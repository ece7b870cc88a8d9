"""The next step of a cell: one sentence, and the one thing this member can do about it."""

from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from cells.cell import rules as cell_rules
from cells.cell.models import Cell
from cells.overview.facts import CellFacts
from cells.overview.stages import Facts, MissionStage
from cells.policies import BALLOTS, RANKED
from cells.ranking import rules as ranking_rules
from foundation.addresses import at
from groups import rules as group_rules


@dataclass(frozen=True)
class Ahead:
    """`href` and `action` are empty if this member can't do anything now."""

    words: str
    href: str = ""
    action: str = ""


def ahead(found: CellFacts, member: Member, on: date) -> Ahead:
    """The next step, from the facts."""
    cell, known = found.cell, found.known
    match found.stage:
        case MissionStage.RANK:
            return _vote(cell, known, member, on)
        case MissionStage.CHOOSE:
            return _choice(cell, known, member)
        case MissionStage.PLAN:
            return _plan(cell, known, member)
        case MissionStage.EVALUATE:
            return _look(cell, known, member, on)
        case _:
            return _ideas(cell, known, member)


def _ideas(cell: Cell, known: Facts, member: Member) -> Ahead:
    if known.ideas < RANKED.value:
        return Ahead(
            _("We are looking for ideas. What could be better? What works well?"),
            at(member.agency, "cells:raise", pk=cell.pk),
            _("Share an improvement idea"),
        )
    if known.voters < BALLOTS.value:
        return _seats(cell, known, member)
    words = ngettext(
        "There is %(count)d idea. Next, we vote on what comes first.",
        "There are %(count)d ideas. Next, we vote on what comes first.",
        known.ideas,
    ) % {"count": known.ideas}
    refusal = ranking_rules.opening_round(
        cell, member, ideas=known.ideas, voters=known.voters, under_way=False
    )
    if refusal is None:
        return Ahead(words, at(member.agency, "cells:open_round", pk=cell.pk), _("Start a vote"))
    return Ahead(
        words, at(member.agency, "cells:raise", pk=cell.pk), _("Share an improvement idea")
    )


def _seats(cell: Cell, known: Facts, member: Member) -> Ahead:
    """With fewer people a vote would not be secret: they choose by consent."""
    words = ngettext(
        "There is %(count)d idea. We are too few for a secret vote, so we choose together.",
        "There are %(count)d ideas. We are too few for a secret vote, so we choose together.",
        known.ideas,
    ) % {"count": known.ideas}
    refusal = ranking_rules.choosing_together(
        cell, member, ideas=known.ideas, voters=known.voters, under_way=False
    )
    if refusal is None and known.voters:
        together = at(member.agency, "cells:choose_together", pk=cell.pk)
        return Ahead(words, together, _("Propose one idea"))
    if cell_rules.running(cell, member) is None:
        people = at(member.agency, "groups:people", pk=cell.group_id)
        return Ahead(words, people, _("Add members"))
    return Ahead(
        words, at(member.agency, "cells:raise", pk=cell.pk), _("Share an improvement idea")
    )


def _vote(cell: Cell, known: Facts, member: Member, on: date) -> Ahead:
    href = at(member.agency, "cells:round", pk=known.open_round)
    if known.closes_on is None:
        return Ahead(_("Before we vote, we gather ideas."), href, _("See how it goes"))
    day = formats.date_format(known.closes_on, "F j, Y")
    if on > known.closes_on:
        words = _("The last day to vote is over.")
        runs = cell_rules.running(cell, member) is None
        # The page of the vote says whether enough have voted.
        return Ahead(words, href, _("Close it or give more time")) if runs else Ahead(words)
    words = _("We vote on what comes first, until %(day)s.") % {"day": day}
    if group_rules.place(cell.group, member).voting and not known.voted:
        return Ahead(words, href, _("Vote now"))
    if known.voted:
        words = _("%(words)s You have voted. Thank you.") % {"words": words}
    return Ahead(words, href, _("See how the vote goes"))


def _choice(cell: Cell, known: Facts, member: Member) -> Ahead:
    if known.deciding is not None:
        words = _("We decide together which idea to work on.")
        if group_rules.reading(cell.group, member) is None:
            href = at(member.agency, "groups:decision", pk=known.deciding)
            return Ahead(words, href, _("Say what you think"))
        return Ahead(words)
    words = _("The vote is over. Next, we choose one idea to work on.")
    if group_rules.proposing(cell.group, member) is None:
        href = at(member.agency, "cells:propose", pk=known.ranked)
        return Ahead(words, href, _("Propose one idea"))
    return Ahead(
        words, at(member.agency, "cells:round", pk=known.ranked), _("See what came out of the vote")
    )


def _plan(cell: Cell, known: Facts, member: Member) -> Ahead:
    words = _("We chose an idea. Next, we make a plan for it.")
    href = at(member.agency, "cells:plan", pk=known.to_plan)
    if cell_rules.working(cell, member) is None:
        return Ahead(words, href, _("Make the plan"))
    return Ahead(words, href, _("See the plan"))


def _look(cell: Cell, known: Facts, member: Member, on: date) -> Ahead:
    href = at(member.agency, "cells:plan", pk=known.active_plan)
    if known.review_on is not None and known.review_on <= on:
        words = _("It is time to look at how our plan goes.")
        if cell_rules.working(cell, member) is None:
            review = at(member.agency, "cells:review", pk=known.active_plan)
            return Ahead(words, review, _("Write down what you see"))
        return Ahead(words, href, _("See the plan"))
    day = formats.date_format(known.review_on, "F j, Y") if known.review_on else ""
    words = _("Our plan is under way. We look at it again on %(day)s.") % {"day": day}
    return Ahead(words, href, _("See the plan"))
