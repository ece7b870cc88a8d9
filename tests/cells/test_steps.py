"""Action steps: two owners, dependencies, and no cycles."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Member
from cells.plans import actions, rules
from cells.plans.models import ActionPlan, ActionStep, StepDependency
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from foundation.refusals import Refused
from notifications.models import Message
from notifications.waiting import waiting
from tests.conftest import Login


@pytest.fixture
def steps(active: ActionPlan, consumer: Member, provider: Member, today: date) -> list[ActionStep]:
    """Three steps of Priya's; the second needs the first, the third the second."""
    made: list[ActionStep] = []
    for what in ("Ask", "Print", "Hang up"):
        step = actions.add_step(
            active,
            what=what,
            owner=provider,
            due=today + timedelta(days=9),
            needs=made[-1:],
            by=consumer,
        )
        made.append(step)
    return made


def change(step: ActionStep, by: Member, **given: Any) -> ActionStep:
    held = {"what": step.what, "owner": step.owner, "due": step.due, **given}
    return actions.change_step(step, **held, by=by)


def test_a_step_begins_when_what_it_needs_is_done_or_dropped(
    steps: list[ActionStep], provider: Member
) -> None:
    first, second, third = steps
    for act in (actions.start_step, actions.finish_step):
        with pytest.raises(Refused, match="Another step comes first"):
            act(second, by=provider)
    actions.finish_step(first, by=provider)
    actions.start_step(second, by=provider)
    actions.drop_step(second, reason="No paper.", by=provider)
    assert actions.finish_step(third, by=provider).status == "done"


def test_no_steps_wait_for_each_other(steps: list[ActionStep], consumer: Member) -> None:
    first, second, third = steps
    for needs in ([third], [second], [first]):
        with pytest.raises(ValidationError) as error:
            change(first, consumer, needs=needs)
        assert list(error.value.message_dict) == ["needs"]
    change(third, consumer, needs=[])
    change(first, consumer, needs=[third])
    with pytest.raises(ValidationError):
        change(third, consumer, needs=[second])
    pairs = StepDependency.objects.within(first.agency).values_list("step", "needed")
    assert set(pairs) == {(second.pk, first.pk), (first.pk, third.pk)}
    with pytest.raises(IntegrityError), transaction.atomic():
        StepDependency.objects.within(first.agency).create(step=first, needed=first)


def test_a_step_needs_only_steps_of_its_own_plan(steps: list[ActionStep], consumer: Member) -> None:
    with pytest.raises(ValidationError, match="same plan"):
        change(steps[0], consumer, needs=[ActionStep(pk=99999, what="x")])


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=30))
def test_whatever_is_asked_for_nothing_ever_waits_for_itself(
    asked: list[tuple[int, int]],
) -> None:
    held: dict[int, set[int]] = {}
    for step, need in asked:
        others = {key: needs for key, needs in held.items() if key != step}
        wanted = held.get(step, set()) | {need}
        if not rules.waits_for_itself(step, wanted, others):
            held[step] = wanted
    order: list[int] = []
    left = set(range(7))
    while left:
        free = {step for step in left if not held.get(step, set()) & left}
        assert free, "the steps wait in a ring"
        order += sorted(free)
        left -= free


def test_two_people_can_see_to_a_step_but_not_one_person_twice(
    steps: list[ActionStep], consumer: Member, provider: Member
) -> None:
    first = steps[0]
    with pytest.raises(ValidationError) as error:
        change(first, consumer, co_owner=provider)
    assert list(error.value.message_dict) == ["co_owner"]
    with pytest.raises(IntegrityError), transaction.atomic():
        ActionStep.objects.within(first.agency).filter(pk=first.pk).update(co_owner=provider)
    change(first, consumer, co_owner=consumer)
    assert any(row.title.endswith("Ask") for row in waiting(consumer, first.agency.today()))


def test_a_step_that_was_ended_by_mistake_is_opened_again_and_its_owner_told(
    steps: list[ActionStep], consumer: Member, provider: Member, login: Login
) -> None:
    first, second, _third = steps
    url = at(first.agency, "cells:reopen_step", pk=first.pk)
    client = login(consumer)
    assert client.get(url).status_code == 403
    actions.finish_step(first, by=provider)
    actions.drop_step(second, reason="No paper.", by=provider)
    assert url in client.get(at(first.agency, "cells:step", pk=first.pk)).text
    told = Message.objects.within(first.agency).filter(code="step.given", member=provider)
    told.update(read_at=timezone.now())
    before = told.count()
    for step, status in ((first, "started"), (second, "to_do")):
        page = at(step.agency, "cells:reopen_step", pk=step.pk)
        assert client.get(page).status_code == 200
        assert client.post(page, {"submission": str(uuid4())}).status_code == 302
        step.refresh_from_db()
        assert (step.status, step.ended_on, step.reason) == (status, None, "")
    assert told.count() == before + 2
    # Steps that depended on it wait again.
    with pytest.raises(Refused, match="Another step comes first"):
        actions.start_step(second, by=provider)


def test_a_step_without_owner_does_not_come_back_into_a_plan_under_way(
    plan: ActionPlan, whole: ActionPlan, consumer: Member
) -> None:
    step = actions.add_step(plan, what="Paint", owner=None, due=None, by=consumer)
    step = actions.drop_step(step, reason="No paint.", by=consumer)
    actions.activate(plan, by=consumer)
    with pytest.raises(Refused, match="who does it"):
        actions.reopen_step(step, by=consumer)


def test_a_step_waits_for_nobody_before_it_can_begin(
    steps: list[ActionStep], provider: Member, today: date
) -> None:
    def waits() -> set[str]:
        return {row.title.rpartition(": ")[2] for row in waiting(provider, today)}

    assert "Ask" in waits()
    assert "Print" not in waits()
    actions.finish_step(steps[0], by=provider)
    assert "Print" in waits()


def test_its_page_says_what_is_missing_and_what_comes_first(
    steps: list[ActionStep],
    plan: ActionPlan,
    agency: Agency,
    consumer: Member,
    login: Login,
) -> None:
    client = login(consumer)
    shown = client.get(at(agency, "cells:step", pk=steps[1].pk)).content.decode()
    assert "These steps come first" in shown
    assert "You can start when the steps above are done." in shown
    assert "It is done" not in shown
    ActionStep.objects.within(agency).filter(pk=steps[0].pk).update(owner=None, due=None)
    shown = client.get(at(agency, "cells:step", pk=steps[0].pk)).content.decode()
    assert "Say who will do it." in shown
    assert "Say by when." in shown
    form = client.get(at(agency, "cells:change_step", pk=steps[1].pk)).context["form"]
    assert form["needs"].value() == [code_of(steps[0])]
