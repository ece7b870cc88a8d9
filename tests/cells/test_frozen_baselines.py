"""A frozen baseline changes only visibly (who, when, why), and the cell must confirm it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import Member
from cells.plans import actions as plan_actions
from cells.plans import evaluation, rules
from cells.plans.models import ActionPlan, BaselineChange, OutcomeStandard, ReviewOutcome
from devtools.states import state
from foundation.addresses import at
from foundation.refusals import Refused
from measures.charting import actions as chart_actions
from measures.charting.models import AdjustmentKind
from measures.definitions import actions as measure_actions
from measures.definitions import periods
from measures.definitions.models import Measure
from measures.importing import actions as import_actions
from measures.numbers import actions as number_actions
from measures.numbers.models import DataPoint
from notifications.models import Message
from notifications.waiting import waiting
from tests.cells.conftest import PLAIN, noon, send
from tests.conftest import Login, Look, assert_budget

MONTHS = 14


def months(today: date, count: int = MONTHS) -> list[date]:
    """The first days of the latest completed months, in time order."""
    found = [periods.latest("month", today)]
    while len(found) < count:
        found.append(periods.before("month", found[-1]))
    return found[::-1]


@state
def counted(measure: Measure, provider: Member, today: date) -> Measure:
    """Fourteen months of numbers, around 66 percent."""
    for place, month in enumerate(months(today)):
        number_actions.record_point(
            measure,
            period=month,
            numerator=Decimal(64 + place % 5),
            denominator=Decimal(100),
            by=provider,
        )
    return measure


@state
def running(counted: Measure, whole: ActionPlan, consumer: Member, today: date) -> ActionPlan:
    """The plan under way, with a baseline of 66 percent."""
    plan = plan_actions.activate(whole, by=consumer)
    assert standard(plan).baseline_through == months(today)[-1]
    assert shown(plan) == 66
    return plan


def standard(plan: ActionPlan) -> OutcomeStandard:
    return (
        OutcomeStandard.objects.within(plan.agency)
        .select_related("plan__opportunity")
        .get(plan=plan)
    )


def shown(plan: ActionPlan) -> int:
    (row,) = evaluation.judged(ActionPlan.objects.within(plan.agency).get(pk=plan.pk))
    assert row.start is not None
    return round(row.start)


def changes(plan: ActionPlan) -> list[BaselineChange]:
    rows = BaselineChange.objects.within(plan.agency).filter(standard__plan=plan)
    return list(rows.order_by("pk"))


def at_once() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(act: Callable[[], Any]) -> None:
    @transaction.atomic
    def attack() -> None:
        act()
        at_once()

    with pytest.raises(IntegrityError):
        attack()


def correct_most(measure: Measure, by: Member, today: date, reason: str = "Counted twice.") -> None:
    points = DataPoint.objects.within(measure.agency).filter(measure=measure).order_by("period")
    for point in points[:MONTHS]:
        number_actions.correct_point(
            point, numerator=Decimal(41), denominator=Decimal(100), reason=reason, by=by
        )


def test_corrected_numbers_open_the_start_again_with_who_when_and_why(
    running: ActionPlan, counted: Measure, provider: Member, consumer: Member, today: date
) -> None:
    correct_most(counted, provider, today)
    at_once()
    assert shown(running) == 41
    told = changes(running)
    assert {row.cause for row in told} == {"corrected"}
    assert {(row.by, row.on, row.reason) for row in told} == {(provider, today, "Counted twice.")}
    assert [round(told[0].before or 0), round(told[-1].after or 0)] == [66, 41]
    assert any(row.confirmed_on is None for row in told)
    assert (
        Message.objects.within(running.agency)
        .filter(member=consumer, code="baseline.reopened")
        .exists()
    )


@pytest.mark.parametrize("how", ["added", "left out", "taken back", "file", "another chart"])
def test_every_way_of_touching_a_frozen_start_is_on_record(
    how: str,
    running: ActionPlan,
    counted: Measure,
    provider: Member,
    consumer: Member,
    today: date,
) -> None:
    first = months(today)[0]
    if how == "added":
        before = periods.before("month", first)
        numbers: dict[str, Any] = {"numerator": Decimal(1), "denominator": Decimal(100)}
        number_actions.record_point(counted, period=before, **numbers, by=provider)
    elif how in ("left out", "taken back"):
        kind = AdjustmentKind.EXCLUSION
        left = chart_actions.adjust(
            counted, kind=kind, period=first, reason="A flood.", by=consumer
        )
        if how == "taken back":
            chart_actions.undo_adjustment(left, because="No flood.", by=consumer)
    elif how == "file":
        data = f"month,seen,all\n{first.isoformat()},2,100\n".encode()
        draft = import_actions.upload(counted, data=data, by=provider)
        draft = import_actions.choose_columns(draft, columns=PLAIN, by=provider)
        import_actions.import_numbers(draft, correct=True, reason="A new list.", by=provider)
    else:
        chart_actions.override_chart(counted, chart="run", reason="Simpler.", by=consumer)
    at_once()
    assert changes(running)
    cause = {"added": "added", "file": "corrected", "another chart": "chart"}.get(how, "left_out")
    assert {row.cause for row in changes(running)} == {cause}


def test_a_number_after_the_start_opens_nothing(
    running: ActionPlan, counted: Measure, provider: Member, today: date
) -> None:
    with time_machine.travel(noon(today + timedelta(days=40))):
        month = periods.following("month", months(today)[-1])
        numbers: dict[str, Any] = {"numerator": Decimal(90), "denominator": Decimal(100)}
        number_actions.record_point(counted, period=month, **numbers, by=provider)
    assert changes(running) == []


def test_a_plan_whose_start_is_open_asks_until_baseline_and_goal_are_confirmed(
    running: ActionPlan,
    counted: Measure,
    provider: Member,
    consumer: Member,
    today: date,
    login: Login,
) -> None:
    correct_most(counted, provider, today)
    url = at(running.agency, "cells:baseline", pk=standard(running).pk)
    page = at(running.agency, "cells:plan", pk=running.pk)
    assert url in [each.url for each in waiting(consumer, today)]
    browser = login(consumer)
    seen = browser.get(page).text
    assert url in seen
    assert "Counted twice." in seen
    assert "It was 65.9%" in seen
    assert "is 41% now" in seen
    # No page shows the old baseline beside the new numbers.
    of_measure = browser.get(at(running.agency, "measures:measure", pk=counted.pk)).text
    assert "From 66" not in of_measure
    assert "From 41" not in of_measure
    assert send(browser, url, baseline="41", target="30", reason="So.").status_code == 422
    until = standard(running).target_on
    assert until is not None
    day = {f"target_on_{n}": v for n, v in enumerate((until.month, until.day, until.year))}
    goal = {"baseline": "41", "target": "75", "target_on": until.isoformat(), **day}
    assert send(browser, url, **goal, reason="").status_code == 422
    assert send(browser, url, **goal, reason="The list was wrong.").status_code == 302
    held = standard(running)
    assert (held.baseline, held.target) == (Decimal(41), Decimal(75))
    assert held.baseline_on == today
    assert not BaselineChange.objects.within(running.agency).open().exists()
    assert url not in [each.url for each in waiting(consumer, today)]
    assert browser.get(url).status_code == 403
    assert url not in browser.get(page).text
    with pytest.raises(Refused):
        plan_actions.confirm_baseline(
            held,
            baseline=Decimal(1),
            target=Decimal(2),
            target_on=until,
            reason="Again.",
            by=consumer,
        )


def test_what_a_measure_counts_changes_with_a_reason_and_asks_a_plan_that_starts_again(
    running: ActionPlan, counted: Measure, facilitator: Member, consumer: Member, today: date
) -> None:
    plan_actions.review(running, outcome=ReviewOutcome.STOP, note="It does not help.", by=consumer)
    with pytest.raises(ValidationError):
        measure_actions.redefine(counted, numerator="Seen within five minutes", by=facilitator)
    measure_actions.redefine(
        counted, numerator="Seen within five minutes", reason="Ten was long.", by=facilitator
    )
    at_once()
    stopped = ActionPlan.objects.within(running.agency).get(pk=running.pk)
    assert {lack.code for lack in rules.lacking(stopped)} == {"baseline_open"}
    with pytest.raises(Refused):
        plan_actions.activate(stopped, by=consumer)
    held = standard(running)
    plan_actions.confirm_baseline(
        held,
        baseline=Decimal(50),
        target=held.target,
        target_on=held.target_on,
        reason="By the new words.",
        by=consumer,
    )
    plan_actions.activate(stopped, by=consumer)


def test_a_plan_does_not_start_again_with_a_retired_measure(
    running: ActionPlan, counted: Measure, facilitator: Member, consumer: Member
) -> None:
    plan_actions.review(running, outcome=ReviewOutcome.STOP, note="It does not help.", by=consumer)
    measure_actions.retire(counted, by=facilitator)
    stopped = ActionPlan.objects.within(running.agency).get(pk=running.pk)
    assert "measure_retired" in {lack.code for lack in rules.lacking(stopped)}


def test_a_start_is_set_anew_with_a_reason_and_in_sight(
    running: ActionPlan, counted: Measure, consumer: Member, today: date
) -> None:
    plan_actions.review(running, outcome=ReviewOutcome.STOP, note="It does not help.", by=consumer)
    goal: dict[str, Any] = {
        "measure": counted,
        "target": Decimal(80),
        "target_on": today + timedelta(days=90),
        "by": consumer,
    }
    with pytest.raises(ValidationError):
        plan_actions.set_standard(running, baseline=Decimal(10), **goal)
    through = standard(running).baseline_through
    plan_actions.set_standard(running, baseline=standard(running).baseline, **goal)
    assert standard(running).baseline_through == through
    assert changes(running) == []
    plan_actions.set_standard(running, baseline=Decimal(10), reason="We mistyped it.", **goal)
    assert [row.cause for row in changes(running)] == ["set_anew"]


def test_by_sql_nobody_moves_a_frozen_start(
    running: ActionPlan, counted: Measure, today: date
) -> None:
    agency = running.agency
    points = DataPoint.objects.within(agency).filter(measure=counted)
    inside = points.filter(period=months(today)[0])
    standards = OutcomeStandard.objects.within(agency).filter(plan=running)
    measures = Measure.objects.within(agency).filter(pk=counted.pk)
    refused(lambda: inside.update(numerator=Decimal(1)))
    refused(lambda: inside.update(period=date(1999, 1, 1)))
    refused(lambda: inside.delete())
    refused(
        lambda: points.create(
            measure=counted,
            kind=counted.kind,
            period=date(1999, 1, 1),
            numerator=Decimal(1),
            denominator=Decimal(1),
            recorded_by=counted.collected_by,
            came_on=today,
        )
    )
    refused(lambda: standards.update(baseline=Decimal(41)))
    refused(lambda: standards.update(baseline_through=months(today)[3]))
    refused(lambda: standards.update(target=Decimal(41)))
    refused(lambda: standards.delete())
    refused(lambda: measures.update(numerator="Something else"))
    refused(lambda: measures.update(retired_on=today))
    # What does not affect the baseline is free to change.
    inside.update(reason="Seen.", version=2)
    measures.update(source="Another list")
    at_once()


def test_what_was_done_to_a_baseline_stays_on_record(
    running: ActionPlan, counted: Measure, provider: Member, today: date
) -> None:
    correct_most(counted, provider, today)
    rows = BaselineChange.objects.within(running.agency)
    refused(lambda: rows.update(reason="Nothing."))
    refused(lambda: rows.update(after=Decimal(66)))
    refused(lambda: rows.filter().delete())
    done = rows.exclude(confirmed_on=None)
    if done.exists():
        refused(lambda: done.update(confirmed_on=None))


def test_the_page_of_a_correction_says_that_it_opens_the_start(
    running: ActionPlan, counted: Measure, provider: Member, today: date, login: Login
) -> None:
    browser = login(provider)
    points = DataPoint.objects.within(running.agency).filter(measure=counted)
    inside = at(running.agency, "measures:correct", pk=points.get(period=months(today)[0]).pk)
    page = browser.get(inside).text
    assert "baseline" in page
    assert running.opportunity.title in page


def test_the_record_of_a_baseline_costs_the_same_with_many_lines(
    running: ActionPlan, counted: Measure, provider: Member, today: date, login: Login
) -> None:
    correct_most(counted, provider, today)
    browser: Client = login(provider)
    assert_budget(browser, at(running.agency, "cells:plan", pk=running.pk))
    assert_budget(browser, at(running.agency, "measures:measure", pk=counted.pk))


@pytest.mark.xdist_group("portal")
def test_the_pages_of_a_changed_baseline_can_be_used_by_everybody(
    running: ActionPlan,
    counted: Measure,
    provider: Member,
    today: date,
    login: Login,
    look: Look,
) -> None:
    correct_most(counted, provider, today)
    browser, agency = login(provider), running.agency
    look(browser, at(agency, "cells:plan", pk=running.pk))
    look(browser, at(agency, "cells:baseline", pk=standard(running).pk))
    look(browser, at(agency, "measures:measure", pk=counted.pk))
    point = DataPoint.objects.within(agency).filter(measure=counted).first()
    assert point is not None
    look(browser, at(agency, "measures:correct", pk=point.pk))
