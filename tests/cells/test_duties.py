"""Duties of people who are gone wait for whoever can reassign them, and never for nobody."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.actions import end_membership, pause_access
from accounts.models import Member, PauseReason
from cells.cell.models import Cell
from cells.handing_on import actions as handing_on_actions
from cells.handing_on import duties
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan, ActionStep
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions as group_actions
from groups.models import Office, Seat
from measures.definitions.models import Measure
from notifications.models import Message
from notifications.waiting import waiting
from tests.accounts.answers import send
from tests.conftest import Login, Look


@pytest.fixture
def step(active: ActionPlan, provider: Member, consumer: Member, today: date) -> ActionStep:
    return plan_actions.add_step(
        active,
        what="Hang up a sign",
        owner=provider,
        co_owner=consumer,
        due=today + timedelta(days=5),
        by=consumer,
    )


@pytest.fixture
def runs(seated: Cell, facilitator: Member, today: date) -> Member:
    """Femi, who facilitates the cell."""
    seat = Seat.objects.within(seated.agency).get(group=seated.group, member=facilitator)
    group_actions.change_office(seat, office=Office.FACILITATOR, on=today, by=facilitator)
    return facilitator


def awaited(member: Member, today: date) -> list[str]:
    found = Member.objects.within(member.agency).get(pk=member.pk)
    found.agency = member.agency
    return [each.url for each in waiting(found, today)]


def gone_in_every_way(how: str, who: Member, cell: Cell, by: Member, today: date) -> None:
    if how == "left":
        end_membership(who, on=today, by=by)
    elif how == "paused":
        pause_access(who, reason=PauseReason.THREAT, answer_to="555-0100", by=by)
    else:
        seat = Seat.objects.within(cell.agency).on(today).get(group=cell.group, member=who)
        group_actions.end_seat(seat, on=today, by=by)


@pytest.mark.parametrize("how", ["left", "paused", "out of the cell"])
def test_a_step_of_somebody_who_is_gone_is_handed_over(
    how: str,
    step: ActionStep,
    seated: Cell,
    runs: Member,
    provider: Member,
    consumer: Member,
    administrator: Member,
    agency: Agency,
    today: date,
    login: Login,
) -> None:
    url = at(agency, "cells:hand_over", pk=seated.pk)
    assert url not in awaited(runs, today)
    gone_in_every_way(how, provider, seated, administrator, today)
    assert url in awaited(runs, today)
    browser = login(runs)
    page = browser.get(url).content.decode()
    chosen: dict[str, Any] = {
        name: re.findall(rf'name="{name}"[^>]*value="([^"]+)"', page)
        for name in ("steps", "plans", "measures", "tests", "lasting")
    }
    assert chosen["steps"]
    (to,) = re.findall(rf'value="([^"]+)"[^>]*>{consumer}<', page)
    assert send(browser, url, to="no key", **chosen).status_code == 422
    assert send(browser, url, to=to, **chosen).status_code == 302
    step.refresh_from_db()
    assert (step.owner, step.co_owner) == (consumer, None)
    assert url not in awaited(runs, today)
    assert Message.objects.within(agency).filter(member=consumer, code="duty.given").exists()


def test_every_kind_of_duty_is_left_behind_and_handed_over(
    step: ActionStep,
    seated: Cell,
    runs: Member,
    consumer: Member,
    second_consumer: Member,
    administrator: Member,
    agency: Agency,
    today: date,
) -> None:
    Measure.objects.within(agency).update(collected_by=second_consumer)
    ActionPlan.objects.within(agency).update(looked_at_by=second_consumer)
    end_membership(second_consumer, on=today, by=administrator)
    left = duties.in_cell(seated, today)
    assert {"plans", "measures"} <= {kind.code for kind in left}
    given = {kind.code: [each.row for each in rows] for kind, rows in left.items()}
    handing_on_actions.hand_over(seated, given=given, to=consumer, by=runs)
    assert duties.in_cell(seated, today) == {}


def test_a_group_whose_only_facilitator_is_gone_waits_for_administrators(
    step: ActionStep,
    seated: Cell,
    runs: Member,
    administrator: Member,
    agency: Agency,
    today: date,
) -> None:
    people = at(agency, "groups:people", pk=seated.group_id)
    assert people not in awaited(administrator, today)
    ActionStep.objects.within(agency).update(owner=runs, co_owner=None)
    end_membership(runs, on=today, by=administrator)
    found = awaited(administrator, today)
    assert people in found
    assert at(agency, "cells:hand_over", pk=seated.pk) in found


def test_a_duty_is_handed_to_nobody_outside_of_the_cell_and_by_nobody_who_does_not_run_it(
    step: ActionStep,
    seated: Cell,
    runs: Member,
    provider: Member,
    consumer: Member,
    administrator: Member,
    today: date,
) -> None:
    end_membership(provider, on=today, by=administrator)
    left = duties.in_cell(seated, today)
    given = {kind.code: [each.row for each in rows] for kind, rows in left.items()}
    with pytest.raises(ValidationError):
        handing_on_actions.hand_over(seated, given=given, to=administrator, by=runs)
    with pytest.raises(Refused):
        handing_on_actions.hand_over(seated, given=given, to=consumer, by=consumer)


def test_what_hangs_on_somebody_is_listed_before_they_leave(
    step: ActionStep,
    seated: Cell,
    runs: Member,
    provider: Member,
    administrator: Member,
    agency: Agency,
    login: Login,
) -> None:
    browser = login(administrator)
    page = browser.get(at(agency, "accounts:end_membership", pk=provider.pk)).content.decode()
    assert "theirs to do" in page
    page = browser.get(at(agency, "accounts:end_membership", pk=runs.pk)).content.decode()
    assert "Welcome cell" in page


@pytest.mark.xdist_group("portal")
def test_the_page_on_which_duties_are_handed_over_can_be_used_by_everybody(
    step: ActionStep,
    seated: Cell,
    runs: Member,
    provider: Member,
    administrator: Member,
    today: date,
    login: Login,
    look: Look,
) -> None:
    url = at(seated.agency, "cells:hand_over", pk=seated.pk)
    look(login(runs), url)
    look(login(administrator), at(seated.agency, "accounts:end_membership", pk=provider.pk))
    end_membership(provider, on=today, by=administrator)
    look(login(runs), url)
