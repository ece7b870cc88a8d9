"""A finished plan's gain is lost: the cell is asked, and takes the idea up again or not."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity, OpportunityState
from cells.overview import story
from cells.overview.late import late_of
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan, Reopening
from cells.ranking.choices import choices
from cells.sustaining import actions as sustaining
from foundation.addresses import at
from foundation.refusals import Refused
from groups.models import DecisionStatus
from measures.definitions.models import Measure
from measures.numbers import actions as number_actions
from notifications.models import Message
from notifications.waiting import waiting
from tests.cells.conftest import noon
from tests.conftest import Login

type Months = Callable[[Sequence[int]], None]
GOOD, BAD = 80, 20


@pytest.fixture
def months(measure: Measure, provider: Member, today: date) -> Months:
    """This many months of numbers after the plan began, in percent, each recorded in time."""
    day = [today.replace(day=1)]

    def months(percents: Sequence[int]) -> None:
        for percent in percents:
            period = day[0]
            day[0] = (period + timedelta(days=32)).replace(day=1)
            with time_machine.travel(noon(day[0])):
                number_actions.record_point(
                    measure,
                    period=period,
                    numerator=Decimal(percent),
                    denominator=Decimal(100),
                    by=provider,
                )

    return months


def again(plan: ActionPlan) -> ActionPlan:
    return ActionPlan.objects.within(plan.agency).select_related("opportunity").get(pk=plan.pk)


def asked(member: Member) -> list[str]:
    return [
        each.title for each in waiting(member, member.agency.today()) if "slipped" in each.title
    ]


def told(plan: ActionPlan, code: str) -> list[Member]:
    return [each.member for each in Message.objects.within(plan.agency).filter(code=code)]


def test_a_cell_is_asked_once_when_the_chart_shows_that_it_slipped(
    finished: ActionPlan, months: Months, consumer: Member, provider: Member, cell: Cell
) -> None:
    months([GOOD] * 9)
    assert not again(finished).asks
    months([BAD] * 9)
    assert again(finished).asks
    assert [len(asked(each)) for each in (consumer, provider)] == [1, 0]
    assert told(finished, "plan.slipped") == [finished.opportunity.author]
    late = late_of(cell.agency, [cell], cell.agency.today())[cell.pk]
    assert late.words == ["What got better has slipped for 1 idea."]
    months([BAD])
    assert told(finished, "plan.slipped") == [finished.opportunity.author]

    sustaining.look_on(finished, outcome="left", note="We live with it.", by=consumer)
    assert asked(consumer) == []
    months([BAD])
    assert asked(consumer) == []
    months([GOOD] * 14)
    assert again(finished).slipped_on is None
    months([BAD] * 14)
    assert len(asked(consumer)) == 1


def test_what_slipped_is_taken_up_again_with_its_history(
    finished: ActionPlan, months: Months, consumer: Member, provider: Member
) -> None:
    idea, start = finished.opportunity, finished.standards.get()
    months([GOOD] * 9 + [BAD] * 9)
    looked = sustaining.look_on(finished, outcome="slipped", note="The desk closed.", by=provider)
    plan = again(finished)
    assert (plan.status, plan.asks, plan.opportunity.state) == ("draft", False, "chosen")
    assert asked(consumer) == []
    kept = Reopening.objects.within(plan.agency).get()
    assert (kept.told, kept.result) == ("You said, we did.", "Nobody waits.")
    assert kept.reason == "The desk closed."
    assert kept.seen == looked.seen
    assert plan.standards.get() == start
    assert told(plan, "opportunity.reopened") == [idea.author]
    # Each decision counts for what it was about.
    closing = kept.decision
    assert closing.status == DecisionStatus.ADOPTED
    assert closing not in choices(plan.agency)

    def codes() -> list[str]:
        row = story.with_people(Opportunity.objects.within(plan.agency)).get(pk=idea.pk)
        return [step.code for step in story.of(row, consumer) if step.done]

    before = ["raised", "ranked", "chosen", "plan", "result", "reopened"]
    assert codes() == [*before, "numbers"]
    with pytest.raises(Refused):
        plan_actions.activate(plan, by=consumer)
    due = plan.agency.today() + timedelta(days=30)
    plan_actions.add_step(plan, what="Open it again", owner=provider, due=due, by=consumer)
    with time_machine.travel(noon(plan.agency.today() + timedelta(days=1))):
        begun = plan_actions.activate(plan, by=consumer)
        assert begun.standards.get().frozen_on == start.frozen_on
        assert sorted(codes()) == sorted([*before, "plan", "numbers"])


def test_without_anybody_who_looks_the_only_answers_are_to_take_it_up_or_leave_it(
    finished: ActionPlan, months: Months, consumer: Member
) -> None:
    with pytest.raises(Refused):
        sustaining.look_on(finished, outcome="slipped", note="x", by=consumer)
    months([GOOD] * 9 + [BAD] * 9)
    with pytest.raises(ValidationError):
        sustaining.look_on(finished, outcome="lasts", note="x", by=consumer)


def test_a_cell_that_knew_it_is_not_asked_again_at_once(
    active: ActionPlan,
    months: Months,
    confirm: Callable[[Opportunity], Opportunity],
    facilitator: Member,
    consumer: Member,
) -> None:
    plan_actions.finish_step(active.steps.get(), by=facilitator)
    months([BAD] * 12)
    idea = plan_actions.finish(
        active.opportunity, result="Worse.", told="We tried.", by=facilitator
    )
    assert idea.closing is not None
    assert "What the charts say now:\n\nSeen within ten minutes: Worse." in idea.closing.text
    confirm(idea)
    plan = again(active)
    assert (plan.slipped_on is not None, plan.asks) == (True, False)
    months([BAD])
    assert asked(consumer) == []


def test_the_pages_ask_those_of_the_cell_and_tell_the_others(
    finished: ActionPlan,
    months: Months,
    login: Login,
    consumer: Member,
    payer: Member,
) -> None:
    agency, idea = finished.agency, finished.opportunity
    months([GOOD] * 9 + [BAD] * 9)
    page = at(agency, "cells:opportunity", pk=idea.pk)
    assert "Say what to do" in login(consumer).get(page).text
    assert "The cell is asked what to do" in login(payer).get(page).text
    look = at(agency, "cells:look_on", pk=finished.pk)
    assert "Say what to do" in login(consumer).get(at(agency, "cells:plan", pk=finished.pk)).text
    shown = login(consumer).get(look).text
    assert "It slipped. Take it up again" in shown
    assert "It lasts. Keep looking" not in shown
    assert login(payer).get(look).status_code == 403
    form = login(consumer).get(look).context["form"]
    keys = {name: form[name].value() for name in ("submission", "version")}
    sent = {"note": "It is lost.", "outcome": "slipped", **keys}
    assert login(consumer).post(look, sent).status_code == 302
    assert again(finished).opportunity.state == OpportunityState.CHOSEN
    told = login(payer).get(page).text
    assert "The cell took it up again" in told
