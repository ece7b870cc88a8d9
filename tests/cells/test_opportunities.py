"""An improvement idea, from being raised to being done; its author hears of each change."""

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas import actions as idea_actions
from cells.ideas.models import Opportunity, OpportunityKind, OpportunityState
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan, PlanStatus
from cells.ranking.models import PriorityRound
from foundation.models import Event
from foundation.refusals import Refused
from groups.actions import close_decision, take_position, withdraw
from groups.models import Choice, Decision
from notifications.models import Message
from tests.cells.conftest import TITLES, Raise


def fresh(opportunity: Opportunity) -> Opportunity:
    return Opportunity.objects.within(opportunity.agency).get(pk=opportunity.pk)


def told(member: Member) -> list[str]:
    rows = Message.objects.within(member.agency).filter(member=member)
    ideas = rows.filter(subject_type="opportunity").order_by("pk")
    return list(ideas.values_list("code", flat=True))


def test_anyone_in_the_program_raises_an_idea_also_without_a_seat(
    seated: Cell, manager: Member, raised: Raise
) -> None:
    idea = raised(by=manager, kind=OpportunityKind.STRENGTH, description="  It works.  ")
    assert (idea.state, idea.author, idea.description) == ("raised", manager, "It works.")
    event = Event.objects.within(idea.agency).get(name="opportunity.raised", subject_id=idea.pk)
    assert event.data == {"cell": seated.pk}


def test_no_idea_is_raised_in_a_cell_that_is_closed(
    cell: Cell, facilitator: Member, consumer: Member, today: date, raised: Raise
) -> None:
    from groups.actions import close_group

    close_group(cell.group, on=today, by=facilitator)
    cell.group.refresh_from_db()
    with pytest.raises(Refused):
        raised()


@pytest.mark.parametrize(
    ("field", "given"),
    [("title", {"title": "  "}), ("kind", {"kind": "complaint"})],
)
def test_an_idea_needs_a_title_and_a_kind(field: str, given: dict[str, str], raised: Raise) -> None:
    with pytest.raises(ValidationError) as caught:
        raised(**given)
    assert set(caught.value.message_dict) == {field}


def test_a_facilitator_enters_an_idea_for_somebody_who_agreed(
    raised: Raise, facilitator: Member, consumer: Member
) -> None:
    idea = raised(by=facilitator, on_behalf_of=consumer, consented=True)
    assert (idea.author, idea.raised_by, idea.consented_on) == (
        consumer,
        facilitator,
        idea.raised_on,
    )
    assert told(consumer) == ["opportunity.entered"]


def test_nothing_is_entered_for_somebody_who_was_not_asked(
    raised: Raise, facilitator: Member, consumer: Member
) -> None:
    with pytest.raises(ValidationError, match="Ask them first"):
        raised(by=facilitator, on_behalf_of=consumer)


def test_only_facilitators_enter_ideas_for_others(
    raised: Raise, provider: Member, consumer: Member
) -> None:
    with pytest.raises(Refused):
        raised(by=provider, on_behalf_of=consumer, consented=True)


def test_an_idea_keeps_the_words_and_the_subject_that_it_came_of(
    raised: Raise, facilitator: Member
) -> None:
    origin = idea_actions.Origin("theme", 7, "We wait and nobody says why.")
    idea = raised(by=facilitator, origin=origin)
    found = Opportunity.objects.within(idea.agency).from_origin("theme", 7)
    assert [each.origin_words for each in found] == ["We wait and nobody says why."]


@pytest.mark.parametrize(
    ("leave", "state"),
    [
        (idea_actions.park, OpportunityState.PARKED),
        (idea_actions.decline, OpportunityState.DECLINED),
    ],
)
def test_leaving_an_idea_needs_a_reason_that_its_author_is_told_of(
    leave: Callable[..., Opportunity],
    state: str,
    raised: Raise,
    facilitator: Member,
    consumer: Member,
) -> None:
    idea = raised()
    with pytest.raises(ValidationError):
        leave(idea, reason=" ", by=facilitator)
    assert fresh(idea).state == OpportunityState.RAISED
    leave(idea, reason="No room for it this year.", by=facilitator)
    assert (fresh(idea).state, fresh(idea).reason) == (state, "No room for it this year.")
    assert told(consumer) == [f"opportunity.{state}"]
    idea_actions.take_up_again(idea, by=facilitator)
    assert (fresh(idea).state, fresh(idea).reason) == (OpportunityState.RAISED, "")
    assert told(consumer)[-1] == "opportunity.taken_up_again"


def test_an_idea_stays_while_people_vote_on_it(
    ranking: PriorityRound, ideas: Sequence[Opportunity], facilitator: Member
) -> None:
    with pytest.raises(Refused, match="voting on this idea"):
        idea_actions.park(ideas[0], reason="Later.", by=facilitator)


def test_an_idea_stays_while_the_cell_decides_on_it(
    proposed: Decision, ideas: Sequence[Opportunity], facilitator: Member
) -> None:
    with pytest.raises(Refused, match="deciding on this idea"):
        idea_actions.decline(ideas[0], reason="No.", by=facilitator)
    idea_actions.decline(ideas[1], reason="No.", by=facilitator)


def test_somebody_elses_change_is_not_written_over(raised: Raise, facilitator: Member) -> None:
    idea = raised()
    shown = idea.version
    idea_actions.park(idea, reason="Later.", by=facilitator, version=shown)
    with pytest.raises(ValidationError, match="Somebody changed this"):
        idea_actions.decline(idea, reason="No.", by=facilitator, version=shown)


def test_an_idea_is_not_done_before_anything_was_tried(
    chosen: Opportunity, facilitator: Member
) -> None:
    with pytest.raises(Refused, match="Nothing has been tried"):
        plan_actions.finish(chosen, result="Better.", told="You said, we did.", by=facilitator)


def test_an_idea_is_not_done_while_steps_are_open(active: ActionPlan, facilitator: Member) -> None:
    with pytest.raises(Refused, match="steps are still open"):
        plan_actions.finish(active.opportunity, result="Better.", told="We did.", by=facilitator)


def test_closing_an_idea_tells_what_came_of_it_and_ends_its_plan(
    active: ActionPlan,
    facilitator: Member,
    provider: Member,
    consumer: Member,
    confirm: Callable[[Opportunity], Opportunity],
) -> None:
    plan_actions.finish_step(active.steps.get(), by=provider)
    idea = plan_actions.finish(
        active.opportunity,
        result="Nine of ten people now wait less than ten minutes.",
        told="You said the wait was too long. We opened a second desk.",
        by=facilitator,
    )
    active.refresh_from_db()
    assert (idea.state, active.status) == (OpportunityState.CLOSING, PlanStatus.ACTIVE)
    assert told(consumer)[-1] == "opportunity.asked"
    idea = confirm(idea)
    active.refresh_from_db()
    assert (idea.state, active.status) == (OpportunityState.DONE, PlanStatus.FINISHED)
    assert active.next_review_on is None
    assert told(consumer)[-1] == "opportunity.closed"
    names = Event.objects.within(idea.agency).values_list("name", flat=True)
    assert {"opportunity.raised", "opportunity.chosen", "opportunity.closed"} <= set(names)


def test_an_idea_is_not_done_without_enough_consumers_who_say_that_it_worked(
    active: ActionPlan, facilitator: Member, provider: Member
) -> None:
    plan_actions.finish_step(active.steps.get(), by=provider)
    idea = plan_actions.finish(active.opportunity, result="Better.", told="We did.", by=facilitator)
    assert idea.closing is not None
    take_position(idea.closing, member=provider, choice=Choice.AGREE)
    with pytest.raises(Refused, match="Not enough consumers"):
        close_decision(idea.closing, by=facilitator)


def test_an_idea_that_the_cell_says_did_not_work_goes_on(
    active: ActionPlan,
    facilitator: Member,
    provider: Member,
    consumer: Member,
    second_consumer: Member,
) -> None:
    plan_actions.finish_step(active.steps.get(), by=provider)
    idea = plan_actions.finish(active.opportunity, result="Better.", told="We did.", by=facilitator)
    assert idea.closing is not None
    for member in (consumer, second_consumer):
        take_position(idea.closing, member=member, choice=Choice.OBJECT, reason="We still wait.")
    close_decision(idea.closing, by=facilitator, adopted=False)
    idea.refresh_from_db()
    active.refresh_from_db()
    assert idea.state == OpportunityState.CHOSEN
    assert idea.closing_id is None
    assert active.status == PlanStatus.ACTIVE
    assert told(consumer)[-1] == "opportunity.not_yet"
    again = plan_actions.finish(idea, result="Better now.", told="We did.", by=facilitator)
    assert again.closing is not None
    withdraw(again.closing, by=facilitator)
    idea.refresh_from_db()
    assert idea.state == OpportunityState.CHOSEN


def test_the_database_takes_no_idea_as_done_that_the_cell_did_not_confirm(
    active: ActionPlan,
) -> None:
    rows = Opportunity.objects.within(active.agency).filter(pk=active.opportunity_id)
    with pytest.raises(IntegrityError, match="opportunity_done_and_told"), transaction.atomic():
        rows.update(state=OpportunityState.DONE, result="Better.", told="We did.")


def test_setting_a_chosen_idea_aside_stops_its_plan(
    active: ActionPlan, facilitator: Member
) -> None:
    idea_actions.park(active.opportunity, reason="The building closes.", by=facilitator)
    active.refresh_from_db()
    assert active.status == PlanStatus.STOPPED


def test_events_hold_no_words_of_people(active: ActionPlan, facilitator: Member) -> None:
    for event in Event.objects.within(active.agency):
        assert not [value for value in event.data.values() if str(value) in TITLES]


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("opportunity_left_with_reason", {"state": "parked", "reason": ""}),
        ("opportunity_chosen_by_decision", {"state": "chosen"}),
        ("opportunity_chosen_by_decision", {"state": "done"}),
        ("opportunity_state", {"state": "lost"}),
        ("opportunity_entered_with_consent", {"consented_on": date(2026, 1, 1)}),
        ("opportunity_names_its_origin", {"origin_type": "theme"}),
    ],
)
def test_the_database_holds_what_an_idea_may_be(
    constraint: str, values: dict[str, object], raised: Raise
) -> None:
    idea = raised()
    rows = Opportunity.objects.within(idea.agency).filter(pk=idea.pk)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        rows.update(**values)
