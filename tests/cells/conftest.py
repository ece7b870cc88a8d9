"""A cell with two consumers and two providers, and its states, reached through the actions."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import Member, StandingKind
from cells.cell import actions as cell_actions
from cells.cell.models import Cell
from cells.handing_on import actions as handing_on_actions
from cells.handing_on import goes_on
from cells.handing_on.models import Fate
from cells.ideas import actions as idea_actions
from cells.ideas.models import Opportunity, OpportunityKind
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan, PDSACycle
from cells.ranking import actions as ranking_actions
from cells.ranking.models import PriorityRound
from devtools import seating
from devtools.states import state
from foundation.addresses import at
from foundation.models import Agency
from groups import actions as group_actions
from groups.models import Choice, Decision
from measures.charting.findings import Found
from measures.charting.reading import Numbers, numbers_of
from measures.definitions import actions as measure_actions
from measures.definitions import periods
from measures.definitions.models import Measure
from measures.importing import actions as import_actions
from measures.importing.columns import Columns
from measures.importing.models import ImportDraft
from measures.kinds.shape import MeasureKind
from measures.numbers import actions as number_actions
from measures.overview import summaries
from tests.conftest import Login

Raise = Callable[..., Opportunity]
Define = Callable[..., Measure]
Count = Callable[..., list[date]]

THREE = b"month,seen,all\n2026-01-01,3,4\n2/1/2026,5,10\n2026-03,*,\n"
PLAIN = Columns(period=0, numerator=1, denominator=2)
Bring = Callable[..., ImportDraft]

TITLES = [
    "The wait at the front desk is too long",
    "Nobody tells us about changes",
    "The morning walk helps many people",
    "The phone is not answered on Fridays",
]


def numbered(measure: Measure) -> Numbers:
    """A measure's numbers and chart settings, as pages get them."""
    return numbers_of(measure.agency, [measure])[measure.pk]


def told(measure: Measure) -> Found:
    """A measure's finding, as lists and its own page show it."""
    numbers = {measure.pk: numbered(measure)}
    return summaries.told(measure.agency, [measure], numbers)[measure.pk]


@pytest.fixture
def today(agency: Agency) -> date:
    return agency.today()


def noon(day: date) -> datetime:
    """Noon in the tests' time zone."""
    return datetime(day.year, day.month, day.day, 16, tzinfo=UTC)


@pytest.fixture
def start(today: date) -> date:
    """The cell's first day."""
    return today - timedelta(days=200)


@state
def cell(facilitator: Member, start: date) -> Cell:
    return cell_actions.open_cell(
        name="Welcome cell",
        focus="How people are welcomed",
        mission="Everyone feels welcome from the first minute.",
        by=facilitator,
        on=start,
    )


@state
def seated(
    cell: Cell,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    facilitator: Member,
    start: date,
) -> Cell:
    """The cell with Rosa and Sam (consumers), Priya (a provider) and Femi, who runs it."""
    for member in (consumer, second_consumer, provider, facilitator):
        seating.seat(cell.group, member, since=start, by=facilitator)
    return cell


@pytest.fixture
def raised(seated: Cell, consumer: Member) -> Raise:
    def raised(title: str = TITLES[0], **kwargs: Any) -> Opportunity:
        given = {"by": consumer, "kind": OpportunityKind.PROBLEM, **kwargs}
        return idea_actions.raise_opportunity(given.pop("cell", seated), title=title, **given)

    return raised


@state
def ideas(raised: Raise, provider: Member) -> list[Opportunity]:
    """Four ideas: three of Rosa's, one of Priya's."""
    return [raised(title) for title in TITLES[:3]] + [raised(TITLES[3], by=provider)]


@state
def ranking(
    seated: Cell, ideas: Sequence[Opportunity], facilitator: Member, today: date
) -> PriorityRound:
    """An open vote on the four ideas, two votes each."""
    return ranking_actions.open_round(
        seated,
        opportunities=ideas,
        votes_each=2,
        closes_on=today + timedelta(days=7),
        by=facilitator,
    )


@pytest.fixture
def cast(ranking: PriorityRound) -> Callable[..., bool]:
    """Cast a member's ballot for the entries at these indices of the list."""

    def cast(member: Member, *places: int, among: PriorityRound = ranking) -> bool:
        entries = list(among.entries.order_by("pk"))
        return ranking_actions.cast(among, choices=[entries[place] for place in places], by=member)

    return cast


@state
def all_voted(
    ranking: PriorityRound,
    cast: Callable[..., bool],
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    facilitator: Member,
) -> PriorityRound:
    """The vote after all four voted: the first idea leads."""
    cast(consumer, 0, 1)
    cast(second_consumer, 0)
    cast(provider, 0, 3)
    cast(facilitator, 1)
    return ranking


@state
def closed(all_voted: PriorityRound, facilitator: Member) -> PriorityRound:
    return ranking_actions.close_round(all_voted, by=facilitator)


@state
def proposed(closed: PriorityRound, ideas: Sequence[Opportunity], consumer: Member) -> Decision:
    return ranking_actions.propose_choice(
        closed, opportunity=ideas[0], text="It came first, and we can do it.", by=consumer
    )


@state
def chosen(
    proposed: Decision,
    ideas: Sequence[Opportunity],
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    facilitator: Member,
) -> Opportunity:
    """The first idea, chosen by consent."""
    for member in (consumer, second_consumer, provider):
        group_actions.take_position(proposed, member=member, choice=Choice.AGREE)
    group_actions.close_decision(proposed, by=facilitator)
    return Opportunity.objects.within(proposed.agency).get(pk=ideas[0].pk)


@pytest.fixture
def confirm(
    consumer: Member, second_consumer: Member, provider: Member, facilitator: Member
) -> Callable[[Opportunity], Opportunity]:
    """Let the cell agree that it worked."""

    def confirm(opportunity: Opportunity) -> Opportunity:
        assert opportunity.closing is not None
        for member in (consumer, second_consumer, provider):
            group_actions.take_position(opportunity.closing, member=member, choice=Choice.AGREE)
        group_actions.close_decision(opportunity.closing, by=facilitator)
        return Opportunity.objects.within(opportunity.agency).get(pk=opportunity.pk)

    return confirm


DEFINITION: dict[str, Any] = {
    "name": "Seen within ten minutes",
    "kind": MeasureKind.PROPORTION,
    "direction": "increase",
    "numerator": "People who were seen within ten minutes",
    "denominator": "All people who came to the front desk",
    "frequency": "month",
    "source": "The sheet at the front desk",
}


@pytest.fixture
def define(seated: Cell, facilitator: Member, provider: Member) -> Define:
    def define(**kwargs: Any) -> Measure:
        given = {**DEFINITION, "collected_by": provider, "by": facilitator, **kwargs}
        return measure_actions.define(given.pop("cell", seated).group, **given)

    return define


@state
def measure(define: Define) -> Measure:
    return define()


@state
def plan(chosen: Opportunity, consumer: Member) -> ActionPlan:
    """An empty plan for the chosen idea."""
    return plan_actions.begin_plan(chosen, by=consumer)


@state
def whole(
    plan: ActionPlan, measure: Measure, consumer: Member, provider: Member, today: date
) -> ActionPlan:
    """A complete plan, not started yet."""
    plan_actions.set_aim(plan, aim="By summer nobody waits longer than ten minutes.", by=consumer)
    plan_actions.set_standard(
        plan,
        measure=measure,
        baseline=Decimal(40),
        target=Decimal(80),
        target_on=today + timedelta(days=120),
        by=consumer,
    )
    plan_actions.add_step(
        plan,
        what="Open a second desk in the morning",
        owner=provider,
        due=today + timedelta(days=14),
        by=consumer,
    )
    plan_actions.set_evaluation(
        plan,
        looked_at_by=consumer,
        cadence="month",
        adapt_if="No change after three months.",
        by=consumer,
    )
    return plan


@state
def active(whole: ActionPlan, consumer: Member) -> ActionPlan:
    return plan_actions.activate(whole, by=consumer)


@pytest.fixture
def planned(provider: Member, measure: Measure, today: date) -> dict[str, Any]:
    """Everything a test needs before it starts."""
    return {
        "title": "A second desk on one morning",
        "objective": "Whether a second desk makes the wait shorter.",
        "prediction": "Eight of ten people are seen within ten minutes.",
        "what": "Priya opens the second desk from nine to noon.",
        "leader": provider,
        "who": "The front desk team",
        "where": "At the main entrance",
        "scale": "One desk, one morning",
        "from_day": today,
        "to_day": today + timedelta(days=1),
        "measure": measure,
        "looked_at": "",
    }


@state
def cycle(active: ActionPlan, planned: dict[str, Any], consumer: Member) -> PDSACycle:
    return plan_actions.plan_cycle(active, **planned, by=consumer)


@pytest.fixture
def chosen_too(
    facilitator: Member, consumer: Member, second_consumer: Member, provider: Member
) -> Callable[[Opportunity], None]:
    """Choose another idea by consent."""

    def choose(idea: Opportunity) -> None:
        decision = group_actions.propose(
            idea.cell.group, title=idea.title, text="Let us.", subject=idea, by=consumer
        )
        for member in (consumer, second_consumer, provider):
            group_actions.take_position(decision, member=member, choice=Choice.AGREE)
        group_actions.close_decision(decision, by=facilitator)

    return choose


@pytest.fixture
def many(enter: Callable[..., Member], seated: Cell, facilitator: Member, start: date) -> Any:
    """Seat this many more people of a standing in the cell."""

    def many(standing: StandingKind, count: int) -> list[Member]:
        members = [
            enter(f"{standing.label[:3]}{n} {standing.value}", standing) for n in range(count)
        ]
        for member in members:
            seating.seat(seated.group, member, since=start, by=facilitator)
        return members

    return many


@pytest.fixture
def bring(measure: Measure, provider: Member) -> Bring:
    def bring(
        data: bytes = THREE, columns: Columns = PLAIN, into: Measure = measure
    ) -> ImportDraft:
        draft = import_actions.upload(into, data=data, by=provider)
        return import_actions.choose_columns(draft, columns=columns, by=provider)

    return bring


def send(client: Client, url: str, **data: Any) -> Any:
    """Send the page's form with its hidden fields."""
    form = client.get(url).context["form"]
    hidden = {each.name: each.value() for each in form.hidden_fields()}
    return client.post(url, {**hidden, **data})


class Pages:
    """The three pages of an import, as a person goes through them."""

    def __init__(self, client: Client, agency: Agency, measure: Measure) -> None:
        self.client, self.agency, self.measure = client, agency, measure

    def send(self, url: str, **data: Any) -> Any:
        page = self.client.get(url)
        key = page.context["form"]["submission"].value()
        return self.client.post(url, {"submission": key, **data})

    def upload(self, data: bytes) -> Any:
        file = SimpleUploadedFile("numbers.csv", data, content_type="text/csv")
        return self.send(at(self.agency, "measures:upload", pk=self.measure.pk), file=file)


@pytest.fixture
def pages(login: Login, agency: Agency, measure: Measure, provider: Member) -> Pages:
    return Pages(login(provider), agency, measure)


@state
def finished(
    active: ActionPlan,
    confirm: Callable[[Opportunity], Opportunity],
    facilitator: Member,
) -> ActionPlan:
    """The plan, after the cell agreed that it worked."""
    plan_actions.finish_step(active.steps.get(), by=facilitator)
    asked = plan_actions.finish(
        active.opportunity, result="Nobody waits.", told="You said, we did.", by=facilitator
    )
    confirm(asked)
    return ActionPlan.objects.within(active.agency).get(pk=active.pk)


@pytest.fixture
def count(facilitator: Member) -> Count:
    """Record this many months of numbers up to the last completed one; return the periods."""

    def count(measure: Measure, values: Sequence[float], of: int | None = 200) -> list[date]:
        days = [periods.latest(measure.frequency, measure.agency.today())]
        while len(days) < len(values):
            days.insert(0, periods.before(measure.frequency, days[0]))
        denominator = None if of is None else Decimal(of)
        for day, value in zip(days, values, strict=True):
            number_actions.record_point(
                measure,
                period=day,
                numerator=Decimal(str(value)),
                denominator=denominator,
                by=facilitator,
            )
        return days

    return count


def all_end(cell: Cell, why: str = "The program ends.") -> dict[goes_on.Key, goes_on.ChildChoice]:
    """A choice that ends everything in progress in the cell."""
    return {
        child.key: goes_on.ChildChoice(Fate.END, why, "unknown" if child.begun else "")
        for child in goes_on.children(cell)
    }


def close(cell: Cell, by: Member, on: date | None = None, **given: Any) -> Cell:
    """Close a cell today; all its work ends, unless other choices are given."""
    cell = Cell.objects.within(by.agency).select_related("group").get(pk=cell.pk)
    cell.agency = cell.group.agency = by.agency
    given.setdefault("choices", all_end(cell))
    given.setdefault("why", "Its work is done.")
    return handing_on_actions.close_cell(cell, on=on or by.agency.today(), by=by, **given)
