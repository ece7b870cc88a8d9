"""Presenter of the page of an idea."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from accounts.models import Member
from cells.ideas.models import Opportunity, OpportunityState, Overdue
from cells.overview.story import StoryStep
from cells.plans.models import ActionPlan, PlanStatus
from foundation.addresses import at
from foundation.links import Link
from foundation.presenting import PageLink, written
from foundation.refusals import Refusal


@dataclass(frozen=True)
class IdeaRights:
    """What the reader may do with the idea, by the rules.

    `say`: whether it worked, in the cell's decision. `answer`: what to do about a gain that
    slipped.
    """

    plan: bool = False
    answer: bool = False
    say: bool = False
    finish: bool = False
    take_up: bool = False
    take_apart: bool = False
    put_together: bool = False
    join: bool = False
    park: bool = False
    decline: bool = False

    @property
    def change(self) -> bool:
        """Whether it could be merged or split, except for a temporary obstacle."""
        return self.join or self.take_apart or self.put_together or self.park or self.decline


@dataclass(frozen=True)
class IdeaParts:
    """Everything that was read for the page of an idea.

    `late`: what is overdue. `parts`: what it was split into; `joined`: what was merged into it.
    `not_yet`: why it can't change now.
    """

    idea: Opportunity
    plan: ActionPlan | None
    late: Overdue | None
    origin: Link | None
    parts: Sequence[Opportunity]
    joined: Sequence[Opportunity]
    steps: Sequence[StoryStep]
    not_yet: Refusal | None


@dataclass(frozen=True)
class SlipShown:
    """A slipped gain, with a link for people who may say what to do."""

    words: str
    link: PageLink | None


@dataclass(frozen=True)
class IdeaNote:
    """A note on where the idea went, with the link there."""

    words: str
    link: PageLink


@dataclass(frozen=True)
class JoinedShown:
    """An idea that is part of this one, and its owner."""

    link: PageLink
    whose: str


@dataclass(frozen=True)
class DeedsShown:
    """What can be done with the idea, or why nothing can be done now."""

    links: Sequence[PageLink]
    not_yet: str


@dataclass(frozen=True)
class IdeaPage:
    """The page of an idea. A part that is None, or without words or links, is not shown."""

    kind: str
    late: str
    origin: Sequence[PageLink]
    whose: str
    slip: SlipShown | None
    plan: PageLink | None
    notes: Sequence[IdeaNote]
    part_of: Sequence[PageLink]
    parts: Sequence[PageLink]
    joined: Sequence[JoinedShown]
    saying: Sequence[PageLink]
    steps: Sequence[StoryStep]
    deeds: DeedsShown | None


def idea_page(parts: IdeaParts, may: IdeaRights, reader: Member, on: date) -> IdeaPage:
    """The page on that day, for this reader with these rights; no query."""
    idea = parts.idea
    return IdeaPage(
        kind=idea.get_kind_display(),
        late="" if parts.late is None else str(parts.late.label),
        origin=_origin(parts.origin),
        whose=_whose(idea, reader),
        slip=_slip(parts, may),
        plan=_plan(parts) if may.plan else None,
        notes=_notes(idea),
        part_of=_part_of(idea),
        parts=[_link(each) for each in parts.parts],
        joined=[_joined(each) for each in parts.joined],
        saying=_saying(idea) if may.say else [],
        steps=_steps(parts, on),
        deeds=_deeds(parts, may),
    )


def _link(idea: Opportunity) -> PageLink:
    return PageLink(idea.title, at(idea.agency, "cells:opportunity", pk=idea.pk))


def _origin(origin: Link | None) -> list[PageLink]:
    if origin is None:
        return []
    words = _("See where it came from: %(title)s") % {"title": origin.title}
    return [PageLink(words, origin.url)]


def _whose(idea: Opportunity, reader: Member) -> str:
    day = written(idea.raised_on)
    if idea.author_id == reader.pk:
        words = _("This is your idea, from %(day)s.") % {"day": day}
    else:
        name = {"name": idea.author.shown_name, "day": day}
        words = _("From %(name)s, %(day)s.") % name
    if idea.on_behalf_of_id is None:
        return words
    return f"{words} {_('%(name)s wrote it down.') % {'name': idea.raised_by.shown_name}}"


def _slip(parts: IdeaParts, may: IdeaRights) -> SlipShown | None:
    plan = parts.plan
    if plan is None or not plan.asks:
        return None
    if not may.answer:
        return SlipShown(_("What got better has slipped. The cell is asked what to do."), None)
    link = PageLink(_("Say what to do"), at(plan.agency, "cells:look_on", pk=plan.pk))
    return SlipShown(_("What got better has slipped. Look at it, and say what to do."), link)


def _plan(parts: IdeaParts) -> PageLink | None:
    plan = parts.plan
    if plan is None:
        return None
    words = _("Make the plan") if plan.status == PlanStatus.DRAFT else _("Go to the plan")
    return PageLink(words, at(plan.agency, "cells:plan", pk=plan.pk))


def _notes(idea: Opportunity) -> list[IdeaNote]:
    found = []
    if idea.state == OpportunityState.ENDED:
        words = (
            _(
                "This cell is closed. Its work on this idea has ended. "
                "You can share it with another cell."
            )
            if idea.chosen_on
            else _(
                "This cell is closed. It did not take this idea up. "
                "You can share it with another cell."
            )
        )
        share = PageLink(_("Share it with another cell"), at(idea.agency, "cells:idea"))
        found.append(IdeaNote(words, share))
    if idea.merged_into is not None:
        words = _("This idea is now part of another one. Follow it there:")
        found.append(IdeaNote(words, _link(idea.merged_into)))
    return found


def _part_of(idea: Opportunity) -> list[PageLink]:
    whole = idea.split_from
    if whole is None or idea.merged_into is not None:
        return []
    words = _("It was a part of: %(title)s") % {"title": whole.title}
    return [PageLink(words, at(idea.agency, "cells:opportunity", pk=whole.pk))]


def _joined(idea: Opportunity) -> JoinedShown:
    return JoinedShown(_link(idea), _("from %(name)s") % {"name": idea.author.shown_name})


def _saying(idea: Opportunity) -> list[PageLink]:
    decision = at(idea.agency, "groups:decision", pk=idea.closing_id)
    return [PageLink(_("Say if it worked"), decision)]


def _steps(parts: IdeaParts, on: date) -> list[StoryStep]:
    """The story; nothing lies ahead in a closed cell."""
    over = parts.idea.cell.group.is_over(on)
    return [step for step in parts.steps if step.code != "ahead" or not over]


def _deeds(parts: IdeaParts, may: IdeaRights) -> DeedsShown | None:
    href = partial(at, parts.idea.agency, pk=parts.idea.pk)
    # What people vote or decide on can't change meanwhile.
    still = parts.not_yet is None
    offered = [
        (may.finish, _("Ask the cell if it worked"), "cells:finish"),
        (may.take_up, _("Put it back on the list"), "cells:take_up_again"),
        (still and may.take_apart, _("Make it an idea of its own again"), "cells:take_apart"),
        (still and may.put_together, _("Make it one idea again"), "cells:put_together"),
        (still and may.join, _("Join it with another idea"), "cells:merge"),
        (still and may.join, _("Split it into smaller ideas"), "cells:split"),
        (still and may.park, _("Set it aside for now"), "cells:park"),
        (still and may.decline, _("Do not take it up"), "cells:decline"),
    ]
    links = [PageLink(words, href(page)) for is_offered, words, page in offered if is_offered]
    refusal = parts.not_yet
    not_yet = f"{refusal.reason} {refusal.instead}" if refusal is not None else ""
    return DeedsShown(links, not_yet) if links or not_yet else None
