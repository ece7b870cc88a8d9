"""Immutable things: the order of marks on a ballot, and a measure of a plan that was tried."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan, PDSACycle, PlanStatus, ReviewOutcome, StandardRole
from cells.ranking import actions as ranking_actions
from cells.ranking.models import Ballot, RankingMethod
from foundation.refusals import Refused
from measures.definitions.models import Measure
from measures.numbers import rules
from tests.cells.conftest import close

pytestmark = pytest.mark.django_db


def test_a_ballot_lists_its_ideas_as_the_round_does(
    seated: Cell, ideas: Sequence[Opportunity], consumer: Member, facilitator: Member
) -> None:
    """Its points say what came first; nothing shows in which order they were marked."""
    ranking = ranking_actions.open_round(
        seated,
        opportunities=ideas,
        method=RankingMethod.NOMINAL,
        closes_on=seated.agency.today(),
        by=facilitator,
    )
    entries = list(ranking.entries.order_by("pk"))
    ranking_actions.cast(ranking, choices=entries[::-1], by=consumer)
    ballot = Ballot.objects.within(seated.agency).get()
    assert ballot.choices == [entry.pk for entry in entries]
    assert ballot.points == [1, 2, 3, 4]


def test_a_further_measure_of_a_plan_that_was_tried_stays(
    whole: ActionPlan, define: Callable[..., Measure], consumer: Member
) -> None:
    """Even after a plan was stopped: nobody may choose afterwards what it was judged by."""

    def watch(name: str) -> Any:
        return plan_actions.set_standard(
            whole,
            measure=define(name=name),
            baseline=Decimal(5),
            target=None,
            target_on=None,
            role=StandardRole.BALANCING,
            by=consumer,
        )

    plan_actions.drop_standard(watch("Complaints"), by=consumer)
    kept = watch("Days off")
    plan_actions.activate(whole, by=consumer)
    plan_actions.review(whole, outcome=ReviewOutcome.STOP, note="It does not help.", by=consumer)
    assert ActionPlan.objects.within(whole.agency).get(pk=whole.pk).status == PlanStatus.STOPPED
    with pytest.raises(Refused, match="so it stays"):
        plan_actions.drop_standard(kept, by=consumer)


def test_who_collects_a_number_writes_down_what_is_missing_when_the_cell_has_ended(
    define: Callable[..., Measure], manager: Member, facilitator: Member
) -> None:
    """Even without a seat in it: the days before the end happened all the same."""
    measure = define(collected_by=manager)
    assert rules.recording(measure, manager) is None
    cell = Cell.objects.within(measure.agency).get(group=measure.owner)
    measure.owner = close(cell, facilitator).group
    assert rules.recording(measure, manager) is None


def test_what_happened_stays_once_it_was_compared_with_what_was_expected(
    cycle: PDSACycle, consumer: Member
) -> None:
    plan_actions.start_cycle(cycle, by=consumer)
    plan_actions.record_doing(cycle, happened="It rained.", unexpected="", over=True, by=consumer)
    plan_actions.record_study(cycle, foretold="yes", learned="Rain does not matter.", by=consumer)
    with pytest.raises(Refused, match="part of the test is over"):
        plan_actions.record_doing(cycle, happened="Sun.", unexpected="", over=True, by=consumer)
