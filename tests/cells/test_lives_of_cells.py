"""Random lives of cells keep their invariants.

Cells open, vote, choose, plan, test, close, are handed on and reopened, in any order, while people
come and leave and days go by. Nothing is in progress in a closed cell, nothing waits for nobody, no
task lacks a button, no button refuses, and no count holds more than all.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from accounts import actions as account_actions
from accounts.leaves import LateLeave, Leave
from accounts.models import Member
from cells.cell import actions as cell_actions
from cells.cell import rules
from cells.cell.models import Cell
from cells.handing_on import actions as handing_on_actions
from cells.handing_on import duties, goes_on
from cells.handing_on.goes_on import ChildChoice
from cells.handing_on.models import Fate, HowItWent
from cells.ideas import actions as idea_actions
from cells.ideas.models import Opportunity
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan, ActionStep, PDSACycle
from cells.ranking import actions as ranking_actions
from cells.ranking.actions import voters
from cells.ranking.models import Ballot, PriorityRound
from cells.sustaining import actions as sustaining
from devtools import seating
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused, enforce
from groups import actions as group_actions
from groups.models import Choice as Position
from groups.models import Decision, DecisionStatus, Seat
from groups.tally import tally
from measures.definitions import actions as measure_actions
from measures.definitions.models import Measure
from notifications.waiting import waiting
from tests.cells.addresses import in_cells
from tests.cells.conftest import DEFINITION, noon
from tests.conftest import Login

Step = tuple[str, int]


@dataclass
class World:
    """Two cells and their people; `n` of a step picks among the existing rows."""

    cells: list[Cell]
    people: list[Member]
    runs: Member
    administrator: Member
    planned: dict[str, Any]
    clock: list[Any] = field(default_factory=list)

    @property
    def agency(self) -> Agency:
        return self.runs.agency

    @property
    def today(self) -> date:
        return self.agency.today()

    def rows(self, model: Any, **which: Any) -> list[Any]:
        return list(model.objects.within(self.agency).filter(**which).order_by("pk"))

    def one(self, model: Any, n: int, **which: Any) -> Any:
        """One of these rows; Refused if there is none, which skips the step."""
        found = self.rows(model, **which)
        if not found:
            raise ValidationError("nothing of this kind")
        return found[n % len(found)]

    def cell(self, n: int) -> Cell:
        found = Cell.objects.within(self.agency).select_related("group")
        cell = found.get(pk=self.cells[n % len(self.cells)].pk)
        cell.agency = cell.group.agency = self.agency
        return cell

    def which(self, n: int, *, closed: bool) -> Cell:
        """One of the closed cells, or of the open ones."""
        cells = [self.cell(place) for place in range(len(self.cells))]
        found = [cell for cell in cells if (cell.group.closed is not None) is closed]
        if not found:
            raise ValidationError("no such cell")
        return found[n % len(found)]

    def person(self, n: int) -> Member:
        found = Member.objects.within(self.agency).select_related("user")
        member = found.get(pk=self.people[n % len(self.people)].pk)
        member.agency = self.agency
        return member

    def here(self) -> Iterator[Member]:
        now = Member.objects.within(self.agency).on(self.today)
        for member in now.select_related("user").order_by("pk"):
            member.agency = self.agency
            yield member


def raise_idea(world: World, n: int) -> None:
    cell, person = world.cell(n), world.person(n // 2)
    idea_actions.raise_opportunity(cell, kind="problem", title=f"Idea {n}", by=person)


def open_vote(world: World, n: int) -> None:
    cell = world.cell(n)
    ideas = list(cell.opportunities.filter(state="raised"))
    until = world.today + timedelta(days=n % 9)
    ranking_actions.open_round(
        cell, opportunities=ideas, votes_each=1, closes_on=until, by=world.runs
    )


def vote(world: World, n: int) -> None:
    ranking = world.one(PriorityRound, n, status="open")
    entries = list(ranking.entries.order_by("pk"))
    ranking_actions.cast(ranking, choices=[entries[n % len(entries)]], by=world.person(n))


def end_vote(world: World, n: int) -> None:
    ranking = world.one(PriorityRound, n, status="open")
    end = ranking_actions.cancel_round if n % 3 == 0 else ranking_actions.close_round
    end(ranking, by=world.runs)


def propose(world: World, n: int) -> None:
    idea = world.one(Opportunity, n, state="raised")
    group_actions.propose(
        idea.cell.group, title=idea.title, text="Let us.", subject=idea, by=world.person(n)
    )


def decide(world: World, n: int) -> None:
    decision = world.one(Decision, n, status=DecisionStatus.OPEN)
    for seat in Seat.objects.within(world.agency).on(world.today).filter(group=decision.group_id):
        seat.member.agency = world.agency
        if seat.voting and Member.objects.within(world.agency).on(world.today).filter(
            pk=seat.member_id
        ):
            group_actions.take_position(decision, member=seat.member, choice=Position.AGREE)
    group_actions.close_decision(decision, by=world.runs, adopted=n % 4 != 0)


def measure(world: World, n: int) -> None:
    collector = world.person(n // 2)
    measure_actions.define(world.cell(n).group, **DEFINITION, collected_by=collector, by=world.runs)


def start_plan(world: World, n: int) -> None:
    plan = world.one(ActionPlan, n, status__in=["draft", "stopped"])
    cell = plan.opportunity.cell
    counted = world.one(Measure, n, owner=cell.group, retired_on=None)
    plan_actions.set_aim(plan, aim="Nobody waits.", by=world.runs)
    plan_actions.set_standard(
        plan,
        measure=counted,
        baseline=Decimal(40),
        target=Decimal(80),
        target_on=world.today + timedelta(days=120),
        by=world.runs,
    )
    due = world.today + timedelta(days=14)
    helper = world.person(n + 1) if n % 2 else None
    owner = world.person(n)
    plan_actions.add_step(plan, what="A desk", owner=owner, co_owner=helper, due=due, by=world.runs)
    plan_actions.set_evaluation(
        plan, looked_at_by=world.person(n), cadence="week", adapt_if="Nothing.", by=world.runs
    )
    plan_actions.activate(plan, by=world.runs)


def test_change(world: World, n: int) -> None:
    plan = world.one(ActionPlan, n, status="active")
    counted = world.one(Measure, n, owner=plan.opportunity.cell.group)
    planned = world.planned | {
        "leader": world.person(n),
        "measure": counted,
        "from_day": world.today,
        "to_day": world.today,
    }
    cycle = plan_actions.plan_cycle(plan, **planned, by=world.runs)
    if n % 3:
        plan_actions.start_cycle(cycle, by=world.runs)


test_change.__test__ = False  # type: ignore[attr-defined]


def do_step(world: World, n: int) -> None:
    step = world.one(ActionStep, n, status__in=["to_do", "started"])
    plan_actions.finish_step(step, by=world.runs)


def ask_if_it_worked(world: World, n: int) -> None:
    idea = world.one(Opportunity, n, state="chosen")
    plan_actions.finish(idea, result="Better.", told="You said.", knowing=True, by=world.runs)


def look_after(world: World, n: int) -> None:
    plan = world.one(ActionPlan, n, status="finished")
    sustaining.sustain(
        plan, looked_at_by=world.person(n), cadence="week", reopen_if="It slips.", by=world.runs
    )


def set_aside(world: World, n: int) -> None:
    idea = world.one(Opportunity, n, state__in=["raised", "chosen", "parked"])
    (idea_actions.park if n % 2 else idea_actions.decline)(idea, reason="Not now.", by=world.runs)


def close(world: World, n: int) -> None:
    cell = world.which(n, closed=False)
    receivers = list(goes_on.receivers(cell, world.today))
    others = {other.group_id: other for other in (world.cell(n), world.cell(n + 1))}
    choices = {}
    for place, child in enumerate(goes_on.children(cell), start=n):
        fate = child.fates[place % len(child.fates)]
        if fate == Fate.HAND_OVER and receivers:
            to = receivers[place % len(receivers)]
            choices[child.key] = ChildChoice(fate, to=to.member, to_cell=others[to.group_id])
        elif fate == Fate.SUSTAIN:
            choices[child.key] = ChildChoice(fate, to=world.person(place))
        else:
            outcome = HowItWent.UNKNOWN if child.begun else ""
            choices[child.key] = ChildChoice(Fate.END, "It ends.", outcome)
    on = max(world.today - timedelta(days=n % 3), cell.group.opened)
    votes = PriorityRound.objects.within(world.agency).started().filter(cell=cell).exists()
    undecided = cell.group.decisions.filter(status=DecisionStatus.OPEN).exists()
    enforce(rules.closing_cell(cell, world.runs, undecided=undecided, under_way=votes))
    try:
        handing_on_actions.close_cell(
            cell, choices=choices, why="Done.", on=on, late_reason="Told late.", by=world.runs
        )
    except Refused as refused:
        raise AssertionError(f"offered, and refused: {refused}") from refused


def open_again(world: World, n: int) -> None:
    cell = world.which(n, closed=True)
    group_actions.take_closing_back(cell.group, because="It goes on.", by=world.runs)


def leave(world: World, n: int) -> None:
    person = world.person(n)
    gone = Leave.objects.within(world.agency).running().filter(member=person).first()
    if gone is None:
        account_actions.end_membership(
            person, on=world.today, why=LateLeave.TOLD_LATE, by=world.administrator
        )
    elif n % 2:
        account_actions.take_leave_back(gone, by=world.administrator)
    else:
        account_actions.bring_back(person, by=world.administrator)


def sit(world: World, n: int) -> None:
    seating.seat(world.cell(n).group, world.person(n // 2), since=world.today, by=world.runs)


def stand_up(world: World, n: int) -> None:
    held = world.one(Seat, n, until=None, member=world.person(n))
    group_actions.end_seat(held, on=world.today, by=world.administrator)


def hand_over(world: World, n: int) -> None:
    cell = world.cell(n)
    left = duties.in_cell(cell, world.today)
    given = {kind.code: [each.row for each in rows] for kind, rows in left.items()}
    handing_on_actions.hand_over(cell, given=given, to=world.person(n // 2), by=world.runs)


def wait(world: World, n: int) -> None:
    traveller = time_machine.travel(noon(world.today + timedelta(days=1 + n % 30)))
    traveller.start()
    world.clock.append(traveller)


STEPS: dict[str, Callable[[World, int], None]] = {
    each.__name__: each
    for each in (
        *(raise_idea, open_vote, vote, end_vote, propose, decide, measure, start_plan),
        *(test_change, do_step, ask_if_it_worked, look_after, set_aside, close, close, open_again),
        *(leave, sit, stand_up, hand_over, wait),
    )
}
# Close and reopen more often than by chance: that is the subject here.
OFTEN = [*STEPS, *["close", "open_again"] * 4, "start_plan", "test_change", "propose", "decide"]
steps = st.lists(st.tuples(st.sampled_from(OFTEN), st.integers(0, 40)), min_size=6, max_size=18)


def holds(world: World) -> None:
    """The invariants after every step."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for n in range(len(world.cells)):
        cell = world.cell(n)
        if cell.group.is_over(world.today):
            assert not goes_on.unsettled(cell)
    for ranking in world.rows(PriorityRound, status="open"):
        found = voters(ranking, world.today)
        cast = Ballot.objects.within(world.agency).filter(round=ranking, code__in=found)
        assert cast.count() <= len(found)
    for decision in world.rows(Decision, status=DecisionStatus.OPEN):
        counted = tally(decision, world.today)
        assert counted.answered <= counted.voting_seated


def nothing_waits_for_nobody(world: World, awaited: dict[Member, list[str]]) -> None:
    everything = {url for urls in awaited.values() for url in urls}
    for cell in duties.cells_left_behind(world.agency, world.today):
        assert at(world.agency, "cells:hand_over", pk=cell.pk) in everything
    here = {member.pk for member in awaited}
    for kind in duties.KINDS:
        left = set(duties.left_behind(kind, world.agency, world.today))
        for row in duties.of(kind, world.agency, world.today):
            assert row in left or getattr(row, f"{kind.field}_id") in here


def looked_at(world: World, login: Login) -> None:
    """Every task has a button, and nothing offered is refused."""
    awaited = {
        member: [each.url for each in waiting(member, world.today) if in_cells(each.url)]
        for member in world.here()
    }
    nothing_waits_for_nobody(world, awaited)
    for member, urls in awaited.items():
        if member.user is None:
            continue
        browser = login(member)
        for url in dict.fromkeys(urls):
            answer = browser.get(url)
            assert answer.status_code == 200, (member, url)
            main = answer.text.partition("<main")[2]
            assert 'method="post"' in main or "govuk-button" in main, (member, url)
    for member in (world.runs, world.person(0)):
        if member in awaited:
            offered_is_permitted(world, login(member))


def offered_is_permitted(world: World, browser: Client) -> None:
    agency = world.agency
    pages = [at(agency, "cells:cell", pk=cell.pk) for cell in world.cells]
    pages += [at(agency, "cells:plan", pk=plan.pk) for plan in world.rows(ActionPlan)]
    pages += [at(agency, "cells:cycle", pk=cycle.pk) for cycle in world.rows(PDSACycle)]
    pages += [at(agency, "cells:opportunity", pk=each.pk) for each in world.rows(Opportunity)[:4]]
    seen = set(pages)
    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200, page
        main = answer.text.partition("<main")[2].partition("</main")[0]
        for href in set(re.findall(r'href="(/a/[^"#?]+)', main)) - seen:
            seen.add(href)
            if href.endswith((".pdf", ".csv")):
                continue
            assert browser.get(href).status_code in (200, 302), (page, href)


@contextmanager
def rolled_back() -> Iterator[None]:
    """The next example starts from the same state."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def live(world: World, taken: list[Step], login: Login) -> None:
    try:
        for what, n in taken:
            try:
                with transaction.atomic():
                    STEPS[what](world, n)
            except (Refused, ValidationError):
                continue
            holds(world)
        looked_at(world, login)
    finally:
        for traveller in reversed(world.clock):
            traveller.stop()


@pytest.fixture
def world(
    active: ActionPlan,
    cycle: PDSACycle,
    planned: dict[str, Any],
    seated: Cell,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    manager: Member,
    facilitator: Member,
    administrator: Member,
    start: date,
) -> World:
    """A cell with a plan under way and a running small test; and another cell."""
    plan_actions.start_cycle(cycle, by=provider)
    other = cell_actions.open_cell(name="Evening cell", focus="Evenings", by=facilitator, on=start)
    for member in (second_consumer, manager, facilitator):
        seating.seat(other.group, member, since=start, by=facilitator)
    people = [consumer, second_consumer, provider, manager]
    return World([seated, other], people, facilitator, administrator, planned)


@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
)
@given(taken=steps)
def test_whatever_happens_nothing_goes_on_in_a_closed_cell(
    taken: list[Step], world: World, login: Login
) -> None:
    with rolled_back():
        live(World(**{**vars(world), "clock": []}), taken, login)
