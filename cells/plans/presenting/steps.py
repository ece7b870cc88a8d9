"""Presenter of the page of an action step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.template.defaultfilters import linebreaksbr
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _

from cells.plans.models.plans import STILL_OPEN, ActionStep, PlanStatus, StepStatus
from foundation.addresses import at
from foundation.presenting import Fact, PageLink
from foundation.templatetags.components import day


@dataclass(frozen=True)
class StepRights:
    """What the reader may do with the step, by the rules; `doing`: start or complete it."""

    doing: bool = False
    change: bool = False
    reopen: bool = False


@dataclass(frozen=True)
class NeededStep:
    """A step that must come first."""

    step: ActionStep
    href: str


@dataclass(frozen=True)
class StepPage:
    """The page of a step; `start` is the label of the button that starts it, or empty."""

    late: bool
    facts: Sequence[Fact]
    needs: Sequence[NeededStep]
    lacks: Sequence[str | Promise]
    start: str
    waiting: str
    reopening: Sequence[PageLink]
    changing: Sequence[PageLink]


def step_page(
    step: ActionStep,
    needs: Sequence[ActionStep],
    lacks: Sequence[str | Promise],
    may: StepRights,
    on: date,
) -> StepPage:
    """The page on that day, for a reader with these rights; no query."""
    href = partial(at, step.agency)
    dropped = step.status == StepStatus.DROPPED
    again = _("We do it after all") if dropped else _("It is not done yet")
    reopen = PageLink(again, href("cells:reopen_step", pk=step.pk))
    change = PageLink(_("Change this step"), href("cells:change_step", pk=step.pk))
    drop = PageLink(_("Drop this step"), href("cells:drop_step", pk=step.pk))
    return StepPage(
        late=step.is_overdue(on),
        facts=list(_facts(step)),
        needs=[NeededStep(each, href("cells:step", pk=each.pk)) for each in needs],
        lacks=lacks,
        start=_("I have started") if step.status == StepStatus.TO_DO else "",
        waiting=_waiting(step, needs) if may.change and not may.doing else "",
        reopening=[reopen] if may.reopen else [],
        changing=[change, drop] if may.change else [],
    )


def _waiting(step: ActionStep, needs: Sequence[ActionStep]) -> str:
    """Why it can't start yet, for people who could start it."""
    if step.plan.status != PlanStatus.ACTIVE:
        return _("You can mark it as started or done when the plan has started.")
    if any(need.status in STILL_OPEN for need in needs):
        return _("You can start when the steps above are done.")
    return ""


def _facts(step: ActionStep) -> Iterator[Fact]:
    yield {"key": _("For the idea"), "value": step.plan.opportunity.title}
    owner = step.owner.shown_name if step.owner else _("Nobody yet")
    yield {"key": _("Who does it"), "value": owner}
    if step.co_owner:
        yield {"key": _("Who helps"), "value": step.co_owner.shown_name}
    yield {"key": _("By when"), "value": day(step.due) if step.due else _("No day yet")}
    if step.change_idea:
        link = format_html(
            '<a class="govuk-link" href="{}">{}</a>',
            at(step.agency, "cells:drivers", pk=step.plan_id),
            step.change_idea.text,
        )
        yield {"key": _("Change idea"), "value": link}
    if step.started_on:
        yield {"key": _("Started"), "value": day(step.started_on)}
    if step.ended_on:
        over = _("Dropped") if step.status == StepStatus.DROPPED else _("Done")
        yield {"key": over, "value": day(step.ended_on)}
    if step.reason:
        yield {"key": _("Why"), "value": linebreaksbr(step.reason)}
