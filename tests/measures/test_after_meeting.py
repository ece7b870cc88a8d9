"""A number, payments and a cell's work on the page after a meeting."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import now

from accounts.models import Member
from cells.cell.models import Cell
from cells.plans.models import ActionPlan
from compensation.choosing.actions import elect
from compensation.claims.actions import approve
from compensation.claims.models import Claim
from compensation.plan import actions as planning
from devtools import ratified
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from foundation.refusals import Refused
from groups import actions, meeting_parts
from groups.models import Attendance, Meeting, MeetingStatus
from measures.definitions import periods
from measures.definitions.models import Measure
from measures.numbers.actions import correct_point, record_point, take_back_point
from measures.numbers.models import DataPoint
from notifications.models import Message
from tests.conftest import Login, assert_budget
from tests.groups.test_after import carried, filled, page_of, saved

DAY = timedelta(days=1)
HOUR = Decimal("1.5")


@pytest.fixture
def meeting(seated: Cell, facilitator: Member) -> Meeting:
    return actions.plan_meeting(seated.group, starts_at=now() - timedelta(hours=2), by=facilitator)


@pytest.fixture
def due(measure: Measure, today: date) -> date:
    """The period whose number the measure waits for; there is one for each before it."""
    last = periods.latest(measure.frequency, today)
    Measure.objects.within(measure.agency).update(defined_on=periods.before("month", last))
    return periods.before("month", last)


@pytest.fixture
def people(
    facilitator: Member, consumer: Member, second_consumer: Member, provider: Member
) -> tuple[Member, ...]:
    return facilitator, consumer, second_consumer, provider


@pytest.fixture
def paid(
    established: None, agency: Agency, administrator: Member, consumer: Member, today: date
) -> None:
    """Time is paid, and Rosa wants it."""
    version = planning.draft(
        text="We pay.",
        hourly_rate=Decimal(20),
        daily_cap=None,
        due_days=14,
        by=administrator,
    )
    ratified.adopt(version, on=today, by=administrator)
    elect(consumer, choice="accept", on=today)


def number(
    measure: Measure, due: date, numerator: object, denominator: object
) -> dict[str, object]:
    return {
        "number-of": code_of(measure),
        "number-period": due.isoformat(),
        "number-numerator": numerator,
        "number-denominator": denominator,
    }


def test_the_number_that_is_due_is_recorded_with_the_meeting(
    meeting: Meeting,
    measure: Measure,
    due: date,
    people: tuple[Member, ...],
    facilitator: Member,
    login: Login,
) -> None:
    client = login(facilitator)
    assert measure.name in client.get(page_of(meeting)).content.decode()
    answer = saved(client, meeting, *people, **number(measure, due, 30, 40))
    assert answer.status_code == 302
    point = DataPoint.objects.within(measure.agency).get(measure=measure)
    assert (point.period, point.numerator, point.denominator) == (due, Decimal(30), Decimal(40))
    shown = client.get(page_of(meeting)).content.decode()
    assert at(measure.agency, "measures:correct", pk=point.pk) in shown


def test_a_number_that_is_impossible_far_off_or_there_already_leaves_no_attendance(
    meeting: Meeting,
    measure: Measure,
    due: date,
    people: tuple[Member, ...],
    facilitator: Member,
    provider: Member,
    login: Login,
) -> None:
    client, url = login(facilitator), page_of(meeting)
    refused = client.post(url, filled(meeting, *people, **number(measure, due, 50, 40)))
    assert refused.status_code == 422
    assert refused.context["parts"][0].form.errors
    read = client.post(url, filled(meeting, *people, **number(measure, due, 30, 40)))
    # Meanwhile somebody else records the number on its own page.
    record_point(measure, period=due, numerator=Decimal(1), denominator=Decimal(2), by=provider)
    late = client.post(url, {**carried(read.content.decode()), "step": "save"})
    assert late.status_code == 422
    assert not Attendance.objects.within(meeting.agency).exists()
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.PLANNED


def test_a_number_far_from_the_past_is_asked_about_and_not_refused(
    meeting: Meeting,
    measure: Measure,
    due: date,
    people: tuple[Member, ...],
    facilitator: Member,
    login: Login,
) -> None:
    period = due
    for _month in range(10):
        period = periods.before("month", period)
        part, whole = Decimal(4), Decimal(40)
        record_point(measure, period=period, numerator=part, denominator=whole, by=facilitator)
    client, url = login(facilitator), page_of(meeting)
    sent = filled(meeting, *people, **number(measure, due, 40, 40))
    asked = client.post(url, sent)
    assert asked.status_code == 422
    form = asked.context["parts"][0].form
    assert form.far_from_usual
    sure = form.far_from_usual["numerator"][0]
    read = client.post(url, {**sent, "number-numerator-sure": sure})
    assert read.status_code == 200
    done = client.post(url, {**carried(read.content.decode()), "step": "save"})
    assert done.status_code == 302
    assert DataPoint.objects.within(measure.agency).filter(period=due).exists()


def test_undoing_takes_the_number_back_unless_somebody_corrected_it(
    meeting: Meeting,
    measure: Measure,
    due: date,
    people: tuple[Member, ...],
    facilitator: Member,
    login: Login,
) -> None:
    client = login(facilitator)
    saved(client, meeting, *people, **number(measure, due, 30, 40))
    actions.undo_record(meeting, by=facilitator)
    points = DataPoint.objects.within(measure.agency)
    assert not points.exists()
    meeting.refresh_from_db()
    saved(client, meeting, *people, **number(measure, due, 31, 40))
    point = points.get()
    given = {"numerator": Decimal(32), "denominator": Decimal(40), "reason": "Miscounted."}
    correct_point(point, **given, by=facilitator)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        actions.undo_record(meeting, by=facilitator)
    with pytest.raises(Refused):
        take_back_point(point, by=facilitator)
    undo = at(meeting.agency, "groups:undo_record", pk=meeting.pk)
    assert client.get(undo).status_code == 200, "it says why, instead of a refusal"
    assert points.get().numerator == Decimal(32)


def test_somebody_who_may_not_record_the_numbers_is_not_asked_for_one(
    meeting: Meeting,
    measure: Measure,
    due: date,
    facilitator: Member,
    administrator: Member,
    consumer: Member,
) -> None:
    meeting.agency = meeting.group.agency = measure.agency
    assert meeting_parts.filled(meeting, facilitator)
    actions.end_seat(
        meeting.group.seats.get(member=consumer), on=measure.agency.today(), by=administrator
    )
    assert not meeting_parts.filled(meeting, consumer), "only who works in the cell"


def test_payments_follow_and_only_those_who_approve_read_of_them(
    paid: None,
    meeting: Meeting,
    people: tuple[Member, ...],
    facilitator: Member,
    consumer: Member,
    approver: Member,
    login: Login,
    agency: Agency,
    today: date,
) -> None:
    meeting.agency = agency
    assert meeting_parts.foreseen(meeting, facilitator) == []
    assert any("$20.00" in words for words in meeting_parts.foreseen(meeting, approver))
    answer = saved(login(facilitator), meeting, *people)
    assert answer.status_code == 302
    lines = Claim.objects.within(agency)
    assert lines.get(member=consumer).amount == Decimal(30)
    page = login(facilitator).get(page_of(meeting)).content.decode()
    assert "$" not in page
    assert any("$" in words for words in meeting_parts.followed(meeting, approver))
    told = Message.objects.within(agency).filter(code="payment.corrected")
    actions.undo_record(meeting, by=facilitator)
    assert lines.get(member=consumer).amount == 0
    assert not told.exists(), "nobody is told of a payment that was undone at once"
    meeting.refresh_from_db()
    saved(login(facilitator), meeting, *people)
    assert lines.get(member=consumer).amount == Decimal(30)
    approve([lines.get(member=consumer)], by=approver, on=today)
    with pytest.raises(Refused):
        actions.undo_record(meeting, by=facilitator)


def test_steps_since_last_time_stand_on_the_page(
    active: ActionPlan,
    meeting: Meeting,
    seated: Cell,
    facilitator: Member,
    people: tuple[Member, ...],
    measure: Measure,
    due: date,
    login: Login,
) -> None:
    earlier = actions.plan_meeting(seated.group, starts_at=now() - 20 * DAY, by=facilitator)
    actions.record_meeting(earlier, present=dict.fromkeys(people, HOUR), by=facilitator)
    step = active.steps.order_by("pk").first()
    assert step is not None
    type(step).objects.within(seated.agency).filter(pk=step.pk).update(due=meeting.on - 3 * DAY)
    page = login(facilitator).get(page_of(meeting)).content.decode()
    assert step.what in page
    assert_budget(login(facilitator), page_of(meeting))
    saved(login(facilitator), meeting, *people, **number(measure, due, 30, 40))
    assert_budget(login(facilitator), page_of(meeting))


def test_a_cell_and_a_group_offer_the_meeting_that_is_not_recorded(
    meeting: Meeting, seated: Cell, facilitator: Member, consumer: Member, login: Login
) -> None:
    cell = at(seated.agency, "cells:cell", pk=seated.pk)
    assert page_of(meeting) in login(facilitator).get(cell).content.decode()
    assert page_of(meeting) not in login(consumer).get(cell).content.decode()
    actions.record_meeting(meeting, present={consumer: HOUR}, by=facilitator)
    assert page_of(meeting) not in login(facilitator).get(cell).content.decode()


def test_a_planted_failure_of_the_number_rolls_everything_back(
    meeting: Meeting, measure: Measure, due: date, facilitator: Member
) -> None:
    class Part:
        code = "number"

    class Twice:
        part: Any = Part

        def save(self, by: Member) -> DataPoint:
            given = {"numerator": Decimal(1), "denominator": Decimal(2)}
            record_point(measure, period=due, **given, by=by)  # type: ignore[arg-type]
            return record_point(measure, period=due, **given, by=by)  # type: ignore[arg-type]

    with pytest.raises(ValidationError):
        actions.record_meeting(
            meeting, present={facilitator: HOUR}, parts=[Twice()], by=facilitator
        )
    assert not Attendance.objects.within(meeting.agency).exists()
    assert not DataPoint.objects.within(meeting.agency).exists()
