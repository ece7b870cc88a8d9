"""Two people at the same moment: one finishes before the other looks, without errors.

The first action is held open in its transaction while the second is tried on its own connection;
without the right lock, the second would not see what the first has done.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas import actions as idea_actions
from cells.ideas.models import Opportunity, OpportunityState
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan, ActionStep, PlanStatus, ReviewOutcome
from cells.ranking import actions as ranking_actions
from cells.ranking.models import PriorityRound
from foundation import tenancy
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions as group_actions
from groups.models import Choice, Decision, DecisionStatus
from measures.definitions import actions as measure_actions
from measures.definitions.models import Measure
from measures.importing import actions as import_actions
from measures.importing.models import ImportDraft
from measures.numbers import actions as number_actions
from measures.numbers.models import DataPoint
from tests.cells.conftest import PLAIN, Bring

pytestmark = pytest.mark.django_db(transaction=True)

Meanwhile = Callable[[Callable[[], Any], Callable[[], Any]], Any]
# Within this time, the second either waits for the first or is finished.
A_MOMENT = 0.6


@pytest.fixture
def meanwhile(agency: Agency) -> Meanwhile:
    """Do the first, try the second before the first commits; return the second's result."""

    def meanwhile(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
        came: list[Any] = []

        def there() -> None:
            try:
                with tenancy.entering(agency):
                    came.append(second())
            except Exception as error:
                came.append(error)
            finally:
                connection.close()

        other = threading.Thread(target=there)
        with transaction.atomic():
            first()
            other.start()
            other.join(A_MOMENT)
        other.join(30)
        return came[0]

    return meanwhile


def vote_on(ideas: Sequence[Opportunity], cell: Cell, by: Member) -> Callable[[], PriorityRound]:
    last = by.agency.today() + timedelta(days=7)
    return lambda: ranking_actions.open_round(
        cell, opportunities=ideas, votes_each=1, closes_on=last, by=by
    )


def test_of_two_votes_that_are_opened_at_once_the_second_is_refused(
    seated: Cell,
    ideas: Sequence[Opportunity],
    facilitator: Member,
    administrator: Member,
    meanwhile: Meanwhile,
) -> None:
    second = meanwhile(
        vote_on(ideas[:2], seated, facilitator), vote_on(ideas[2:], seated, administrator)
    )
    assert isinstance(second, Refused)
    assert PriorityRound.objects.within(seated.agency).started().count() == 1


def test_of_two_who_ask_for_silent_ideas_at_once_the_second_is_refused(
    seated: Cell, facilitator: Member, administrator: Member, meanwhile: Meanwhile
) -> None:
    second = meanwhile(
        lambda: ranking_actions.gather(seated, question="What helps?", by=facilitator),
        lambda: ranking_actions.gather(seated, question="What else?", by=administrator),
    )
    assert isinstance(second, Refused)


def test_of_two_choices_from_two_votes_at_once_one_is_brought_to_a_decision(
    closed: PriorityRound,
    ideas: Sequence[Opportunity],
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    facilitator: Member,
    meanwhile: Meanwhile,
) -> None:
    again = vote_on(ideas[:2], closed.cell, facilitator)()
    for member in (consumer, second_consumer, provider, facilitator):
        ranking_actions.cast(again, choices=[again.entries.order_by("pk").first()], by=member)  # type: ignore[list-item]
    again = ranking_actions.close_round(again, by=facilitator)
    second = meanwhile(
        lambda: ranking_actions.propose_choice(
            closed, opportunity=ideas[3], text="A.", by=consumer
        ),
        lambda: ranking_actions.propose_choice(again, opportunity=ideas[0], text="B.", by=provider),
    )
    assert isinstance(second, Refused)
    open_now = Decision.objects.within(closed.agency).filter(status=DecisionStatus.OPEN)
    assert open_now.count() == 1


def test_two_ideas_are_never_each_part_of_the_other(
    ideas: Sequence[Opportunity], facilitator: Member, administrator: Member, meanwhile: Meanwhile
) -> None:
    one, other = ideas[:2]
    second = meanwhile(
        lambda: idea_actions.merge(one, into=other, by=facilitator),
        lambda: idea_actions.merge(other, into=one, by=administrator),
    )
    assert isinstance(second, ValidationError)
    assert again(other).state == OpportunityState.RAISED


def test_an_idea_is_not_split_while_it_becomes_part_of_another(
    ideas: Sequence[Opportunity], facilitator: Member, administrator: Member, meanwhile: Meanwhile
) -> None:
    parts = [idea_actions.SplitPart("One half"), idea_actions.SplitPart("The other half")]
    second = meanwhile(
        lambda: idea_actions.merge(ideas[0], into=ideas[1], by=facilitator),
        lambda: idea_actions.split(ideas[0], parts=parts, by=administrator),
    )
    assert isinstance(second, Refused)
    assert not again(ideas[0]).parts.exists()


def test_an_idea_is_not_joined_with_one_that_people_begin_to_vote_on(
    seated: Cell,
    ideas: Sequence[Opportunity],
    facilitator: Member,
    administrator: Member,
    meanwhile: Meanwhile,
) -> None:
    second = meanwhile(
        vote_on(ideas[:2], seated, facilitator),
        lambda: idea_actions.merge(ideas[2], into=ideas[0], by=administrator),
    )
    assert isinstance(second, Refused)


def test_taking_apart_and_joining_never_wait_for_each_other(
    ideas: Sequence[Opportunity], facilitator: Member, administrator: Member
) -> None:
    """Both lock the two ideas in the same order, so the database aborts neither."""
    older, newer = ideas[:2]
    idea_actions.merge(newer, into=older, by=facilitator)
    came: list[Any] = []

    def take_apart() -> None:
        try:
            with tenancy.entering(facilitator.agency):
                came.append(idea_actions.take_apart(newer, by=administrator))
        except Exception as error:
            came.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=take_apart)
    with transaction.atomic():
        # In the order of `merge`: the older one first, then the newer.
        rows = Opportunity.objects.within(facilitator.agency).select_for_update()
        rows.get(pk=older.pk)
        other.start()
        other.join(A_MOMENT)
        rows.get(pk=newer.pk)
    other.join(30)
    assert isinstance(came[0], Opportunity)


def test_a_plan_that_starts_while_its_idea_is_set_aside_is_stopped_or_refused(
    whole: ActionPlan, consumer: Member, facilitator: Member, meanwhile: Meanwhile
) -> None:
    meanwhile(
        lambda: plan_actions.activate(whole, by=consumer),
        lambda: idea_actions.park(whole.opportunity, reason="Not now.", by=facilitator),
    )
    plans = ActionPlan.objects.within(whole.agency).select_related("opportunity")
    plan = plans.get(pk=whole.pk)
    assert plan.opportunity.state == OpportunityState.PARKED
    assert plan.status == PlanStatus.STOPPED


def test_no_step_is_added_while_the_cell_is_asked_if_it_worked(
    active: ActionPlan, facilitator: Member, provider: Member, today: date, meanwhile: Meanwhile
) -> None:
    plan_actions.finish_step(active.steps.get(), by=facilitator)
    second = meanwhile(
        lambda: plan_actions.finish(
            active.opportunity, result="Yes.", told="We did.", by=facilitator
        ),
        lambda: plan_actions.add_step(
            active, what="One more", owner=provider, due=today + timedelta(days=5), by=provider
        ),
    )
    assert isinstance(second, Refused)
    assert active.steps.count() == 1


def test_no_small_test_starts_in_a_plan_that_is_stopped_at_that_moment(
    cycle: Any, active: ActionPlan, consumer: Member, provider: Member, meanwhile: Meanwhile
) -> None:
    second = meanwhile(
        lambda: plan_actions.review(
            active, outcome=ReviewOutcome.STOP, note="It does not help.", by=consumer
        ),
        lambda: plan_actions.start_cycle(cycle, by=provider),
    )
    assert isinstance(second, Refused)


def test_two_steps_never_come_to_wait_for_each_other(
    whole: ActionPlan, consumer: Member, provider: Member, today: date, meanwhile: Meanwhile
) -> None:
    due = today + timedelta(days=9)
    first = whole.steps.get()
    other = plan_actions.add_step(whole, what="Then", owner=provider, due=due, by=consumer)

    def wait_for(step: ActionStep, needed: ActionStep, by: Member) -> Callable[[], ActionStep]:
        return lambda: plan_actions.change_step(
            step, what=step.what, owner=provider, due=due, needs=[needed], by=by
        )

    second = meanwhile(wait_for(first, other, consumer), wait_for(other, first, provider))
    assert isinstance(second, ValidationError)


def test_a_step_is_not_started_while_another_is_put_before_it(
    active: ActionPlan, consumer: Member, provider: Member, today: date, meanwhile: Meanwhile
) -> None:
    step = active.steps.get()
    due = today + timedelta(days=9)
    before = plan_actions.add_step(active, what="First", owner=provider, due=due, by=consumer)
    second = meanwhile(
        lambda: plan_actions.change_step(
            step, what=step.what, owner=provider, due=step.due, needs=[before], by=consumer
        ),
        lambda: plan_actions.start_step(step, by=provider),
    )
    assert isinstance(second, Refused)


def test_a_period_has_one_number_when_two_write_it_down_at_once(
    measure: Measure, provider: Member, consumer: Member, meanwhile: Meanwhile
) -> None:
    def record(seen: int, by: Member) -> Callable[[], DataPoint]:
        return lambda: number_actions.record_point(
            measure,
            period=date(2026, 1, 1),
            numerator=Decimal(seen),
            denominator=Decimal(10),
            by=by,
        )

    second = meanwhile(record(4, provider), record(5, consumer))
    assert isinstance(second, ValidationError)
    assert "period" in second.message_dict
    assert measure.points.get().numerator == 4


def test_two_files_with_the_same_periods_at_once_count_each_once(
    measure: Measure, bring: Bring, provider: Member, consumer: Member, meanwhile: Meanwhile
) -> None:
    draft = bring()
    mine = import_actions.upload(measure, data=b"month,seen,all\n2026-01,9,10\n", by=consumer)
    mine = import_actions.choose_columns(mine, columns=PLAIN, by=consumer)
    second = meanwhile(
        lambda: import_actions.import_numbers(draft, by=provider),
        lambda: import_actions.import_numbers(mine, by=consumer),
    )
    assert isinstance(second, ValidationError)
    assert measure.points.count() == 3
    assert measure.points.get(period=date(2026, 1, 1)).numerator == 3


def test_a_file_corrects_what_somebody_has_corrected_by_hand_and_not_what_was_before(
    measure: Measure, bring: Bring, provider: Member, consumer: Member, meanwhile: Meanwhile
) -> None:
    """The number that was entered by hand at that moment stays on record, with its reason."""
    import_actions.import_numbers(bring(), by=provider)
    point = measure.points.get(period=date(2026, 1, 1))
    draft = bring(b"month,seen,all\n2026-01-01,1,4\n")
    came = meanwhile(
        lambda: import_actions.import_numbers(
            draft, correct=True, reason="Counted anew.", by=provider
        ),
        lambda: number_actions.correct_point(
            point,
            numerator=Decimal(2),
            denominator=Decimal(4),
            reason="A mistake.",
            version=point.version,
            by=consumer,
        ),
    )
    assert isinstance(came, ValidationError)
    point = measure.points.get(period=date(2026, 1, 1))
    assert (point.numerator, point.reason) == (Decimal(1), "Counted anew.")


def test_a_file_waits_for_a_correction_by_hand_that_is_under_way(
    measure: Measure, bring: Bring, provider: Member, consumer: Member, meanwhile: Meanwhile
) -> None:
    import_actions.import_numbers(bring(), by=provider)
    point = measure.points.get(period=date(2026, 1, 1))
    draft = bring(b"month,seen,all\n2026-01-01,1,4\n")
    meanwhile(
        lambda: number_actions.correct_point(
            point, numerator=Decimal(2), denominator=Decimal(4), reason="A mistake.", by=consumer
        ),
        lambda: import_actions.import_numbers(
            draft, correct=True, reason="Counted anew.", by=provider
        ),
    )
    versions = measure.points.get(period=date(2026, 1, 1)).version
    assert versions == point.version + 2


def test_a_file_of_earlier_days_is_imported_though_its_measure_is_given_up_at_that_moment(
    measure: Measure, bring: Bring, provider: Member, facilitator: Member, meanwhile: Meanwhile
) -> None:
    draft = bring()
    second = meanwhile(
        lambda: measure_actions.retire(measure, by=facilitator),
        lambda: import_actions.import_numbers(draft, by=provider),
    )
    assert not isinstance(second, Exception)
    assert measure.points.count() == 3


def test_a_file_whose_import_was_asked_for_is_not_forgotten_at_that_moment(
    measure: Measure, bring: Bring, provider: Member, meanwhile: Meanwhile
) -> None:
    draft = bring()
    meanwhile(
        lambda: import_actions.ask_for_import(draft, by=provider),
        lambda: import_actions.upload(measure, data=b"month,seen,all\n2026-04,1,2\n", by=provider),
    )
    # It was carried out as soon as it was requested.
    assert ImportDraft.objects.within(measure.agency).get(pk=draft.pk).used_on
    assert measure.points.count() == 3


def test_a_proposal_is_closed_once_when_two_close_it(
    proposed: Decision,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    facilitator: Member,
    administrator: Member,
    meanwhile: Meanwhile,
) -> None:
    for member in (consumer, second_consumer, provider):
        group_actions.take_position(proposed, member=member, choice=Choice.AGREE)
    second = meanwhile(
        lambda: group_actions.close_decision(proposed, by=facilitator),
        lambda: group_actions.close_decision(proposed, adopted=False, by=administrator),
    )
    assert isinstance(second, Refused)
    decision = Decision.objects.within(proposed.agency).get(pk=proposed.pk)
    assert decision.status == DecisionStatus.ADOPTED


def test_an_objection_that_meets_the_close_is_refused_not_lost(
    proposed: Decision,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    facilitator: Member,
    meanwhile: Meanwhile,
) -> None:
    for member in (consumer, second_consumer):
        group_actions.take_position(proposed, member=member, choice=Choice.AGREE)
    second = meanwhile(
        lambda: group_actions.close_decision(proposed, by=facilitator),
        lambda: group_actions.take_position(
            proposed, member=provider, choice=Choice.OBJECT, reason="No."
        ),
    )
    assert isinstance(second, Refused)


def again(idea: Opportunity) -> Opportunity:
    return Opportunity.objects.within(idea.agency).get(pk=idea.pk)
