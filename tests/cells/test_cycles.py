"""Small tests of a change: planned, started, done, studied, concluded, in ramps, on charts."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from accounts.models import Member
from cells.cell import actions as cell_actions
from cells.plans import actions as plan_actions
from cells.plans import ramps, rules
from cells.plans.models import ActionPlan, CyclePart, PDSACycle
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency, Event
from foundation.refusals import Refused
from measures.charting.annotations import marks
from measures.definitions.models import Measure
from measures.numbers import actions as number_actions
from notifications import waiting
from notifications.models import Message
from tests.cells.conftest import Define
from tests.conftest import Login, assert_budget


@pytest.fixture
def started(cycle: PDSACycle, provider: Member) -> PDSACycle:
    return plan_actions.start_cycle(cycle, by=provider)


@pytest.fixture
def ended(started: PDSACycle, provider: Member, consumer: Member) -> PDSACycle:
    plan_actions.record_doing(
        started, happened="It went well.", unexpected="It rained.", over=True, by=provider
    )
    plan_actions.record_study(started, foretold="partly", learned="Six of ten.", by=consumer)
    return plan_actions.conclude_cycle(started, outcome="adapt", reason="More desks.", by=consumer)


def test_a_test_goes_through_its_four_parts_which_follow_from_its_dates(
    cycle: PDSACycle, provider: Member, consumer: Member
) -> None:
    assert cycle.part == CyclePart.PLAN
    cycle = plan_actions.start_cycle(cycle, by=provider)
    assert cycle.part == CyclePart.DO
    cycle = plan_actions.record_doing(
        cycle, happened="So far", unexpected="", over=False, by=provider
    )
    assert cycle.part == CyclePart.DO
    cycle = plan_actions.record_doing(cycle, happened="All", unexpected="x", over=True, by=provider)
    assert cycle.part == CyclePart.STUDY
    cycle = plan_actions.record_study(cycle, foretold="no", learned="A lot", by=consumer)
    assert cycle.part == CyclePart.ACT
    cycle = plan_actions.conclude_cycle(cycle, outcome="abandon", reason="No use.", by=consumer)
    assert cycle.part is None
    told = Event.objects.within(cycle.agency).filter(name__startswith="cycle.")
    assert [event.name for event in told.order_by("pk")] == [
        "cycle.planned",
        "cycle.started",
        "cycle.changed",
        "cycle.done",
        "cycle.studied",
        "cycle.ended",
    ]


def test_what_was_decided_can_be_mended_until_the_next_test_goes_on_from_it(
    ended: PDSACycle, consumer: Member, login: Login
) -> None:
    client, first = login(consumer), ended.ended_on
    page = at(ended.agency, "cells:cycle", pk=ended.pk)
    url = at(ended.agency, "cells:conclude", pk=ended.pk)
    assert url in client.get(page).text
    shown = client.get(url)
    assert shown.context["form"]["reason"].value() == "More desks."
    given = {"outcome": "adopt", "reason": "It was enough.", "version": ended.version}
    assert client.post(url, {**given, "submission": str(uuid4())}).status_code == 302
    ended.refresh_from_db()
    assert (ended.outcome, ended.reason, ended.ended_on) == ("adopt", "It was enough.", first)
    names = Event.objects.within(ended.agency).filter(subject_id=ended.pk).order_by("pk")
    assert [each.name for each in names][-2:] == ["cycle.ended", "cycle.reconsidered"]
    plan_actions.plan_cycle(ended.plan, title="Once more", former=ended, by=consumer)
    assert url not in client.get(page).text
    with pytest.raises(Refused, match="next test goes on"):
        plan_actions.conclude_cycle(ended, outcome="abandon", reason="No.", by=consumer)


@pytest.mark.parametrize(
    "name",
    ["objective", "prediction", "what", "leader", "who", "where", "scale", "from_day", "to_day"],
)
def test_a_test_does_not_start_without(name: str, cycle: PDSACycle, consumer: Member) -> None:
    value: Any = None if name in ("leader", "from_day", "to_day") else ""
    cycle = plan_actions.change_cycle(cycle, **{name: value}, by=consumer)
    assert list(rules.lacking_in_cycle(cycle)) == [name]
    with pytest.raises(Refused, match="not whole"):
        plan_actions.start_cycle(cycle, by=consumer)
    with pytest.raises(IntegrityError), transaction.atomic():
        PDSACycle.objects.within(cycle.agency).filter(pk=cycle.pk).update(
            started_on=cycle.planned_on
        )


def test_a_test_is_shown_by_a_number_or_by_something_else(
    cycle: PDSACycle, consumer: Member
) -> None:
    cycle = plan_actions.change_cycle(cycle, measure=None, by=consumer)
    assert list(rules.lacking_in_cycle(cycle)) == ["measure"]
    cycle = plan_actions.change_cycle(cycle, looked_at="What people say at the desk.", by=consumer)
    assert plan_actions.start_cycle(cycle, by=consumer).part == CyclePart.DO


def test_a_test_starts_only_once_the_plan_is_under_way(
    whole: ActionPlan, planned: dict[str, Any], consumer: Member
) -> None:
    cycle = plan_actions.plan_cycle(whole, **planned, by=consumer)
    with pytest.raises(Refused, match="has not started"):
        plan_actions.start_cycle(cycle, by=consumer)
    plan_actions.activate(whole, by=consumer)
    assert plan_actions.start_cycle(cycle, by=consumer).started_on is not None


def test_what_was_expected_stays_as_it_is_once_the_test_has_started(
    started: PDSACycle, consumer: Member
) -> None:
    with pytest.raises(Refused, match="part of the test is over"):
        plan_actions.change_cycle(started, prediction="I knew it.", by=consumer)


def test_no_part_comes_before_the_one_before_it(cycle: PDSACycle, consumer: Member) -> None:
    with pytest.raises(Refused, match="comes later"):
        plan_actions.record_doing(cycle, happened="x", unexpected="", over=True, by=consumer)
    with pytest.raises(Refused, match="comes later"):
        plan_actions.record_study(cycle, foretold="yes", learned="x", by=consumer)
    with pytest.raises(Refused, match="comes later"):
        plan_actions.conclude_cycle(cycle, outcome="adopt", reason="x", by=consumer)


@pytest.mark.parametrize(
    ("act", "given", "field"),
    [
        ("record_doing", {"happened": " ", "unexpected": "", "over": True}, "happened"),
        ("record_study", {"foretold": "yes", "learned": ""}, "learned"),
        ("record_study", {"foretold": "maybe", "learned": "x"}, "foretold"),
        ("conclude_cycle", {"outcome": "adopt", "reason": ""}, "reason"),
        ("conclude_cycle", {"outcome": "rejoice", "reason": "x"}, "outcome"),
    ],
)
def test_a_part_is_not_over_without_words(
    act: str, given: dict[str, Any], field: str, started: PDSACycle, consumer: Member
) -> None:
    if act != "record_doing":
        plan_actions.record_doing(started, happened="x", unexpected="", over=True, by=consumer)
    if act == "conclude_cycle":
        plan_actions.record_study(started, foretold="yes", learned="x", by=consumer)
    with pytest.raises(ValidationError) as error:
        getattr(plan_actions, act)(started, **given, by=consumer)
    assert list(error.value.message_dict) == [field]


def test_a_measure_of_another_cell_and_days_in_the_wrong_order_are_sent_back(
    cycle: PDSACycle, define: Define, facilitator: Member, consumer: Member, today: date
) -> None:
    other = cell_actions.open_cell(name="Other", focus="x", by=facilitator, on=today)
    foreign = define(cell=other)
    with pytest.raises(ValidationError) as error:
        plan_actions.change_cycle(
            cycle, measure=foreign, from_day=today, to_day=today - timedelta(days=1), by=consumer
        )
    assert set(error.value.message_dict) == {"measure", "to_day"}


def test_an_older_form_is_not_written_over_a_newer_one(cycle: PDSACycle, consumer: Member) -> None:
    plan_actions.change_cycle(cycle, title="New", by=consumer, version=cycle.version)
    with pytest.raises(ValidationError, match="changed this while"):
        plan_actions.change_cycle(cycle, title="Old", by=consumer, version=cycle.version)


def test_the_next_test_of_a_ramp_starts_from_the_former_one(
    ended: PDSACycle, planned: dict[str, Any], active: ActionPlan, consumer: Member
) -> None:
    after = plan_actions.plan_cycle(active, former=ended, **planned, by=consumer)
    assert (after.number, after.former_id) == (2, ended.pk)
    with pytest.raises(Refused, match="there already"):
        plan_actions.plan_cycle(active, former=ended, **planned, by=consumer)
    with pytest.raises(Refused, match="still going on"):
        plan_actions.plan_cycle(active, former=after, **planned, by=consumer)
    other = plan_actions.plan_cycle(active, title="Another change", by=consumer)
    third = PDSACycle(pk=99, number=9, former=after, title="x")
    rows = [other, third, after, ended]
    assert [[each.number for each in ramp] for ramp in ramps.ramps(rows)] == [[1, 2, 9], [3]]


def test_a_change_that_was_left_has_no_next_test(
    started: PDSACycle, active: ActionPlan, consumer: Member
) -> None:
    plan_actions.record_doing(started, happened="x", unexpected="", over=True, by=consumer)
    plan_actions.record_study(started, foretold="no", learned="x", by=consumer)
    left = plan_actions.conclude_cycle(started, outcome="abandon", reason="x", by=consumer)
    with pytest.raises(Refused, match="You left this change"):
        plan_actions.plan_cycle(active, former=left, title="Again", by=consumer)


def test_a_test_is_taken_away_only_before_it_starts(
    cycle: PDSACycle, active: ActionPlan, consumer: Member, provider: Member
) -> None:
    second = plan_actions.plan_cycle(active, title="Second thoughts", by=consumer)
    plan_actions.take_away_cycle(second, by=consumer)
    started = plan_actions.start_cycle(cycle, by=provider)
    with pytest.raises(Refused, match="has started"):
        plan_actions.take_away_cycle(started, by=consumer)
    assert [each.pk for each in active.cycles.all()] == [cycle.pk]


@pytest.mark.parametrize(
    ("person", "may"),
    [
        ("consumer", True),
        ("provider", True),
        ("facilitator", True),
        ("administrator", True),
        ("manager", False),
        ("committee_chair", False),
        ("payer", False),
    ],
)
def test_who_sits_in_the_cell_or_runs_it_fills_in_its_tests(
    person: str, may: bool, cycle: PDSACycle, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(person)
    assert (rules.planning_cycle(cycle.plan, by) is None) is may
    assert (rules.starting_cycle(cycle, by) is None) is may
    assert (rules.taking_away_cycle(cycle, by) is None) is may


def test_the_leader_is_told_and_the_test_waits_for_them_when_its_next_part_is_due(
    cycle: PDSACycle, provider: Member, consumer: Member, today: date
) -> None:
    def waits(on: date) -> bool:
        return any("second desk on one" in row.title for row in waiting.waiting(provider, on))

    assert Message.objects.within(cycle.agency).filter(member=provider, code="cycle.given").exists()
    assert waits(today)
    assert not waits(today - timedelta(days=1))
    plan_actions.start_cycle(cycle, by=provider)
    assert not waits(today)
    assert waits(today + timedelta(days=1))
    plan_actions.record_doing(cycle, happened="x", unexpected="", over=True, by=provider)
    assert waits(today)


def test_tests_are_marked_on_the_chart_of_their_measure_and_of_their_plan(
    started: PDSACycle,
    active: ActionPlan,
    measure: Measure,
    define: Define,
    agency: Agency,
    consumer: Member,
    provider: Member,
    login: Login,
    today: date,
) -> None:
    other = define(name="Another number")
    plan_actions.plan_cycle(active, title="Not tried", measure=measure, by=consumer)
    assert list(ramps.tried(measure)) == [started]
    assert list(ramps.tried(other)) == []
    assert ("Small test", started.title) in [(each.title, each.label) for each in marks(measure)]
    for back in range(1, 4):
        number_actions.record_point(
            measure,
            period=today - timedelta(days=31 * back),
            numerator=Decimal(1),
            denominator=Decimal(2),
            by=provider,
        )
    shown = login(consumer).get(at(agency, "measures:measure", pk=measure.pk)).content.decode()
    assert "Test 1: A second desk on one morning" in shown
    number = next(each.number for each in marks(measure) if each.label == started.title)
    assert f">{number}</text>" in shown


def test_a_whole_test_is_filled_in_on_its_pages(
    active: ActionPlan,
    planned: dict[str, Any],
    measure: Measure,
    agency: Agency,
    consumer: Member,
    login: Login,
) -> None:
    client = login(consumer)

    def send(url: str, **given: Any) -> str:
        form = client.get(url).context["form"]
        hidden = {each.name: each.value() for each in form.hidden_fields()}
        answer = client.post(url, {**hidden, **given})
        assert answer.status_code == 302, answer.context and answer.context["form"].errors
        return str(answer["Location"])

    given = {
        name: code_of(value) if isinstance(value, Model) else value
        for name, value in planned.items()
    }
    page = send(at(agency, "cells:plan_cycle", pk=active.pk), title=given["title"])
    made = active.cycles.get()
    assert page == at(agency, "cells:cycle", pk=made.pk)
    assert "Say what you think will happen." in client.get(page).content.decode()
    send(at(agency, "cells:change_cycle", pk=made.pk), **given)
    assert "Start the test" in client.get(page).content.decode()
    send(page)
    send(at(agency, "cells:do", pk=made.pk), happened="So far fine", later="1")
    send(at(agency, "cells:do", pk=made.pk), happened="Fine", unexpected="Rain")
    study = at(agency, "cells:study", pk=made.pk)
    shown = client.get(study).content.decode()
    assert planned["prediction"] in shown
    assert "There are no numbers yet that can be held against the start." in shown
    send(study, foretold="yes", learned="It helps.")
    send(at(agency, "cells:conclude", pk=made.pk), outcome="adopt", reason="It helps.")
    shown = client.get(page).content.decode()
    for words in ("Keep the change", "It helps.", "Rain", "Plan the next test"):
        assert words in shown
    following = at(agency, "cells:plan_cycle", pk=active.pk) + f"?after={code_of(made)}"
    shown = client.get(following).content.decode()
    assert planned["what"] in shown
    assert planned["prediction"] not in shown
    send(following, **{**given, "title": "Two desks"})
    assert active.cycles.get(number=2).former_id == made.pk


@pytest.mark.parametrize("after", ["x", "99999", str(UUID(int=9)), "1e3"])
def test_a_test_goes_on_from_no_other_plan_s(
    after: str, active: ActionPlan, agency: Agency, consumer: Member, login: Login
) -> None:
    url = at(agency, "cells:plan_cycle", pk=active.pk) + f"?after={after}"
    assert login(consumer).get(url).status_code == 404


def test_the_list_of_tests_asks_no_more_with_more_tests(
    ended: PDSACycle,
    active: ActionPlan,
    planned: dict[str, Any],
    agency: Agency,
    consumer: Member,
    login: Login,
    raised: Callable[..., Any],
) -> None:
    client = login(consumer)
    urls = [
        at(agency, "cells:cycles", pk=active.pk),
        at(agency, "cells:plan", pk=active.pk),
        at(agency, "cells:cycle", pk=ended.pk),
        at(agency, "measures:measure", pk=ended.measure_id),
    ]
    few = [assert_budget(client, url) for url in urls]
    former = ended
    for number in range(6):
        former = plan_actions.plan_cycle(active, former=former, **planned, by=consumer)
        plan_actions.start_cycle(former, by=consumer)
        plan_actions.record_doing(former, happened="x", unexpected="", over=True, by=consumer)
        plan_actions.record_study(former, foretold="yes", learned="x", by=consumer)
        former = plan_actions.conclude_cycle(
            former, outcome="adapt", reason=f"{number}", by=consumer
        )
    assert [assert_budget(client, url) for url in urls] == few
