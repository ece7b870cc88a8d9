"""What is in the packet: read in four queries, ready as words and drawings."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from accounts.models import Member
from cells.cell import place
from cells.cell.models import Cell, CellQuerySet
from cells.ideas.models import Opportunity, OpportunityState
from cells.overview import facts
from cells.overview.late import late_of
from cells.overview.next_step import ahead
from cells.overview.stages import stage
from cells.plans import evaluation
from cells.plans.models import (
    STILL_OPEN,
    ActionStep,
    OutcomeStandard,
    PDSACycle,
    PlanStatus,
    StepStatus,
)
from charts import Figure
from foundation.paging import Few, few
from groups import rules as group_rules
from groups.models import AgendaItem, Meeting, MeetingStatus
from measures.charting.reading import numbers_of
from measures.definitions.models import Measure
from measures.overview.summaries import told

# So much is read in one meeting; the rest is on the pages.
IDEAS = 12
WORKED_ON = 3
CHARTS = 4
# The paper numbers the lines of an agenda itself.
_NUMBERED = re.compile(r"^(?:\d{1,2}[.)]|[-*•])\s+")
STEPS = 12


@dataclass(frozen=True)
class PacketStep:
    """One action step: who does it by when, and how far it is."""

    what: str
    who: str
    due: date | None
    state: str


@dataclass(frozen=True)
class Work:
    """An idea that is worked on."""

    title: str
    aim: str
    steps: Few[PacketStep]
    tests: list[str]


@dataclass(frozen=True)
class Packet:
    """All that is printed. It says nobody's standing, and no idea's author."""

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


def packet_of(cells: CellQuerySet, pk: int, reader: Member) -> Packet:
    """The packet of one of these cells; raises Cell.DoesNotExist."""
    agency, today = reader.agency, reader.agency.today()
    planned = Meeting.objects.within(agency).filter(
        group=OuterRef("group"), status=MeetingStatus.PLANNED, on__gte=today
    )
    rows = facts.with_facts(cells, reader, today).annotate(
        agenda=Subquery(planned.order_by("starts_at").values("agenda")[:1]),
        next_meeting=Subquery(planned.order_by("starts_at").values("pk")[:1]),
    )
    items = AgendaItem.objects.within(agency).standing().filter(meeting=OuterRef("next_meeting"))
    rows = rows.annotate(wishes=ArraySubquery(items.order_by("pk").values("text")))
    cell: Any = rows.get(pk=pk)
    cell.agency = cell.group.agency = agency
    place.settle(cell, cell)
    known = facts.facts(cell)
    ideas = _ideas(cell, reader)
    chosen = [idea for idea in ideas if idea.state == OpportunityState.CHOSEN]
    tests = list(
        PDSACycle.objects.within(agency).tried().filter(plan__opportunity__cell=cell).order_by("pk")
    )
    # An agenda is read by the people of the group; others get one that follows from the facts.
    inside = group_rules.reading(cell.group, reader) is None
    written, wishes = (cell.agenda or "", cell.wishes) if inside else ("", [])
    next_words = ahead(cell, known, reader, today).words
    late_words = late_of(agency, [cell], today)[cell.pk].words
    return Packet(
        cell=cell,
        on=today,
        meeting_at=cell.meeting_at,
        place=cell.meeting_place or "",
        stage=str(stage(known).words),
        next=next_words,
        late=late_words,
        agenda=_agenda(written, wishes, next_words, late_words, tests),
        work=Few([_work(idea, tests, today) for idea in chosen[:WORKED_ON]], len(chosen)),
        figures=_figures(cell, reader, tests),
        ideas=few([idea.title for idea in ideas if idea.state == OpportunityState.RAISED], IDEAS),
    )


def _ideas(cell: Cell, reader: Member) -> list[Any]:
    """Those that are worked on and those that wait, each with its plan's steps: one query."""
    steps = ActionStep.objects.within(reader.agency).filter(plan=OuterRef("plan"))
    steps = steps.exclude(status=StepStatus.DROPPED).order_by("due", "pk")
    rows = Opportunity.objects.within(reader.agency).filter(
        cell=cell, state__in=[OpportunityState.CHOSEN, OpportunityState.RAISED]
    )
    columns = {"what": "what", "who": "owner__shown_name", "due": "due", "status": "status"}
    rows = rows.select_related("plan").annotate(
        step_rows=ArraySubquery(steps.values(row=JSONObject(**columns)))
    )
    return list(rows.order_by(F("chosen_on").asc(nulls_last=True), "-raised_on", "pk"))


def _work(idea: Any, tests: Iterable[PDSACycle], today: date) -> Work:
    plan = getattr(idea, "plan", None)
    return Work(
        title=idea.title,
        aim=plan.aim if plan else "",
        steps=few([_step(row, plan, today) for row in idea.step_rows], STEPS),
        tests=[
            _("Test %(number)d: %(title)s") % {"number": test.number, "title": test.title}
            for test in tests
            if plan and test.plan_id == plan.pk and test.ended_on is None
        ],
    )


def _step(row: Mapping[str, Any], plan: Any, today: date) -> PacketStep:
    due = date.fromisoformat(row["due"]) if row["due"] else None
    late = (
        due is not None
        and due < today
        and row["status"] in STILL_OPEN
        and plan.status == PlanStatus.ACTIVE
    )
    state = _("Late") if late else str(StepStatus(row["status"]).label)
    return PacketStep(row["what"], row["who"] or _("Nobody yet"), due, state)


def _agenda(
    written: str,
    wishes: list[str],
    next_words: str,
    late_words: list[str],
    tests: Iterable[PDSACycle],
) -> list[str]:
    """What people want to talk about; then what was planned for the meeting, or else what follows
    from the facts."""
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
    """The charts, those by which a plan is judged first, with the goal and the tests on them."""
    agency = reader.agency
    standards = OutcomeStandard.objects.within(agency).filter(measure=OuterRef("pk"))
    active = evaluation.speaking(standards.filter(plan__status=PlanStatus.ACTIVE))
    measures = Measure.objects.within(agency).in_use().filter(owner=cell.group_id)
    rows: Any = measures.annotate(judged=Subquery(active.values("plan")[:1]))
    figures = []
    first = few(rows.order_by(F("judged").asc(nulls_last=True), "name", "pk"), CHARTS)
    found = told(agency, first.rows, numbers_of(agency, first.rows))
    for measure in first.rows:
        tried = [t for t in tests if t.measure_id == measure.pk or t.plan_id == measure.judged]
        marks = [
            (test.started_on, _("Test %(number)d") % {"number": test.number})
            for test in tried
            if test.started_on is not None
        ]
        figures.append(found[measure.pk].figure(marks))
    return Few(figures, first.total)
