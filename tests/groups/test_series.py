"""Series of meetings: planned, moved, moved back and called off; told once."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Member
from foundation.addresses import at
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups import actions, recurrence
from groups.actions.series import following, planned_of, stamp
from groups.models import Group, GroupKind, Meeting, MeetingSeries, MeetingStatus, Rhythm
from notifications.models import Message
from tests.conftest import Login, assert_budget
from tests.groups.conftest import send

TWO = time(14)


def tuesday(after: date) -> date:
    """A Tuesday that is no fifth one, so that all rhythms fit it, and more than a week ahead."""
    ahead = (after + timedelta(days=n) for n in range(8, 40))
    return next(each for each in ahead if each.weekday() == 1 and each.day <= 28)


def plan(group: Group, by: Member, number: int = 6, rhythm: str = Rhythm.WEEKLY) -> MeetingSeries:
    first = tuesday(by.agency.today())
    return actions.plan_series(
        group,
        rhythm=rhythm,
        starts_at=datetime.combine(first, TWO),
        days=list(islice(recurrence.days(rhythm, first), number)),
        minutes_planned=90,
        place="Room 4",
        by=by,
    )


def rows(series: MeetingSeries) -> list[Meeting]:
    return list(series.meetings.order_by("starts_at"))


def told(series: MeetingSeries, code: str) -> list[int]:
    messages = Message.objects.within(series.agency).filter(code=code)
    return sorted(messages.values_list("member_id", flat=True))


def test_each_date_is_a_meeting_like_any_other(seated: Group, chair: Member) -> None:
    series = plan(seated, chair)
    found = rows(series)
    assert len(found) == 6
    assert {each.starts_at.astimezone(chair.agency.zone).time() for each in found} == {TWO}
    assert [each.history.count() for each in found] == [1] * 6
    with time_machine.travel(found[0].starts_at, tick=False):
        written = actions.record_attendance(found[0], present={chair: Decimal("1.5")}, by=chair)
    assert written[0].meeting_id == found[0].pk
    assert rows(series)[0].status == MeetingStatus.HELD


def test_everybody_else_is_told_once_of_all_dates(
    seated: Group, chair: Member, consumer: Member, second_consumer: Member, provider: Member
) -> None:
    series = plan(seated, chair)
    everybody_else = sorted(each.pk for each in (consumer, second_consumer, provider))
    assert told(series, "series.planned") == everybody_else
    first = rows(series)[0]
    later = datetime.combine(first.on + timedelta(days=2), TWO)
    actions.move_series(first, starts_at=later, minutes_planned=60, place="", by=chair)
    assert told(series, "series.changed") == everybody_else
    actions.cancel_series(rows(series)[2], by=chair)
    assert told(series, "series.cancelled") == everybody_else
    for name in ("meeting.planned", "meeting.changed", "meeting.cancelled"):
        assert told(series, name) == []
    events = Event.objects.within(series.agency).filter(subject_type="meeting_series")
    assert [each.data["number"] for each in events.order_by("pk")] == [6, 6, 4]


def test_a_group_that_closes_and_goes_on_tells_once_of_all_dates(
    seated: Group, chair: Member, administrator: Member, consumer: Member
) -> None:
    series = plan(seated, chair)
    actions.close_group(seated, on=chair.agency.today() + timedelta(days=1), by=administrator)
    assert {each.status for each in rows(series)} == {MeetingStatus.CANCELLED}
    assert told(series, "series.cancelled").count(consumer.pk) == 1
    assert told(series, "meeting.cancelled") == []
    actions.take_closing_back(seated, because="Too early.", by=administrator)
    assert {each.status for each in rows(series)} == {MeetingStatus.PLANNED}
    assert told(series, "meeting.planned") == []
    assert told(series, "series.planned").count(consumer.pk) == 1, "renewed, as it was unread"


@pytest.mark.parametrize("rhythm", Rhythm.values)
def test_moving_takes_the_later_ones_along_and_moving_back_undoes_it(
    rhythm: str, seated: Group, chair: Member
) -> None:
    last = rhythm == Rhythm.MONTHLY_LAST
    series = plan(seated, chair, rhythm=Rhythm.WEEKLY if last else rhythm)
    before = [(each.pk, each.starts_at) for each in rows(series)]
    third = rows(series)[2]
    to = datetime.combine(third.on + timedelta(days=1), time(9, 30))
    moved = actions.move_series(third, starts_at=to, minutes_planned=45, place="Room 5", by=chair)
    found = rows(series)
    assert [(each.pk, each.starts_at) for each in found[:2]] == before[:2]
    assert all(each.on.weekday() == 2 and each.place == "Room 5" for each in found[2:])
    assert [each.version for each in found] == [1, 1, 2, 2, 2, 2]
    assert moved.first_on == to.date()
    assert [each.history.count() for each in found] == [1, 1, 2, 2, 2, 2]
    back = datetime.combine(to.date() - timedelta(days=1), TWO)
    actions.move_series(found[2], starts_at=back, minutes_planned=90, place="Room 4", by=chair)
    assert [(each.pk, each.starts_at) for each in rows(series)] == before


def test_what_is_held_or_called_off_alone_stays_as_it_is(seated: Group, chair: Member) -> None:
    series = plan(seated, chair)
    found = rows(series)
    actions.cancel_meeting(found[3], by=chair)
    actions.cancel_series(found[2], by=chair)
    assert [each.status for each in rows(series)] == ["planned"] * 2 + ["cancelled"] * 4
    assert [each.version for each in rows(series)] == [1, 1, 2, 2, 2, 2]
    with pytest.raises(Refused):
        actions.cancel_series(rows(series)[2], by=chair)


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("administrator", True),
        ("facilitator", True),
        ("chair", True),
        ("consumer", False),
        ("provider", False),
        ("manager", False),
    ],
)
@pytest.mark.parametrize("state", ["coming", "over", "held", "alone", "closed"])
def test_who_may_plan_move_and_call_off_and_when(
    who: str,
    allowed: bool,
    state: str,
    seated: Group,
    chair: Member,
    administrator: Member,
    login: Login,
    request: pytest.FixtureRequest,
) -> None:
    by: Member = request.getfixturevalue(who)
    series = plan(seated, chair)
    subject, moment = rows(series)[1], rows(series)[0].starts_at
    if state == "over":
        moment = rows(series)[1].starts_at + timedelta(days=1)
    if state == "held":
        moment = subject.starts_at
    if state == "alone":
        subject = actions.plan_meeting(seated, starts_at=subject.starts_at, by=chair)
    if state == "closed":
        actions.close_group(seated, on=chair.agency.today(), by=administrator)
        subject.refresh_from_db()
        seated.refresh_from_db()
    with time_machine.travel(moment, tick=False):
        if state == "held":
            actions.hold(subject, by=chair)
        to = datetime.combine(by.agency.today() + timedelta(days=20), TWO)
        acts: tuple[tuple[str, Callable[[], object]], ...] = (
            (
                "move_series",
                lambda: actions.move_series(
                    subject, starts_at=to, minutes_planned=60, place="", by=by
                ),
            ),
            ("cancel_series", lambda: actions.cancel_series(subject, by=by)),
        )
        page = login(by).get(at(by.agency, "groups:meeting", pk=subject.pk)).content.decode()
        for name, act in acts:
            address = at(by.agency, f"groups:{name}", pk=subject.pk)
            if allowed and state == "coming":
                assert address in page
                assert login(by).get(address).status_code == 200
                act()
                Meeting.objects.within(by.agency).filter(pk=subject.pk).update(status="planned")
            else:
                assert address not in page
                assert login(by).get(address).status_code == 403
                with pytest.raises(Refused):
                    act()
        if not allowed or state == "closed":
            with pytest.raises(Refused):
                plan(seated, by)


def test_a_hidden_group_and_its_series_are_not_there_for_others(
    seated: Group, chair: Member, manager: Member, outsider: Member, login: Login
) -> None:
    series = plan(seated, chair)
    Group.objects.within(seated.agency).filter(pk=seated.pk).update(hidden=True)
    meeting = rows(series)[0]
    for name, key in (
        ("series", series.pk),
        ("move_series", meeting.pk),
        ("cancel_series", meeting.pk),
        ("plan_series", seated.pk),
    ):
        address = at(seated.agency, f"groups:{name}", pk=key)
        for reader in (manager, outsider):
            assert login(reader).get(address).status_code == 404
        assert login(chair).get(address).status_code == 200


def test_dates_without_the_group_or_in_the_past_are_refused(
    seated: Group, chair: Member, today: date
) -> None:
    yesterday = datetime.combine(today - timedelta(days=1), TWO)
    for days in ([yesterday.date(), today + timedelta(days=6)], []):
        with pytest.raises(ValidationError):
            actions.plan_series(
                seated, rhythm=Rhythm.WEEKLY, starts_at=yesterday, days=days, by=chair
            )
    series = plan(seated, chair)
    with pytest.raises(ValidationError):
        actions.move_series(
            rows(series)[0], starts_at=yesterday, minutes_planned=60, place="", by=chair
        )
    assert not any(each.version > 1 for each in rows(series))


def test_a_series_costs_as_many_statements_with_twice_the_dates(
    seated: Group, chair: Member
) -> None:
    def cost(number: int) -> tuple[int, int, int]:
        with CaptureQueriesContext(connection) as planning:
            series = plan(seated, chair, number)
        first = rows(series)[0]
        to = datetime.combine(first.on, time(9))
        with CaptureQueriesContext(connection) as moving:
            actions.move_series(first, starts_at=to, minutes_planned=60, place="", by=chair)
        first.refresh_from_db()
        with CaptureQueriesContext(connection) as cancelling:
            actions.cancel_series(first, by=chair)
        return len(planning), len(moving), len(cancelling)

    cost(3)
    assert cost(5) == cost(10)


def test_what_was_changed_since_the_page_was_shown_is_looked_at_again(
    seated: Group, chair: Member, facilitator: Member, login: Login
) -> None:
    series = plan(seated, chair)
    first = rows(series)[0]
    seen = stamp(following(first))
    actions.cancel_meeting(rows(series)[4], by=facilitator)
    with pytest.raises(ValidationError, match="Somebody changed the meetings"):
        actions.cancel_series(first, seen=seen, by=chair)
    url = at(seated.agency, "groups:cancel_series", pk=first.pk)
    again = send(login(chair), url, seen=seen, save="1")
    assert again.status_code == 422
    fresh = again.context["form"]["seen"].value()
    assert fresh == stamp(following(first))
    assert send(login(chair), url, seen=fresh, save="1").status_code == 302
    assert not planned_of(seated, chair.agency.today())


def asked(day: date, **more: object) -> dict[str, object]:
    first = datetime.combine(day, TWO).strftime("%Y-%m-%dT%H:%M")
    given = {"starts_at": first, "rhythm": "weekly", "times": "6", "minutes_planned": "60"}
    return given | more


def test_nothing_is_planned_before_the_dates_were_seen(
    seated: Group, chair: Member, login: Login
) -> None:
    url, client = at(seated.agency, "groups:plan_series", pk=seated.pk), login(chair)
    first = tuesday(chair.agency.today())
    assert 'name="days"' not in (first_page := client.get(url).content.decode())
    assert "On which days will you meet?" not in first_page
    clash = datetime.combine(first + timedelta(weeks=1), time(10), chair.agency.zone)
    actions.plan_meeting(seated, starts_at=clash, by=chair)
    shown = send(client, url, **asked(first))
    assert shown.status_code == 200
    assert not MeetingSeries.objects.within(seated.agency).exists()
    page = shown.content.decode()
    assert page.count("checked") == 6
    assert page.count("This group has a meeting at 10:00 a.m. that day.") == 1
    assert "3 other people in this group" in page
    days = [(first + timedelta(weeks=n)).isoformat() for n in (0, 2, 3, 4, 5)]
    data = asked(first, days=days, seen=shown.context["form"]["seen"].value(), save="1")
    data["submission"] = str(uuid4())
    answer, second = client.post(url, data), client.post(url, data)
    assert answer.status_code == 302
    assert answer["Location"] == second["Location"]
    series = MeetingSeries.objects.within(seated.agency).get()
    assert [each.on.isoformat() for each in rows(series)] == days
    listed = client.get(answer["Location"]).content.decode()
    assert "Every Tuesday" in listed
    changing = send(client, url, **asked(first, days=days, change="1"))
    assert changing.status_code == 200
    assert MeetingSeries.objects.within(seated.agency).count() == 1
    assert 'name="change"' not in changing.content.decode()


def test_the_page_says_what_clocks_do_to_an_hour(
    agency: Agency, seated: Group, chair: Member, login: Login
) -> None:
    url, client = at(agency, "groups:plan_series", pk=seated.pk), login(chair)
    with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=agency.zone), tick=False):
        client = login(chair)
        given = asked(date(2027, 3, 7), starts_at="2027-03-07T02:30", times="2")
        page = send(client, url, **given).content.decode()
    assert "it starts at 3:30 a.m., since 2:30 a.m. is left out." in page


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"times": ""}, "times"),
        ({"until": "2027-01-01"}, "times"),
        ({"times": "1"}, "times"),
        ({"times": "27"}, "times"),
        ({"times": "-3"}, "times"),
        ({"times": "x"}, "times"),
        ({"times": "99999999999"}, "times"),
        ({"times": "", "until": "9999-12-31"}, "until"),
        ({"times": "", "until": "1990-01-01"}, "until"),
        ({"times": "26", "rhythm": "monthly"}, "times"),
        ({"rhythm": "yearly"}, "rhythm"),
        ({"starts_at": "1990-01-01T00:00"}, "starts_at"),
        ({"starts_at": "9999-12-31T10:00"}, "starts_at"),
        ({"starts_at": "soon"}, "starts_at"),
        ({"starts_at": ""}, "starts_at"),
        ({"minutes_planned": "0"}, "minutes_planned"),
        ({"place": "x" * 300}, "place"),
    ],
)
@pytest.mark.parametrize("saving", [False, True])
def test_answers_that_can_not_be_are_said_on_their_field(
    saving: bool,
    more: dict[str, object],
    field: str,
    seated: Group,
    chair: Member,
    login: Login,
) -> None:
    url = at(seated.agency, "groups:plan_series", pk=seated.pk)
    given = asked(tuesday(chair.agency.today()), **more)
    answer = send(login(chair), url, **given, **({"save": "1"} if saving else {}))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not MeetingSeries.objects.within(seated.agency).exists()


@pytest.mark.parametrize("page", ["series", "move", "cancel", "plan"])
def test_the_pages_ask_as_many_queries_with_twice_the_dates(
    page: str, seated: Group, chair: Member, login: Login
) -> None:
    def cost(number: int) -> int:
        series = plan(seated, chair, number)
        pages = {
            "series": at(seated.agency, "groups:series", pk=series.pk),
            "move": at(seated.agency, "groups:move_series", pk=rows(series)[0].pk),
            "cancel": at(seated.agency, "groups:cancel_series", pk=rows(series)[0].pk),
            "plan": at(seated.agency, "groups:plan_series", pk=seated.pk),
        }
        return assert_budget(login(chair), pages[page])

    cost(2)
    assert cost(5) == cost(10)


def test_a_dialogue_can_have_a_series_too(
    agency: Agency, facilitator: Member, administrator: Member, start: date
) -> None:
    group = actions.open_group(
        agency, kind=GroupKind.DIALOGUE, name="Open talk", by=administrator, on=start
    )
    assert len(rows(plan(group, facilitator, rhythm=Rhythm.FORTNIGHTLY))) == 6
