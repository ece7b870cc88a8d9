"""A plan's frozen baseline, its further measures, its reviews, and whether the gain lasts."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import Member
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan, OutcomeStandard
from cells.sustaining import actions as sustaining
from foundation.refusals import Refused
from measures.definitions import periods
from measures.definitions.models import Measure
from measures.numbers import actions as number_actions
from notifications.models import Message
from notifications.waiting import waiting
from tests.cells.conftest import Define, noon
from tests.cells.test_plans import codes


def set_again(plan: ActionPlan, measure: Measure, by: Member, **given: Any) -> OutcomeStandard:
    values: dict[str, Any] = {"baseline": None, "target": None, "target_on": None, **given}
    return plan_actions.set_standard(plan, measure=measure, by=by, **values)


def test_the_start_is_frozen_on_the_day_on_which_the_plan_begins_and_stays(
    active: ActionPlan, measure: Measure, consumer: Member, today: date
) -> None:
    held = active.standards.get()
    assert (held.baseline_through, held.frozen_on) == (periods.latest("month", today), today)
    plan_actions.review(active, outcome="stop", note="Not yet.", by=consumer)
    with time_machine.travel(noon(today + timedelta(days=70))):
        values = {"baseline": Decimal(40), "target": Decimal(80)}
        set_again(active, measure, consumer, **values, target_on=today + timedelta(days=120))
        held.refresh_from_db()
        # Sent without a date, the baseline stays frozen; a different one needs a reason.
        assert held.frozen_on == today
        given = {**values, "target_on": today + timedelta(days=120), "baseline_through": today}
        with pytest.raises(ValidationError):
            set_again(active, measure, consumer, **given)
        set_again(active, measure, consumer, **given, reason="It began later.")
        plan_actions.activate(active, by=consumer)
        held.refresh_from_db()
        assert held.baseline_through == periods.period_of("month", today)


def test_the_last_day_of_the_start_is_not_still_to_come(
    plan: ActionPlan, measure: Measure, consumer: Member, today: date
) -> None:
    with pytest.raises(ValidationError) as caught:
        set_again(plan, measure, consumer, baseline_through=today + timedelta(days=1))
    assert set(caught.value.message_dict) == {"baseline_through"}


def test_a_plan_watches_more_than_its_outcome(
    whole: ActionPlan, define: Define, measure: Measure, consumer: Member, facilitator: Member
) -> None:
    other = define(name="Calls that nobody took", direction="decrease")
    made = set_again(whole, other, consumer, role="balancing")
    assert codes(whole) == []
    for role in ("process", "outcome"):
        with pytest.raises(ValidationError, match="uses that measure already"):
            set_again(whole, other, consumer, role=role)
    with pytest.raises(ValidationError):
        set_again(whole, other, consumer, role="guess")
    outcome = whole.standards.get(role="outcome")
    with pytest.raises(Refused):
        plan_actions.drop_standard(outcome, by=facilitator)
    plan_actions.drop_standard(made, by=facilitator)
    assert list(whole.standards.all()) == [outcome]
    made = set_again(whole, other, consumer, role="balancing")
    active = plan_actions.activate(whole, by=consumer)
    made.refresh_from_db()
    assert made.frozen_on == active.activated_on
    with pytest.raises(Refused):
        plan_actions.drop_standard(made, by=facilitator)


def test_a_plan_without_an_outcome_does_not_start(
    whole: ActionPlan, define: Define, consumer: Member
) -> None:
    set_again(whole, define(name="Other"), consumer, role="process")
    OutcomeStandard.objects.within(whole.agency).filter(plan=whole, role="outcome").delete()
    assert codes(whole) == ["measure"]


def test_a_look_keeps_what_the_charts_said_then(
    active: ActionPlan, measure: Measure, consumer: Member, provider: Member, today: date
) -> None:
    looked = plan_actions.review(active, outcome="go_on", note="We go on.", by=consumer)
    seen = (
        "Seen within ten minutes: Not enough data yet. There are no numbers yet that can be held "
        "against the start."
    )
    assert looked.seen == seen
    number_actions.record_point(
        measure,
        period=today - timedelta(days=40),
        numerator=Decimal(1),
        denominator=Decimal(2),
        by=provider,
    )
    looked.refresh_from_db()
    assert looked.seen == seen
    with pytest.raises(ValidationError):
        plan_actions.review(active, outcome="lasts", note="x", by=consumer)


def test_once_finished_somebody_keeps_looking_and_is_reminded(
    finished: ActionPlan, consumer: Member, provider: Member, facilitator: Member, today: date
) -> None:
    with pytest.raises(Refused):
        sustaining.look_on(finished, outcome="lasts", note="x", by=provider)
    held = sustaining.sustain(
        finished, looked_at_by=provider, cadence="month", reopen_if="Worse.", by=facilitator
    )
    due = today + timedelta(days=30)
    assert held.next_look_on == due

    def titles(on: date) -> list[str]:
        return [each.title for each in waiting(provider, on) if each.overdue or each.due == on]

    assert not any("lasts" in title for title in titles(today))
    assert any(title.startswith("Check that it lasts") for title in titles(due))
    late = [each for each in waiting(provider, due + timedelta(days=1)) if "lasts" in each.title]
    assert [each.overdue for each in late] == [True]
    with time_machine.travel(noon(due)):
        sustaining.look_on(finished, outcome="lasts", note="Still good.", by=provider)
        held.refresh_from_db()
        assert held.next_look_on == due + timedelta(days=30)
        looked = sustaining.look_on(finished, outcome="slipped", note="Slipped.", by=provider)
    held = type(held).objects.within(finished.agency).get(pk=held.pk)
    assert held.next_look_on is None
    assert held.ended_on == due
    assert "Seen within ten minutes" in looked.seen
    told = Message.objects.within(finished.agency).filter(code="opportunity.reopened")
    assert [message.member for message in told] == [finished.opportunity.author]
    assert not any("lasts" in each.title for each in waiting(provider, due + timedelta(days=90)))
    with pytest.raises(Refused):
        sustaining.look_on(finished, outcome="lasts", note="x", by=provider)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"looked_at_by": None}, "looked_at_by"),
        ({"cadence": "daily"}, "cadence"),
        ({"reopen_if": " "}, "reopen_if"),
    ],
)
def test_who_keeps_looking_how_often_and_what_reopens_it_is_said(
    given: dict[str, Any], field: str, finished: ActionPlan, provider: Member
) -> None:
    values = {"looked_at_by": provider, "cadence": "month", "reopen_if": "Worse.", **given}
    with pytest.raises(ValidationError) as caught:
        sustaining.sustain(finished, **values, by=provider)
    assert set(caught.value.message_dict) == {field}


def test_nobody_looks_whether_it_lasts_before_the_plan_is_finished(
    active: ActionPlan, provider: Member
) -> None:
    with pytest.raises(Refused):
        sustaining.sustain(
            active, looked_at_by=provider, cadence="month", reopen_if="Worse.", by=provider
        )
