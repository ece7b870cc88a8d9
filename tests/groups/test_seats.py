from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from accounts.models import Member, StandingKind
from devtools import seating
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups import actions
from groups.models import Group, GroupKind, MeetingStatus, Office, Seat

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("kind", "openers"),
    [
        (GroupKind.CELL, {"administrator", "facilitator"}),
        (GroupKind.DIALOGUE, {"administrator", "facilitator"}),
        (GroupKind.COMMITTEE, {"administrator"}),
        (GroupKind.GOVERNING_BODY, {"administrator"}),
        (GroupKind.COUNCIL, {"administrator"}),
    ],
)
@pytest.mark.parametrize(
    "who", ["administrator", "facilitator", "consumer", "provider", "manager", "committee_chair"]
)
def test_who_may_open_a_group_of_each_kind(
    kind: str, openers: set[str], who: str, agency: Agency, request: pytest.FixtureRequest
) -> None:
    by = request.getfixturevalue(who)
    given: dict[str, Any] = {"kind": kind, "name": "New", "by": by, "on": agency.today()}
    if who in openers:
        assert actions.open_group(agency, **given).kind == kind
    else:
        with pytest.raises(Refused):
            actions.open_group(agency, **given)


def test_there_is_one_governing_body_at_a_time(agency: Agency, administrator: Member) -> None:
    given: dict[str, Any] = {
        "kind": GroupKind.GOVERNING_BODY,
        "by": administrator,
        "on": agency.today(),
    }
    first = actions.open_group(agency, name="Board", **given)
    with pytest.raises(ValidationError, match="one already"):
        actions.open_group(agency, name="Second board", **given)
    actions.close_group(first, on=agency.today(), by=administrator)
    assert actions.open_group(agency, name="Second board", **given).pk


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("administrator", True),
        ("facilitator", True),
        ("chair", True),
        ("consumer", False),
        ("provider", False),
        ("manager", False),
        ("committee_chair", False),
    ],
)
def test_who_may_seat_and_unseat(
    who: str,
    allowed: bool,
    seated: Group,
    manager: Member,
    today: date,
    administrator: Member,
    request: pytest.FixtureRequest,
) -> None:
    by = request.getfixturevalue(who)
    if allowed:
        seat = seating.seat(seated, manager, since=today, by=by)
        actions.end_seat(seat, on=today + DAY, by=by)
        assert seat.standing == StandingKind.MANAGER
    else:
        with pytest.raises(Refused):
            seating.seat(seated, manager, since=today, by=by)
        seat = seating.seat(seated, manager, since=today, by=administrator)
        if by != manager:
            with pytest.raises(Refused):
                actions.end_seat(seat, on=today + DAY, by=by)


@pytest.mark.parametrize("office", [each for each in Office if each])
def test_every_office_lets_its_holder_run_the_group(
    office: Office, council: Group, provider: Member, administrator: Member, today: date
) -> None:
    seating.seat(council, provider, office=office, since=today, by=administrator)
    renamed = actions.change_group(council, name="New", purpose="", hidden=False, by=provider)
    assert renamed.name == "New"


def test_an_office_that_has_ended_lets_nobody_run_the_group(
    seated: Group, chair: Member, manager: Member, administrator: Member, today: date
) -> None:
    seat = Seat.objects.within(seated.agency).get(member=chair)
    actions.change_office(seat, office=Office.NONE, on=today, by=administrator)
    with pytest.raises(Refused):
        seating.seat(seated, manager, since=today, by=chair)


def test_members_may_leave_by_themselves(seated: Group, consumer: Member, today: date) -> None:
    seat = Seat.objects.within(seated.agency).get(member=consumer)
    actions.end_seat(seat, on=today, by=consumer)
    assert not Seat.objects.within(seated.agency).on(today).filter(member=consumer).exists()
    assert Seat.objects.within(seated.agency).on(today - DAY).filter(member=consumer).exists()


def test_a_seat_has_the_standing_of_its_day_and_keeps_it(
    seated: Group, consumer: Member, start: date, today: date
) -> None:
    seat = Seat.objects.within(seated.agency).get(member=consumer)
    assert seat.standing == StandingKind.PRIMARY_CONSUMER
    consumer.standings.update(until=today)
    seat.refresh_from_db()
    assert seat.is_consumer


def test_nobody_is_seated_as_what_they_are_not(
    council: Group, provider: Member, facilitator: Member, today: date
) -> None:
    with pytest.raises(ValidationError, match="how you take part"):
        seating.seat(
            council,
            provider,
            standing=StandingKind.PRIMARY_CONSUMER,
            since=today,
            by=facilitator,
        )


def test_anybody_may_prefer_not_to_say(
    council: Group, consumer: Member, facilitator: Member, today: date
) -> None:
    seat = seating.seat(
        council, consumer, standing=StandingKind.UNDISCLOSED, since=today, by=facilitator
    )
    assert not seat.is_consumer


def test_of_two_standings_the_employed_one_comes_first_unless_somebody_says_otherwise(
    council: Group, enter: Callable[..., Member], facilitator: Member, today: date
) -> None:
    both = enter("Bo", StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER)
    seat = seating.seat(council, both, since=today, by=facilitator)
    assert seat.standing == StandingKind.PROVIDER
    actions.end_seat(seat, on=today, by=facilitator)
    chosen = seating.seat(
        council, both, standing=StandingKind.PRIMARY_CONSUMER, since=today, by=facilitator
    )
    assert chosen.is_consumer


def test_a_chair_can_not_find_out_standings_by_trying(
    seated: Group, chair: Member, committee_chair: Member, today: date
) -> None:
    with pytest.raises(Refused):
        seating.seat(
            seated,
            committee_chair,
            standing=StandingKind.PRIMARY_CONSUMER,
            since=today,
            by=chair,
        )


@pytest.mark.parametrize("days", [-101, -500])
def test_no_seat_before_the_group_or_the_member_was_there(
    days: int, council: Group, provider: Member, administrator: Member, today: date
) -> None:
    with pytest.raises(ValidationError):
        seating.seat(council, provider, since=today + days * DAY, by=administrator)


def test_whoever_sits_there_and_accepts_another_place_has_one_seat(
    seated: Group, consumer: Member, administrator: Member, today: date
) -> None:
    seating.seat(seated, consumer, voting=False, since=today, by=administrator)
    held = Seat.objects.within(seated.agency).on(today).filter(group=seated, member=consumer)
    assert [(each.voting, each.is_consumer) for each in held] == [(False, True)]


PERIODS = [
    # (since, until) of a second seat beside one from day 10 to day 20; whether it fits.
    (0, 5, True),
    (0, 10, True),
    (0, 11, False),
    (0, None, False),
    (10, 20, False),
    (12, 15, False),
    (19, None, False),
    (20, None, True),
    (20, 30, True),
]


@pytest.mark.parametrize(("since", "until", "fits"), PERIODS)
def test_the_database_itself_knows_no_overlapping_seats(
    since: int,
    until: int | None,
    fits: bool,
    council: Group,
    provider: Member,
    start: date,
) -> None:
    def insert(first: int, last: int | None) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO groups_seat (agency_id, group_id, member_id, standing, employed_peer,"
                " voting, office, since, until)"
                " VALUES (%s, %s, %s, 'provider', false, true, '', %s, %s)",
                [
                    council.agency_id,
                    council.pk,
                    provider.pk,
                    start + first * DAY,
                    None if last is None else start + last * DAY,
                ],
            )

    insert(10, 20)
    if fits:
        insert(since, until)
    else:
        with pytest.raises(IntegrityError, match="seat_no_overlap"):
            insert(since, until)


def test_changing_an_office_keeps_the_seat_until_then_on_record(
    seated: Group, provider: Member, administrator: Member, today: date
) -> None:
    seat = Seat.objects.within(seated.agency).get(member=provider)
    seating.give_office(seat, office=Office.CO_CHAIR, on=today, by=administrator)
    held = Seat.objects.within(seated.agency).filter(member=provider)
    assert held.on(today).get().office == Office.CO_CHAIR
    assert held.on(today - DAY).get().office == ""
    # A second change on the same day leaves no day with two.
    actions.change_office(held.on(today).get(), office="", on=today, by=administrator)
    assert held.on(today).get().office == ""


def test_a_group_with_an_open_proposal_is_not_closed(
    propose: Callable[..., object], seated: Group, administrator: Member, today: date
) -> None:
    propose()
    with pytest.raises(Refused, match="still open"):
        actions.close_group(seated, on=today, by=administrator)


def test_closing_a_group_ends_its_seats_and_its_planned_meetings(
    seated: Group, administrator: Member, today: date
) -> None:
    meeting = actions.plan_meeting(seated, starts_at=now() + 3 * DAY, by=administrator)
    actions.close_group(seated, on=today, by=administrator)
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.CANCELLED
    assert not Seat.objects.within(seated.agency).on(today).exists()
    assert Seat.objects.within(seated.agency).on(today - DAY).count() == 4
    with pytest.raises(Refused, match="closed"):
        actions.plan_meeting(seated, starts_at=now() + DAY, by=administrator)


def test_events_of_seats_name_nobody_and_no_standing(seated: Group) -> None:
    events = Event.objects.within(seated.agency).filter(name="seat.filled")
    assert events.count() == 4
    for event in events:
        assert set(event.data) == {"group", "member", "replaces"}
        assert event.data["replaces"] is None
