"""The guides of a reader, with links to the pages that this reader may open."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from accounts.models import Member
from cells.cell.rules import seeing_board
from cqi_portal.guides.members import COMMITTEE, TAKING_PART
from cqi_portal.guides.steps import Guide, GuideStep, Words
from cqi_portal.guides.workers import ADMINISTRATOR, FACILITATOR, PAYMENTS
from cqi_portal.navigation import NavigationLink, is_consumers_view
from foundation.addresses import at
from foundation.presenting import PageLink
from foundation.refusals import Refusal
from starters.rules import printing

GUIDES = (TAKING_PART, FACILITATOR, COMMITTEE, PAYMENTS, ADMINISTRATOR)


@dataclass(frozen=True)
class GuideStepShown:
    title: Words
    text: Words
    link: PageLink | None


@dataclass(frozen=True)
class GuidePartShown:
    heading: Words
    steps: Sequence[GuideStepShown]


def find(code: str) -> Guide | None:
    return next((guide for guide in GUIDES if guide.code == code), None)


def shown(guide: Guide, reader: Member) -> list[GuidePartShown]:
    """The guide's parts, with links to those pages that this reader may open."""
    return [
        GuidePartShown(part.heading, [_step(step, reader) for step in part.steps])
        for part in guide.parts
    ]


def _step(step: GuideStep, reader: Member) -> GuideStepShown:
    way = step.way
    link = None
    if way is not None and _may_open(way, reader):
        link = PageLink(str(way.title), at(reader.agency, way.name))
    return GuideStepShown(step.title, step.text, link)


# Pages that a rule decides on, and no permission alone.
RULES: dict[str, Callable[[Member], Refusal | None]] = {
    "cells:board": seeing_board,
    "starters:texts": printing,
}


def _may_open(way: NavigationLink, reader: Member) -> bool:
    if way.name in RULES:
        return RULES[way.name](reader) is None
    return not way.needs or any(map(reader.may, way.needs))


def own(reader: Member) -> list[PageLink]:
    """The guides of the reader's roles; the same one for everyone without a role."""
    mine = [guide for guide in GUIDES if guide.roles & reader.roles]
    if is_consumers_view(reader):
        mine.insert(0, TAKING_PART)
    return [_link(guide, reader) for guide in mine]


def others(reader: Member) -> list[PageLink]:
    """The other guides, for those who work here."""
    if is_consumers_view(reader):
        return []
    mine = own(reader)
    return [link for guide in GUIDES if (link := _link(guide, reader)) not in mine]


def _link(guide: Guide, reader: Member) -> PageLink:
    return PageLink(str(guide.title), at(reader.agency, "guide", guide=guide.code))
