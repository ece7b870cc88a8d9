"""Presenter of the page of a plan."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from cells.plans import ramps
from cells.plans.baseline import ChangeOfBaseline
from cells.plans.evaluation import JudgedMeasure
from cells.plans.models.cycles import PDSACycle
from cells.plans.models.plans import (
    ActionPlan,
    ActionStep,
    EvaluationReview,
    PlanStatus,
    StandardRole,
    SustainPlan,
)
from foundation.addresses import at
from foundation.paging import Few
from foundation.presenting import Fact, PageLink, written
from foundation.templatetags.components import day, tag
from measures.charting.findings import PlanVerdict
from measures.definitions import periods, wording


@dataclass(frozen=True)
class PlanRights:
    """What the reader may do with the plan, by the rules."""

    change: bool = False
    add_steps: bool = False
    review: bool = False
    sustain: bool = False
    look_on: bool = False


@dataclass(frozen=True)
class StandardSeen:
    """A measure of a plan, and the changes to its baseline since it was frozen."""

    judged: JudgedMeasure
    changes: Sequence[ChangeOfBaseline] = ()
    may_confirm: bool = False
    may_drop: bool = False

    @property
    def is_open(self) -> bool:
        """Whether its baseline must be confirmed."""
        return any(each.row.confirmed_on is None for each in self.changes)


@dataclass(frozen=True)
class PlanParts:
    """Everything that was read for the page of a plan."""

    plan: ActionPlan
    steps: Sequence[ActionStep]
    standards: Sequence[StandardSeen]
    tests: Few[PDSACycle]
    reviews: Sequence[EvaluationReview]
    sustain: SustainPlan | None
    missing: int


@dataclass(frozen=True)
class Duty:
    """What the reader is asked to do now."""

    words: str
    action: str
    href: str


@dataclass(frozen=True)
class StepShown:
    """A row of the table of steps; `origin` names the change idea it comes from."""

    step: ActionStep
    href: str
    origin: str
    people: str
    due: str
    late: bool


@dataclass(frozen=True)
class TestShown:
    """A small test in the list; `word` is its progress, in a `tone`."""

    __test__ = False

    name: str
    href: str
    word: str
    tone: str


@dataclass(frozen=True)
class StandardShown:
    """A measure of the plan with its verdict; `heading` for all but its outcome."""

    heading: str
    verdict: PlanVerdict | None
    facts: Sequence[Fact]
    is_open: bool
    confirming: Sequence[PageLink]
    changes: Sequence[ChangeOfBaseline]
    links: Sequence[PageLink]


@dataclass(frozen=True)
class FactsShown:
    """A heading with facts, or a text in their place; then links."""

    heading: str
    facts: Sequence[Fact]
    words: str = ""
    links: Sequence[PageLink] = ()


@dataclass(frozen=True)
class PlanPage:
    """The page of a plan; `missing` says what it lacks before it can start, empty if nothing."""

    state: str
    tone: str
    since: str
    missing: str
    duty: Duty | None
    standards: Sequence[StandardShown]
    watching: Sequence[PageLink]
    steps: Sequence[StepShown]
    adding_steps: Sequence[PageLink]
    tests: Sequence[TestShown]
    to_tests: str
    facts: Sequence[FactsShown]
    reviewing: Sequence[PageLink]


def plan_page(parts: PlanParts, may: PlanRights, on: date) -> PlanPage:
    """The page on that day, for a reader with these rights; no query."""
    plan = parts.plan
    href = partial(at, plan.agency)
    review_due = plan.next_review_on is not None and plan.next_review_on <= on
    adding = may.add_steps and plan.status != PlanStatus.FINISHED and bool(parts.steps)
    watch = PageLink(_("Watch another number, too"), href("cells:watch", pk=plan.pk))
    add = PageLink(_("Add an action step"), href("cells:add_step", pk=plan.pk))
    review = PageLink(_("Write down how it goes"), href("cells:review", pk=plan.pk))
    return PlanPage(
        state=plan.get_status_display(),
        tone="" if plan.status == PlanStatus.ACTIVE else "quiet",
        since=_since(plan),
        missing=_missing(parts.missing),
        duty=None if may.change else _duty(parts, may, on, review_due=review_due),
        standards=[_standard(each) for each in parts.standards],
        watching=[watch] if may.change else [],
        steps=[_step(plan, each, on) for each in parts.steps],
        adding_steps=[add] if adding else [],
        tests=[_test(plan, each) for each in parts.tests],
        to_tests=_("See all small tests") if parts.tests else _("Go to the small tests"),
        facts=[*_evaluation(plan), *_lasting(parts, may, on)],
        reviewing=[review] if may.review and not review_due else [],
    )


def _since(plan: ActionPlan) -> str:
    if plan.status == PlanStatus.DRAFT:
        return ""
    if plan.status == PlanStatus.ACTIVE:
        assert plan.activated_on is not None, "the database asks for it"
        return _("Since %(day)s") % {"day": written(plan.activated_on)}
    return day(plan.ended_on)


def _missing(n: int) -> str:
    if not n:
        return ""
    said = ngettext(
        "%(n)s thing is still missing. The plan can start when it is there.",
        "%(n)s things are still missing. The plan can start when they are there.",
        n,
    )
    return said % {"n": n}


def _look_due(sustain: SustainPlan | None, on: date) -> bool:
    return sustain is not None and sustain.next_look_on is not None and sustain.next_look_on <= on


def _duty(parts: PlanParts, may: PlanRights, on: date, *, review_due: bool) -> Duty | None:
    """The reader's most pressing duty."""
    plan = parts.plan
    look_on = at(plan.agency, "cells:look_on", pk=plan.pk)
    if plan.asks and may.look_on:
        words = _("What got better has slipped. Look at it, and say what to do.")
        return Duty(words, _("Say what to do"), look_on)
    if _look_due(parts.sustain, on) and may.look_on:
        return Duty(_("It is time to check that it lasts."), _("Write down what you see"), look_on)
    if review_due and may.review:
        review = at(plan.agency, "cells:review", pk=plan.pk)
        return Duty(_("It is time to look at how it goes."), _("Write down what you see"), review)
    return None


def _standard(seen: StandardSeen) -> StandardShown:
    row, measure = seen.judged.standard, seen.judged.measure
    href = partial(at, row.agency)
    confirm = PageLink(_("Confirm the baseline and the goal"), href("cells:baseline", pk=row.pk))
    drop = PageLink(
        _("Do not watch this number"), href("cells:drop_standard", pk=row.pk), measure.name
    )
    return StandardShown(
        heading="" if row.role == StandardRole.OUTCOME else row.get_role_display(),
        verdict=seen.judged.verdict,
        facts=list(_numbers(seen)),
        is_open=seen.is_open,
        confirming=[confirm] if seen.may_confirm else [],
        changes=[each for each in seen.changes if each.moved or each.row.reason],
        links=[drop] if seen.may_drop else [],
    )


def _numbers(seen: StandardSeen) -> Iterator[Fact]:
    row, measure = seen.judged.standard, seen.judged.measure
    link = format_html(
        '<a class="govuk-link" href="{}">{}</a>',
        at(row.agency, "measures:measure", pk=measure.pk),
        measure.name,
    )
    yield {"key": _("Number"), "value": link}
    if baseline := wording.amount(measure, seen.judged.start):
        yield {"key": _("Baseline"), "value": _baseline(seen, baseline)}
    if row.baseline_through is not None and row.frozen_on is not None:
        said = _("Up to %(period)s, since %(day)s") % {
            "period": periods.named(measure.frequency, row.baseline_through),
            "day": written(row.frozen_on),
        }
        yield {"key": _("The start is frozen"), "value": said}
    if target := wording.amount(measure, row.target):
        yield {"key": _("Goal"), "value": target}
    if row.target_on is not None:
        yield {"key": _("By"), "value": day(row.target_on)}


def _baseline(seen: StandardSeen, baseline: str) -> str:
    if seen.is_open:
        return format_html("{} {}", baseline, tag(_("Not confirmed"), "watch"))
    since = seen.judged.standard.baseline_on
    return format_html("{} ({})", baseline, day(since)) if since else baseline


def _step(plan: ActionPlan, step: ActionStep, on: date) -> StepShown:
    idea = step.change_idea
    owners = [each for each in (step.owner, step.co_owner) if each is not None]
    return StepShown(
        step=step,
        href=at(plan.agency, "cells:step", pk=step.pk),
        origin=_("from the change idea: %(text)s") % {"text": idea.text} if idea else "",
        people=_names(owners) or _("Nobody yet"),
        due=day(step.due) if step.due else _("No day yet"),
        late=step.is_overdue(on),
    )


def _names(members: Iterable[Member]) -> str:
    return ", ".join(each.shown_name for each in members)


def _test(plan: ActionPlan, test: PDSACycle) -> TestShown:
    title = {"number": test.number, "title": test.title}
    how_far = ramps.state(test, plan)
    return TestShown(
        name=_("Test %(number)s: %(title)s") % title,
        href=at(plan.agency, "cells:cycle", pk=test.pk),
        word=how_far.word,
        tone=how_far.tone,
    )


def _evaluation(plan: ActionPlan) -> Iterator[FactsShown]:
    """Who reviews it, how often, and what would change it; nothing until that is set."""
    if not (plan.looked_at_by or plan.cadence or plan.adapt_if):
        return
    facts = [
        (_("Who looks"), plan.looked_at_by.shown_name if plan.looked_at_by else ""),
        (_("How often"), plan.get_cadence_display() if plan.cadence else ""),
        (_("Next time"), day(plan.next_review_on) if plan.next_review_on else ""),
        (_("We change or stop if"), linebreaksbr(plan.adapt_if)),
    ]
    shown: list[Fact] = [{"key": key, "value": value} for key, value in facts if value]
    yield FactsShown(_("How we see if it works"), shown)


def _lasting(parts: PlanParts, may: PlanRights, on: date) -> Iterator[FactsShown]:
    """Who keeps checking a finished plan; nothing if nobody does and the reader can't say."""
    plan, sustain = parts.plan, parts.sustain
    if sustain is None and not may.sustain:
        return
    links = []
    if may.sustain:
        new = _("Say how we see that it lasts")
        words = new if sustain is None else _("Change how we see that it lasts")
        links.append(PageLink(words, at(plan.agency, "cells:sustain", pk=plan.pk)))
    if may.look_on and not plan.asks and not _look_due(sustain, on):
        look_on = at(plan.agency, "cells:look_on", pk=plan.pk)
        links.append(PageLink(_("Record a check"), look_on))
    yield FactsShown(
        heading=_("How we see that it lasts"),
        facts=[] if sustain is None else _sustained(sustain),
        words=_("The plan is finished. Say who keeps looking, so that what got better stays."),
        links=links,
    )


def _sustained(sustain: SustainPlan) -> list[Fact]:
    ended = _("Nobody looks any more")
    return [
        {"key": _("Who will check"), "value": sustain.looked_at_by.shown_name},
        {"key": _("How often"), "value": sustain.get_cadence_display()},
        {
            "key": _("Next time"),
            "value": day(sustain.next_look_on) if sustain.next_look_on else ended,
        },
        {"key": _("We take it up again if"), "value": linebreaksbr(sustain.reopen_if)},
    ]
