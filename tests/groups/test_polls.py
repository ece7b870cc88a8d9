"""Which dates suit: asked, answered also on paper, counted without giving anybody away, chosen."""

import uuid
from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError

from accounts.models import Member
from foundation import keys
from foundation.addresses import at
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups import actions
from groups.models import DateAnswer, DatePoll, Group, Meeting, PollDate, Seat, Suits
from groups.suits import counted, dates_of
from notifications.models import Message
from notifications.waiting import waiting
from tests.conftest import Login, assert_budget
from tests.days import days_on
from tests.groups.conftest import send


def hours(agency: Agency, *ahead: int) -> list[datetime]:
    today = agency.today()
    return [datetime.combine(today + timedelta(days), time(14), agency.zone) for days in ahead]


@pytest.fixture
def poll(seated: Group, chair: Member) -> DatePoll:
    return actions.ask_for_dates(
        seated,
        dates=hours(seated.agency, 10, 8, 9),
        closes_on=seated.agency.today() + timedelta(days=5),
        by=chair,
    )


def said(poll: DatePoll, by: Member, *suits: Suits, **who: Any) -> None:
    dates = dates_of(poll)
    answers = {each.pk: value for each, value in zip(dates, suits, strict=True)}
    actions.say_dates(poll, answers=answers, by=by, **who)


def test_everyone_is_asked_once_and_answers_in_one_page(
    poll: DatePoll, consumer: Member, chair: Member, login: Login
) -> None:
    agency = poll.agency
    told = Message.objects.within(agency).filter(code="poll.asked")
    assert consumer.pk in told.values_list("member", flat=True)
    assert chair.pk not in told.values_list("member", flat=True)
    url = at(agency, "groups:say_dates", pk=poll.pk)
    assert url in [each.url for each in waiting(consumer, agency.today())]
    client = login(consumer)
    assert_budget(client, url)
    names = [f"suits_{keys.code_of(each)}" for each in dates_of(poll)]
    answer = send(client, url, **{names[0]: "yes", names[1]: "no"})
    assert answer.status_code == 422
    send(client, url, **dict(zip(names, ("yes", "if_needed", "no"), strict=True)))
    send(client, url, **dict(zip(names, ("no", "if_needed", "no"), strict=True)))
    mine = DateAnswer.objects.within(agency).filter(member=consumer).order_by("date__starts_at")
    assert list(mine.values_list("suits", flat=True)) == ["no", "if_needed", "no"]
    assert url not in [each.url for each in waiting(consumer, agency.today())]
    assert not Event.objects.within(agency).filter(name="poll.entered").exists()


@pytest.mark.parametrize(
    ("who", "status", "reads", "weighs"),
    [
        ("chair", 200, True, False),
        ("facilitator", 200, True, True),
        ("second_consumer", 200, False, False),
        ("provider", 200, False, False),
        ("payer", 403, False, False),
        ("outsider", 404, False, False),
    ],
)
def test_who_runs_the_group_reads_answers_and_only_who_sees_standings_the_quorum(
    who: str,
    status: int,
    reads: bool,
    weighs: bool,
    poll: DatePoll,
    consumer: Member,
    request: pytest.FixtureRequest,
    login: Login,
) -> None:
    said(poll, consumer, Suits.YES, Suits.NO, Suits.NO)
    client = login(request.getfixturevalue(who))
    answer = client.get(at(poll.agency, "groups:date_poll", pk=poll.pk))
    assert answer.status_code == status
    if status == 200:
        assert ("Yes: 1." in answer.text) == reads
        assert (f"Yes: {consumer}" in answer.text) == reads
        assert ("quorum" in answer.text) == weighs


def test_no_answer_tells_who_runs_the_group_who_is_a_consumer(
    poll: DatePoll, chair: Member, provider: Member, login: Login
) -> None:
    said(poll, provider, Suits.YES, Suits.YES, Suits.YES)
    client, url = login(chair), at(poll.agency, "groups:date_poll", pk=poll.pk)

    def main() -> str:
        return client.get(url).text.partition("<main")[2].partition("</main>")[0]

    as_staff = main()
    Seat.objects.within(poll.agency).filter(member=provider).update(standing="primary_consumer")
    Seat.objects.within(poll.agency).exclude(member=provider).update(standing="provider")
    assert [each.quorum for each in counted(poll)] == [Suits.YES] * 3
    assert main() == as_staff


def test_the_page_of_dates_stays_in_its_budget(
    poll: DatePoll, facilitator: Member, consumer: Member, provider: Member, login: Login
) -> None:
    client, url = login(facilitator), at(poll.agency, "groups:date_poll", pk=poll.pk)
    few = assert_budget(client, url)
    said(poll, consumer, Suits.YES, Suits.NO, Suits.NO)
    said(poll, provider, Suits.YES, Suits.NO, Suits.NO)
    assert assert_budget(client, url) == few


def test_it_says_for_each_date_whether_enough_consumers_can_come(
    poll: DatePoll, consumer: Member, second_consumer: Member, provider: Member
) -> None:
    said(poll, provider, Suits.YES, Suits.YES, Suits.YES)
    assert [each.quorum for each in counted(poll)] == [Suits.NO] * 3
    said(poll, consumer, Suits.YES, Suits.YES, Suits.YES)
    said(poll, second_consumer, Suits.YES, Suits.IF_NEEDED, Suits.NO)
    assert [each.quorum for each in counted(poll)] == [Suits.YES, Suits.IF_NEEDED, Suits.NO]
    assert counted(poll)[1].people[Suits.YES] == sorted([provider.pk, consumer.pk])


def test_it_closes_by_itself_and_waits_for_who_runs_the_group(
    poll: DatePoll, chair: Member, consumer: Member
) -> None:
    agency, page = poll.agency, at(poll.agency, "groups:date_poll", pk=poll.pk)
    assert page not in [each.url for each in waiting(chair, agency.today())]
    with time_machine.travel(days_on(6)):
        with pytest.raises(Refused):
            said(poll, consumer, Suits.YES, Suits.NO, Suits.NO)
        own = [each.url for each in waiting(consumer, agency.today())]
        assert at(agency, "groups:say_dates", pk=poll.pk) not in own
        assert page in [each.url for each in waiting(chair, agency.today())]
    with time_machine.travel(days_on(12)):
        assert page not in [each.url for each in waiting(chair, agency.today())]


def test_choosing_a_date_plans_the_meeting_and_tells_all_once(
    poll: DatePoll, chair: Member, consumer: Member, login: Login
) -> None:
    agency, date = poll.agency, dates_of(poll)[1]
    url = at(agency, "groups:choose_date", pk=date.pk)
    assert login(consumer).get(url).status_code == 403
    key = uuid.uuid4()
    for _ in range(2):
        login(chair).post(url, {"submission": key, "place": "Room 2"})
    meeting = Meeting.objects.within(agency).get(starts_at=date.starts_at)
    assert (meeting.place, meeting.group_id) == ("Room 2", poll.group_id)
    poll.refresh_from_db()
    assert (poll.meeting, poll.settled_on) == (meeting, agency.today())
    told = Message.objects.within(agency).filter(member=consumer)
    assert told.filter(code="meeting.planned", subject_id=meeting.pk).count() == 1
    assert not told.filter(code="poll.asked").exists()
    with pytest.raises(Refused):
        actions.choose_date(poll, date=date, by=chair)


def test_a_date_can_be_the_first_of_a_series(poll: DatePoll, chair: Member, login: Login) -> None:
    client = login(chair)
    url = at(poll.agency, "groups:choose_date", pk=dates_of(poll)[0].pk)
    answer = send(client, url, series="yes")
    assert dates_of(poll)[0].starts_at.strftime("%Y-%m-%dT14:00") in client.get(answer.url).text
    poll.refresh_from_db()
    assert (poll.meeting, poll.settled_on) == (None, poll.agency.today())


def test_what_somebody_said_on_paper_is_entered_and_told_to_them(
    poll: DatePoll, chair: Member, consumer: Member, second_consumer: Member, payer: Member
) -> None:
    said(poll, chair, Suits.YES, Suits.NO, Suits.NO, member=consumer)
    event = Event.objects.within(poll.agency).get(name="poll.entered")
    assert (event.actor, event.on_behalf_of, set(event.data)) == (chair, consumer, set())
    told = Message.objects.within(poll.agency).filter(code="entry.for_you")
    assert consumer.pk in told.values_list("member", flat=True)
    with pytest.raises(Refused):
        said(poll, second_consumer, Suits.YES, Suits.NO, Suits.NO, member=consumer)
    with pytest.raises(ValidationError):
        said(poll, chair, Suits.YES, Suits.NO, Suits.NO, member=payer)


def test_what_somebody_answered_themselves_stays_whoever_runs_the_group(
    poll: DatePoll, chair: Member, consumer: Member, login: Login
) -> None:
    said(poll, chair, Suits.YES, Suits.YES, Suits.YES, member=consumer)
    said(poll, consumer, Suits.NO, Suits.NO, Suits.YES)
    with pytest.raises(Refused, match="themselves"):
        said(poll, chair, Suits.YES, Suits.YES, Suits.YES, member=consumer)
    rows = DateAnswer.objects.within(poll.agency).filter(member=consumer)
    kept = rows.order_by("date__starts_at").values_list("suits", flat=True)
    assert list(kept) == [Suits.NO, Suits.NO, Suits.YES]
    client, agency = login(chair), poll.agency
    url = at(agency, "groups:enter_dates_for", pk=poll.pk, member=consumer.pk)
    assert url not in client.get(at(agency, "groups:enter_dates", pk=poll.pk)).text
    assert client.get(url).status_code == 403


@pytest.mark.parametrize(
    ("ahead", "closes"), [((3,), 1), ((3, 3), 1), (range(3, 10), 1), ((0, 3), 0), ((3, 4), 3)]
)
def test_dates_that_make_no_choice_are_refused(
    ahead: tuple[int, ...], closes: int, seated: Group, chair: Member
) -> None:
    agency = seated.agency
    with pytest.raises(ValidationError), time_machine.travel(hours(agency, 0)[0]):
        actions.ask_for_dates(
            seated,
            dates=hours(agency, *ahead),
            closes_on=agency.today() + timedelta(days=closes),
            by=chair,
        )
    assert not PollDate.objects.within(agency).exists()


def test_the_form_asks_for_two_dates_at_least(seated: Group, chair: Member, login: Login) -> None:
    agency = seated.agency
    url = at(agency, "groups:offer_dates", pk=seated.pk)
    first, second = (each.strftime("%Y-%m-%dT%H:%M") for each in hours(agency, 8, 9))
    rest = {"minutes_planned": "60", "closes_on": str(agency.today() + timedelta(days=2))}
    client = login(chair)
    assert send(client, url, date_1=first, **rest).status_code == 422
    assert send(client, url, date_1=first, date_2=first, **rest).status_code == 422
    send(client, url, date_1=first, date_2=second, **rest)
    poll = DatePoll.objects.within(agency).get()
    assert len(dates_of(poll)) == 2
    assert (
        at(agency, "groups:date_poll", pk=poll.pk)
        in client.get(at(agency, "groups:meetings", pk=seated.pk)).text
    )
