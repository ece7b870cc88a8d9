"""What people need at meetings: who says it, who reads it, and that it goes again."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.actions.leaves import end_membership
from accounts.models import AccessLog, Member
from foundation.addresses import at
from foundation.keys import code, code_of
from foundation.models import Event
from foundation.refusals import Refused
from groups import actions
from groups.actions.needs import needs_at, needs_of
from groups.models import AccessNeed, Arrangement, Group, Meeting, Need
from notifications.models import Message
from tests.conftest import Login, assert_budget
from tests.groups.conftest import send
from tests.groups.test_series import plan, rows


@pytest.fixture
def need(coming: Meeting, consumer: Member) -> AccessNeed:
    return actions.say_need(kind=Need.INTERPRETER, words="Vietnamese", meeting=coming, by=consumer)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("chair", 200),
        ("consumer", 403),
        ("second_consumer", 403),
        ("provider", 403),
        ("facilitator", 403),
        ("administrator", 403),
        ("manager", 403),
        ("outsider", 404),
    ],
)
def test_only_who_runs_the_group_reads_what_somebody_needs(
    who: str,
    status: int,
    need: AccessNeed,
    coming: Meeting,
    request: pytest.FixtureRequest,
    login: Login,
) -> None:
    reader: Member = request.getfixturevalue(who)
    client, url = login(reader), at(coming.agency, "groups:arrange", pk=coming.pk)
    answer = client.get(url)
    assert answer.status_code == status
    assert ("Vietnamese" in answer.content.decode()) == (status == 200)
    if status != 404:
        page = client.get(at(coming.agency, "groups:meeting", pk=coming.pk)).content.decode()
        assert (url in page) == (status == 200)
        assert "Vietnamese" not in page
    if status == 403:
        with pytest.raises(Refused):
            actions.arrange(coming, done=[need.pk], by=reader)


def test_each_look_at_what_somebody_needs_is_told_to_them(
    need: AccessNeed, coming: Meeting, chair: Member, consumer: Member, login: Login
) -> None:
    login(chair).get(at(coming.agency, "groups:arrange", pk=coming.pk))
    looked = AccessLog.objects.within(coming.agency).filter(what="needs")
    assert [(each.reader_id, each.about_id) for each in looked] == [(chair.pk, consumer.pk)]


def test_who_runs_the_group_gets_a_message_without_a_name_and_no_event_tells_of_it(
    need: AccessNeed, chair: Member
) -> None:
    message = Message.objects.within(chair.agency).get(code="meeting.need")
    assert (message.member_id, message.title) == (chair.pk, "Council on welcome")
    spoken = Event.objects.within(chair.agency).exclude(name="email.posted").order_by("-pk")
    assert "need" not in spoken[0].name


def test_what_is_arranged_is_ticked_and_can_be_unticked(
    need: AccessNeed, coming: Meeting, chair: Member, login: Login
) -> None:
    url, client = at(coming.agency, "groups:arrange", pk=coming.pk), login(chair)
    ticked = code("accessneed", need.pk)
    assert send(client, url, done=[ticked]).status_code == 302
    assert Arrangement.objects.within(coming.agency).get().done
    assert client.get(url).content.decode().count("checked") == 1
    assert send(client, url).status_code == 302
    assert not Arrangement.objects.within(coming.agency).get().done
    assert send(client, url, done=["x"]).status_code == 422
    assert send(client, url, done=[code("accessneed", need.pk + 1)]).status_code == 422


def test_a_need_at_all_meetings_is_arranged_for_each(
    coming: Meeting, seated: Group, consumer: Member, chair: Member
) -> None:
    need = actions.say_need(kind=Need.ROOM, words="", meeting=None, by=consumer)
    later = actions.plan_meeting(seated, starts_at=coming.starts_at + timedelta(days=7), by=chair)
    for each in (coming, later):
        assert list(needs_at(each)) == [need]
    actions.arrange(coming, done=[need.pk], by=chair)
    arranged = Arrangement.objects.within(coming.agency)
    assert [each.meeting_id for each in arranged] == [coming.pk]
    actions.end_seat(seated.seats.get(member=consumer), on=later.on, by=chair)
    assert list(needs_at(later)) == [], "not of somebody whose seat has ended by then"


def test_what_is_taken_back_is_gone_at_once(
    need: AccessNeed, coming: Meeting, consumer: Member, second_consumer: Member, login: Login
) -> None:
    url = at(coming.agency, "groups:take_need_back", pk=need.pk)
    assert login(second_consumer).get(url).status_code == 404
    page = login(consumer).get(at(coming.agency, "groups:my_needs")).content.decode()
    assert "Vietnamese" in page
    assert url in page
    assert send(login(consumer), url).status_code == 302
    need.refresh_from_db()
    assert need.words == ""
    assert not needs_of(consumer).exists()
    assert not hasattr(AccessNeed, "history")


def test_what_somebody_needs_moves_with_the_meeting(
    need: AccessNeed, coming: Meeting, chair: Member, consumer: Member, seated: Group
) -> None:
    later = coming.starts_at + timedelta(days=30)
    actions.change_meeting(
        coming, starts_at=later, minutes_planned=60, place="", agenda="", by=chair
    )
    need.refresh_from_db()
    coming.refresh_from_db()
    assert need.until == coming.on + timedelta(days=1)
    assert list(needs_at(coming)) == [need]
    second = rows(plan(seated, chair, 3))[1]
    said = actions.say_need(kind=Need.RIDE, words="", meeting=second, by=consumer)
    starts = second.starts_at.replace(tzinfo=None) + timedelta(days=20)
    actions.move_series(second, starts_at=starts, minutes_planned=60, place="", by=chair)
    said.refresh_from_db()
    second.refresh_from_db()
    assert said.until == second.on + timedelta(days=1)


def test_what_somebody_needs_ends_when_they_leave(
    need: AccessNeed, coming: Meeting, consumer: Member, administrator: Member
) -> None:
    actions.say_need(kind=Need.ROOM, words="Ramp", meeting=None, by=consumer)
    end_membership(consumer, on=consumer.agency.today(), by=administrator)
    kept = AccessNeed.objects.within(coming.agency)
    assert {(each.words, each.until) for each in kept} == {("", coming.agency.today())}


def test_a_need_is_said_on_one_page_for_one_meeting_or_for_all(
    coming: Meeting, consumer: Member, login: Login
) -> None:
    url, client = at(coming.agency, "groups:my_needs"), login(consumer)
    for meeting in ("", code_of(coming)):
        assert send(client, url, kind="ride", meeting=meeting).status_code == 302
    assert [each.meeting_id for each in needs_of(consumer).order_by("pk")] == [None, coming.pk]
    assert client.post(url, {}).status_code == 422
    for wrong in ({"kind": "x"}, {"kind": "other"}, {"kind": "ride", "words": "x" * 300}):
        assert send(client, url, **wrong).status_code == 422
    assert send(client, url, kind="ride", meeting="x").status_code == 422
    assert needs_of(consumer).count() == 2


def test_nobody_says_it_for_a_meeting_of_others_or_one_that_is_over(
    coming: Meeting, meeting: Meeting, manager: Member, consumer: Member, chair: Member
) -> None:
    for subject, by in ((coming, manager), (meeting, consumer)):
        with pytest.raises(Refused):
            actions.say_need(kind=Need.ROOM, words="", meeting=subject, by=by)
    with pytest.raises(ValidationError):
        actions.say_need(kind=Need.OTHER, words="  ", meeting=coming, by=consumer)
    with pytest.raises(Refused):
        actions.arrange(meeting, done=[], by=chair)


def test_the_pages_ask_as_many_queries_with_more_needs(
    coming: Meeting, consumer: Member, provider: Member, chair: Member, login: Login
) -> None:
    url = at(coming.agency, "groups:arrange", pk=coming.pk)
    mine = at(coming.agency, "groups:my_needs")

    def cost() -> tuple[int, int]:
        for by in (consumer, provider):
            for kind in (Need.ROOM, Need.RIDE):
                actions.say_need(kind=kind, words="Please.", meeting=coming, by=by)
        return assert_budget(login(chair), url), assert_budget(login(consumer), mine)

    cost()
    assert cost() == cost()
