"""The packet's contents as words and drawings, read in a fixed number of queries."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, FilteredRelation, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.cell.models import Cell, CellQuerySet
from cells.ideas.models import Opportunity, OpportunityState
from cells.overview.facts import MeetingAhead, facts_of
from cells.overview.late import late_of
from cells.overview.next_step import ahead
from cells.plans import evaluation
from cells.plans.models import (
    ActionPlan,
    ActionStep,
    OutcomeStandard,
    PDSACycle,
    PlanStatus,
    StepStatus,
)
from charts import Figure
from foundation.columns import columns_of
from foundation.models import Agency
from foundation.paging import Few, few
from groups import rules as group_rules
from groups.models import Meeting
from measures.charting.reading import numbers_of
from measures.definitions.models import Measure
from measures.overview.summaries import told

# The most that a meeting can go through; the rest is on the pages.
IDEAS = 12
WORKED_ON = 3
CHARTS = 4
# The packet numbers the agenda itself.
_NUMBERED = re.compile(r"^(?:\d{1,2}[.)]|[-*•])\s+")
STEPS = 12


@dataclass(frozen=True)
class PacketStep:
    """One action step: who does it, by when, and its progress."""

    what: str
    who: str
    due: date | None
    state: str


@dataclass(frozen=True)
class Work:
    """An idea in work."""

    title: str
    aim: str
    steps: Few[PacketStep]
    tests: list[str]


@dataclass(frozen=True)
class Packet:
    """Everything in the packet. It names nobody's standing, and no idea's author."""

    cell: Cell
    on: date
    meeting_at: datetime | None
    place: str
    stage: str
    next: str
    late: list[str]
    agenda: list[str]
    work: Few[Work]
    figures: Few[Figure]
    ideas: Few[str]


@dataclass(frozen=True)
class _Charted:
    """An annotated measure: the plan under way that is judged by it."""

    judged: int | None


def packet_of(cells: CellQuerySet, pk: int, reader: Member) -> Packet:
    """The packet of one of these cells; raises Cell.DoesNotExist."""
    agency, today = reader.agency, reader.agency.today()
    known = facts_of(cells.filter(pk=pk), reader, today)
    if not known:
        raise Cell.DoesNotExist
    found = known[0]
    cell, meeting = found.cell, found.meeting
    chosen, raised = _ideas(cell)
    tests = list(
        PDSACycle.objects.within(agency).tried().filter(plan__opportunity__cell=cell).order_by("pk")
    )
    # Only the group's people read the agenda; others get one derived from the facts.
    inside = group_rules.reading(cell.group, reader) is None
    written, wishes = _written(agency, meeting) if inside and meeting else ("", [])
    next_words = ahead(found, reader, today).words
    late_words = late_of(agency, [cell], today)[cell.pk].words
    return Packet(
        cell=cell,
        on=today,
        meeting_at=meeting.starts_at if meeting else None,
        place=meeting.place if meeting else "",
        stage=str(found.stage.words),
        next=next_words,
        late=late_words,
        agenda=_agenda(written, wishes, next_words, late_words, tests),
        work=Few(_work(agency, chosen[:WORKED_ON], tests), len(chosen)),
        figures=_figures(cell, reader, tests),
        ideas=few([idea.title for idea in raised], IDEAS),
    )


def _written(agency: Agency, meeting: MeetingAhead) -> tuple[str, list[str]]:
    """A meeting's written agenda and its agenda items; one query."""
    # A meeting without items is one row, whose text is None.
    rows = Meeting.objects.within(agency).filter(pk=meeting.pk)
    standing = FilteredRelation("items", condition=Q(items__taken_off_on=None))
    found = list(
        rows.annotate(standing=standing)
        .order_by("standing__pk")
        .values_list("agenda", "standing__text")
    )
    return found[0][0], [text for _same, text in found if text is not None]


def _ideas(cell: Cell) -> tuple[list[Opportunity], list[Opportunity]]:
    """Ideas in work with their plans, and waiting ideas; one query."""
    rows = Opportunity.objects.within(cell.agency).filter(
        cell=cell, state__in=[OpportunityState.CHOSEN, OpportunityState.RAISED]
    )
    rows = rows.select_related("plan")
    ideas = list(rows.order_by(F("chosen_on").asc(nulls_last=True), "-raised_on", "pk"))
    chosen = [idea for idea in ideas if idea.state == OpportunityState.CHOSEN]
    return chosen, [idea for idea in ideas if idea.state == OpportunityState.RAISED]


def _work(agency: Agency, ideas: Sequence[Opportunity], tests: Iterable[PDSACycle]) -> list[Work]:
    """Ideas with the steps of their plans and their tests; one query."""
    plans = [plan for idea in ideas if (plan := evaluation.plan_for(idea)) is not None]
    steps: dict[int, list[ActionStep]] = {plan.pk: [] for plan in plans}
    rows = ActionStep.objects.within(agency).with_clocks(agency.today())
    rows = rows.filter(plan__in=plans).select_related("owner")
    for step in rows.exclude(status=StepStatus.DROPPED).order_by("due", "pk"):
        steps[step.plan_id].append(step)
    today, found = agency.today(), []
    for idea in ideas:
        plan = evaluation.plan_for(idea)
        own = steps[plan.pk] if plan is not None else []
        found.append(
            Work(
                title=idea.title,
                aim=plan.aim if plan is not None else "",
                steps=few([_step(each, plan, today) for each in own], STEPS),
                tests=[
                    _("Test %(number)d: %(title)s") % {"number": test.number, "title": test.title}
                    for test in tests
                    if plan is not None and test.plan_id == plan.pk and test.ended_on is None
                ],
            )
        )
    return found


def _step(step: ActionStep, plan: ActionPlan | None, today: date) -> PacketStep:
    under_way = plan is not None and plan.status == PlanStatus.ACTIVE
    state = _("Late") if under_way and step.is_overdue(today) else step.get_status_display()
    who = step.owner.shown_name if step.owner is not None else _("Nobody yet")
    return PacketStep(step.what, who, step.due, state)


def _agenda(
    written: str,
    wishes: list[str],
    next_words: str,
    late_words: list[str],
    tests: Iterable[PDSACycle],
) -> list[str]:
    """The agenda: people's items, then the written one, or else what the facts suggest."""
    lines = [_NUMBERED.sub("", line.strip()) for line in written.splitlines()]
    if any(lines):
        return [*wishes, *(line for line in lines if line)]
    going_on = [test.title for test in tests if test.ended_on is None]
    return [
        _("Welcome. How are we?"),
        *(wishes or [_("What do people want to talk about first?")]),
        *(_("What is late: %(what)s") % {"what": words} for words in late_words),
        *(_("The small test: %(title)s") % {"title": title} for title in going_on),
        _("What do the numbers say?"),
        _("What is next: %(what)s") % {"what": next_words},
        _("Who does what until the next meeting?"),
    ]


def _figures(cell: Cell, reader: Member, tests: list[PDSACycle]) -> Few[Figure]:
    """The charts, those that judge a plan first, with the goal and the tests on them."""
    agency = reader.agency
    standards = OutcomeStandard.objects.within(agency).filter(measure=OuterRef("pk"))
    active = evaluation.speaking(standards.filter(plan__status=PlanStatus.ACTIVE))
    measures = Measure.objects.within(agency).in_use().filter(owner=cell.group_id)
    rows = measures.annotate(judged=Subquery(active.values("plan")[:1]))
    figures = []
    first = few(rows.order_by(F("judged").asc(nulls_last=True), "name", "pk"), CHARTS)
    found = told(agency, first.rows, numbers_of(agency, first.rows))
    for measure in first.rows:
        plan = columns_of(_Charted, measure).judged
        tried = [test for test in tests if test.measure_id == measure.pk or test.plan_id == plan]
        marks = [
            (test.started_on, _("Test %(number)d") % {"number": test.number})
            for test in tried
            if test.started_on is not None
        ]
        figures.append(found[measure.pk].figure(marks))
    return Few(figures, first.total)
