"""The ten minutes after a meeting: one form, its review, one save, and undoing all of it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.timezone import now

from accounts.models import Member, StandingKind
from devtools import seating
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Event
from foundation.refusals import Refused
from groups import actions, meeting_facts, recorded, rules
from groups.after_form import Decided
from groups.models import (
    Attendance,
    Decision,
    DecisionStatus,
    Group,
    Meeting,
    MeetingStatus,
    PaperRecord,
)
from notifications.models import Message
from safety.actions import keep_apart
from tests.accounts.test_pauses import pause
from tests.conftest import Login, assert_budget
from tests.days import ZONE

DAY = timedelta(days=1)
HOUR = Decimal("1.5")
TEA = Decided("We offer tea at the door.", adopted=True)


def page_of(meeting: Meeting) -> str:
    return at(meeting.agency, "groups:after", pk=meeting.pk)


def filled(meeting: Meeting, *came: Member, **more: object) -> dict[str, object]:
    return {
        "submission": str(uuid4()),
        "version": meeting.version,
        "came": [code_of(member) for member in came],
        "took": "1.5",
        "guests": "0",
        "tell": "on",
        **more,
    }


def carried(page: str) -> dict[str, list[str]]:
    """The hidden fields of a page, as a browser sends them."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(value)
    return found


def saved(client: Client, meeting: Meeting, *came: Member, **more: object) -> Any:
    """Fill the form in, read its review and save that."""
    url = page_of(meeting)
    read = client.post(url, filled(meeting, *came, **more))
    assert read.status_code == 200, read.content.decode()
    return client.post(url, {**carried(read.content.decode()), "step": "save"})


@pytest.fixture
def everyone(
    chair: Member, consumer: Member, second_consumer: Member, provider: Member
) -> tuple[Member, ...]:
    return chair, consumer, second_consumer, provider


@pytest.fixture
def recording(meeting: Meeting, chair: Member) -> Callable[..., recorded.Record]:
    def record(*came: Member, **more: Any) -> recorded.Record:
        present = dict.fromkeys(came, HOUR)
        given = {"decided": [TEA], "by": chair, **more}
        return actions.record_meeting(meeting, present=present, **given)

    return record


def test_one_form_and_its_review_record_who_came_decisions_the_next_date_and_guests(
    meeting: Meeting, chair: Member, everyone: tuple[Member, ...], login: Login, today: date
) -> None:
    client = login(chair)
    following = (now() + 14 * DAY).astimezone(ZoneInfo(ZONE))
    answer = saved(
        client,
        meeting,
        *everyone,
        guests="3",
        decided_1=TEA.text,
        agreed_1="yes",
        decided_2="We meet at noon.",
        agreed_2="no",
        next_at=following.strftime("%Y-%m-%dT%H:%M"),
    )
    assert answer.status_code == 302
    assert answer["Location"] == page_of(meeting)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.guests) == (MeetingStatus.HELD, 3)
    rows = Attendance.objects.within(meeting.agency).filter(meeting=meeting)
    assert {row.member_id: row.hours for row in rows} == {m.pk: HOUR for m in everyone}
    decisions = Decision.objects.within(meeting.agency).order_by("pk")
    assert [(each.text, each.status) for each in decisions] == [
        (TEA.text, DecisionStatus.ADOPTED),
        ("We meet at noon.", DecisionStatus.NOT_ADOPTED),
    ]
    papers = PaperRecord.objects.within(meeting.agency)
    assert {paper.meeting_id for paper in papers} == {meeting.pk}
    assert not any(paper.decision.positions.exists() for paper in papers), (
        "nobody's view is made up"
    )
    planned = Meeting.objects.within(meeting.agency).get(status=MeetingStatus.PLANNED)
    assert planned.starts_at == following.replace(second=0, microsecond=0)
    assert client.get(page_of(meeting)).status_code == 200


def test_nothing_is_written_before_the_review_is_saved_and_going_back_keeps_what_was_sent(
    meeting: Meeting, chair: Member, everyone: tuple[Member, ...], login: Login
) -> None:
    client, url = login(chair), page_of(meeting)
    sent = filled(meeting, *everyone[:2], decided_1=TEA.text, agreed_1="yes")
    read = client.post(url, sent).content.decode()
    assert "Check before you save" in read
    assert TEA.text in read
    assert not Attendance.objects.within(meeting.agency).exists()
    back = client.post(url, {**carried(read), "step": "edit"}).content.decode()
    assert back.count(" checked") == len(everyone[:2]) + 1 + 1, "two names, one answer, the notice"
    assert TEA.text in back
    more = client.post(url, {**sent, "more": "1"}).content.decode()
    assert 'name="decided_4"' in more
    assert TEA.text in more


def test_without_a_vote_there_it_is_on_paper_until_a_reason_is_given(
    meeting: Meeting, chair: Member, everyone: tuple[Member, ...], login: Login
) -> None:
    client = login(chair)
    sent = filled(meeting, *everyone[:3], decided_1=TEA.text, agreed_1="yes")
    read = client.post(page_of(meeting), sent).content.decode()
    assert 'name="waiver"' in read
    client.post(page_of(meeting), {**carried(read), "step": "save"})
    decision = Decision.objects.within(meeting.agency).get()
    assert decision.status == DecisionStatus.RECORDED
    shown = client.get(page_of(meeting)).content.decode()
    assert str(everyone[3]) in shown
    actions.undo_record(meeting, by=chair)
    meeting.refresh_from_db()
    sent = filled(meeting, *everyone[:3], decided_1=TEA.text, agreed_1="yes")
    read = client.post(page_of(meeting), sent).content.decode()
    client.post(page_of(meeting), {**carried(read), "step": "save", "waiver": "It could not wait."})
    again = Decision.objects.within(meeting.agency).order_by("pk").last()
    assert again is not None
    assert (again.status, again.waiver) == (DecisionStatus.ADOPTED, "It could not wait.")


def test_a_part_that_fails_leaves_nothing(
    meeting: Meeting, chair: Member, everyone: tuple[Member, ...]
) -> None:
    class Part:
        code = "planted"

    class Failing:
        part: Any = Part

        def save(self, by: Member) -> None:
            raise ValidationError({"period": "This period has its number."})

    events = Event.objects.within(meeting.agency).count()
    with pytest.raises(ValidationError):
        actions.record_meeting(
            meeting,
            present=dict.fromkeys(everyone, HOUR),
            guests=2,
            decided=[TEA],
            next_at=now() + 7 * DAY,
            parts=[Failing()],
            by=chair,
        )
    meeting.refresh_from_db()
    assert (meeting.status, meeting.guests) == (MeetingStatus.PLANNED, 0)
    assert not Attendance.objects.within(meeting.agency).exists()
    assert not Decision.objects.within(meeting.agency).exists()
    assert Meeting.objects.within(meeting.agency).count() == 1
    assert Event.objects.within(meeting.agency).count() == events


def test_a_second_click_and_a_second_tab_record_nothing_twice(
    meeting: Meeting, chair: Member, everyone: tuple[Member, ...], login: Login
) -> None:
    client, url = login(chair), page_of(meeting)
    pages = [
        client.post(url, filled(meeting, *everyone, decided_1=TEA.text, agreed_1="yes"))
        for _tab in range(2)
    ]
    first, other = ({**carried(page.content.decode()), "step": "save"} for page in pages)
    assert client.post(url, first)["Location"] == url
    assert client.post(url, first)["Location"] == url
    late = client.post(url, other)
    assert late.context["too_late"]
    assert Decision.objects.within(meeting.agency).count() == 1
    with pytest.raises(ValidationError):
        actions.record_meeting(meeting, present={chair: HOUR}, by=chair, version=meeting.version)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"came": []}, "came"),
        ({"took": ""}, "took"),
        ({"took": "30"}, "took"),
        ({"guests": "-1"}, "guests"),
        ({"guests": "1000"}, "guests"),
        ({"decided_1": "Tea."}, "agreed_1"),
        ({"agreed_1": "yes"}, "decided_1"),
        ({"decided_1": "x" * 201, "agreed_1": "yes"}, "decided_1"),
        ({"decided_1": "Tea.", "agreed_1": "perhaps"}, "agreed_1"),
        ({"next_at": "soon"}, "next_at"),
        ({"version": ""}, "version"),
    ],
)
def test_what_is_missing_or_wrong_is_asked_again_beside_its_field(
    more: dict[str, object],
    field: str,
    meeting: Meeting,
    chair: Member,
    everyone: tuple[Member, ...],
    login: Login,
) -> None:
    answer = login(chair).post(page_of(meeting), filled(meeting, *everyone) | more)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Attendance.objects.within(meeting.agency).exists()


def test_who_may_record_attendance_may_record_it_all_and_nobody_else(
    meeting: Meeting,
    coming: Meeting,
    consumer: Member,
    outsider: Member,
    facilitator: Member,
    chair: Member,
    login: Login,
) -> None:
    for name in ("after", "undo_record"):
        url = at(meeting.agency, f"groups:{name}", pk=meeting.pk)
        assert login(consumer).get(url).status_code == 403
    assert login(consumer).post(page_of(meeting), filled(meeting, chair)).status_code == 403
    assert login(facilitator).get(page_of(meeting)).status_code == 200
    assert login(chair).get(page_of(coming)).status_code == 403, "it is still to come"
    group = meeting.group
    group.hidden = True
    group.save()
    assert login(outsider).get(page_of(meeting)).status_code == 404
    with pytest.raises(Refused):
        actions.record_meeting(meeting, present={chair: HOUR}, by=consumer)
    with pytest.raises(Refused):
        actions.count_guests(meeting, guests=1, by=consumer)


def test_somebody_of_another_group_can_not_be_ticked(
    meeting: Meeting, chair: Member, manager: Member, login: Login
) -> None:
    answer = login(chair).post(page_of(meeting), filled(meeting, chair, manager))
    assert "came" in answer.context["form"].errors
    answer = saved(login(chair), meeting, chair, other=code_of(manager))
    rows = Attendance.objects.within(meeting.agency)
    assert set(rows.values_list("member", flat=True)) == {chair.pk, manager.pk}


def test_who_was_missed_gets_one_message_and_who_is_paused_or_kept_apart_gets_none(
    recording: Callable[..., recorded.Record],
    meeting: Meeting,
    chair: Member,
    everyone: tuple[Member, ...],
    login: Login,
    administrator: Member,
    enter: Callable[..., Member],
    start: date,
) -> None:
    _hal, rosa, sam, priya = everyone
    expected = meeting_facts.expected(meeting)
    assert set(meeting_facts.to_tell(meeting, expected.missed({chair.pk}))) == {rosa, sam, priya}
    pause(sam, administrator)
    told = meeting_facts.to_tell(meeting, expected.missed({chair.pk}))
    assert set(told) == {rosa, priya}
    lou = enter("Lou", StandingKind.PROVIDER)
    seating.seat(meeting.group, lou, since=start, by=administrator)
    keep_apart(
        lou,
        priya,
        reason="court_order",
        since=meeting.agency.today(),
        known_to=[lou],
        by=administrator,
    )
    expected = meeting_facts.expected(meeting)
    told = meeting_facts.to_tell(meeting, expected.missed({chair.pk}))
    assert set(told) == {rosa}, "two who must not meet stay away for a reason"
    recording(chair, missed=told)
    messages = Message.objects.within(meeting.agency)
    told_now = messages.filter(member=rosa).exclude(code="seat.offered")
    assert [each.code for each in told_now] == ["meeting.missed"]
    left_in_peace = messages.filter(member__in=[sam, priya, lou])
    assert not left_in_peace.filter(code="meeting.missed").exists()
    shown = login(chair).get(page_of(meeting)).content.decode()
    assert str(sam) in shown, "that they did not come is no secret; that they are paused is"
    assert "pause" not in shown.casefold()


def test_all_of_it_is_undone_by_whoever_saved_it_and_nobody_is_told_twice(
    recording: Callable[..., recorded.Record],
    meeting: Meeting,
    chair: Member,
    everyone: tuple[Member, ...],
    login: Login,
) -> None:
    _hal, rosa, sam, _priya = everyone
    recording(*everyone[:2], guests=2, next_at=now() + 7 * DAY, missed=[sam], waiver="Late.")
    messages = Message.objects.within(meeting.agency)
    read = messages.filter(member=rosa, code="decision.adopted").get()
    read.read_at = now()
    read.save()
    client = login(chair)
    undo = at(meeting.agency, "groups:undo_record", pk=meeting.pk)
    assert undo in client.get(page_of(meeting)).content.decode()
    assert client.get(undo).status_code == 200
    assert client.post(undo, {"submission": str(uuid4())}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.status, meeting.guests, meeting.recorded_by_id) == ("planned", 0, None)
    assert not Attendance.objects.within(meeting.agency).exists()
    kept = Attendance.objects.with_voided(meeting.agency)
    assert {row.void_reason for row in kept} == {"undone_at_once"}
    assert Decision.objects.within(meeting.agency).get().status == DecisionStatus.WITHDRAWN
    planned = Meeting.objects.within(meeting.agency).exclude(pk=meeting.pk).get()
    assert planned.status == MeetingStatus.CANCELLED
    news = messages.filter(member=sam).exclude(code="seat.offered")
    assert not news.exists(), "who has read nothing hears nothing of it"
    codes = set(
        messages.filter(member=rosa, subject_type="decision").values_list("code", flat=True)
    )
    assert codes == {"decision.adopted", "decision.taken_back"}
    assert "checked" in client.get(page_of(meeting)).content.decode(), "it can be recorded anew"
    assert saved(client, meeting, *everyone, decided_1="Tea.", agreed_1="yes").status_code == 302


def test_it_is_not_undone_by_others_too_late_or_once_something_is_built_on_it(
    recording: Callable[..., recorded.Record],
    meeting: Meeting,
    chair: Member,
    consumer: Member,
    facilitator: Member,
    everyone: tuple[Member, ...],
) -> None:
    record = recording(*everyone, next_at=now() + 7 * DAY)
    in_time, late = (record.at + timedelta(minutes=minutes) for minutes in (29, 31))
    assert rules.undoing_record(meeting, record, chair, in_time) is None
    assert rules.undoing_record(meeting, record, chair, late) is not None
    with pytest.raises(Refused):
        actions.undo_record(meeting, by=facilitator)
    planned = Meeting.objects.within(meeting.agency).exclude(pk=meeting.pk).get()
    item = actions.put_on_agenda(planned, text="Chairs", by=consumer)
    with pytest.raises(Refused):
        actions.undo_record(meeting, by=chair)
    item.delete()
    Attendance.objects.within(meeting.agency).filter(member=consumer).update(
        recorded_by=facilitator
    )
    with pytest.raises(Refused):
        actions.undo_record(meeting, by=chair)
    Attendance.objects.within(meeting.agency).update(recorded_by=chair)
    actions.undo_record(meeting, by=chair)
    with pytest.raises(Refused):
        actions.undo_record(meeting, by=chair)


def test_a_decision_that_somebody_confirmed_stays(
    committee: Group, committee_chair: Member, second_consumer: Member, provider: Member
) -> None:
    held = actions.plan_meeting(committee, starts_at=now() - DAY, by=committee_chair)
    present = dict.fromkeys((committee_chair, second_consumer, provider), HOUR)
    actions.record_meeting(held, present=present, decided=[TEA], by=committee_chair)
    decision = Decision.objects.within(committee.agency).get(title=TEA.text)
    assert decision.status == DecisionStatus.RECORDED, "a second person confirms it first"
    actions.attest(decision, by=second_consumer)
    with pytest.raises(Refused):
        actions.undo_record(held, by=committee_chair)
    assert Attendance.objects.within(committee.agency).count() == len(present)


def test_the_page_says_what_came_of_last_time_and_offers_the_next_date(
    meeting: Meeting, seated: Group, chair: Member, everyone: tuple[Member, ...], login: Login
) -> None:
    earlier = actions.plan_meeting(seated, starts_at=meeting.starts_at - 14 * DAY, by=chair)
    actions.record_meeting(
        earlier, present=dict.fromkeys(everyone[:1], HOUR), decided=[TEA], by=chair
    )
    answer = login(chair).get(page_of(meeting))
    page = answer.content.decode()
    assert "What came of last time" in page
    assert TEA.text in page
    offered = answer.context["form"].initial["next_at"].astimezone(ZoneInfo(ZONE))
    here = meeting.starts_at.astimezone(ZoneInfo(ZONE))
    assert offered.replace(tzinfo=None) == here.replace(tzinfo=None) + 14 * DAY
    actions.plan_meeting(seated, starts_at=now() + 3 * DAY, by=chair)
    answer = login(chair).get(page_of(meeting))
    assert "next_at" not in answer.context["form"].fields, "one is planned already"


def test_a_meeting_long_ago_asks_why_it_is_written_down_only_now(
    seated: Group, chair: Member, everyone: tuple[Member, ...], login: Login
) -> None:
    old = actions.plan_meeting(seated, starts_at=now() - 60 * DAY, by=chair, late_reason="Ill.")
    sent = filled(old, *everyone, decided_1="Tea.", agreed_1="yes")
    answer = login(chair).post(page_of(old), sent)
    assert "late_reason" in answer.context["form"].errors
    assert saved(login(chair), old, *everyone, decided_1="Tea.", agreed_1="yes", late_reason="Ill.")
    assert PaperRecord.objects.within(old.agency).get().late_reason == "Ill."


def test_minutes_written_meanwhile_keep_the_meeting_as_held(
    recording: Callable[..., recorded.Record], meeting: Meeting, chair: Member
) -> None:
    recording(chair, waiver="Late.")
    actions.record_minutes(meeting, minutes="Tea was poured.", by=chair)
    actions.undo_record(meeting, by=chair)
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.HELD
    with pytest.raises(Refused):
        actions.not_held(meeting, by=chair)


def test_the_pages_ask_as_many_queries_with_more_people_and_decisions(
    meeting: Meeting,
    seated: Group,
    chair: Member,
    administrator: Member,
    enter: Callable[..., Member],
    start: date,
    everyone: tuple[Member, ...],
    login: Login,
) -> None:
    earlier = actions.plan_meeting(seated, starts_at=meeting.starts_at - 14 * DAY, by=chair)
    actions.record_meeting(
        earlier, present=dict.fromkeys(everyone[:1], HOUR), decided=[TEA], by=chair
    )
    client, url = login(chair), page_of(meeting)
    first = assert_budget(client, url)
    for number in range(8):
        person = enter(f"P{number}", StandingKind.PROVIDER)
        seating.seat(seated, person, since=start, by=administrator)
    assert assert_budget(client, url) == first
    decided = [Decided(f"Decision {number}.", adopted=True) for number in range(2)]
    actions.record_meeting(meeting, present={chair: HOUR}, decided=decided, by=chair)
    shown = assert_budget(client, url)
    actions.undo_record(meeting, by=chair)
    decided = [Decided(f"Decision {number}.", adopted=True) for number in range(6)]
    actions.record_meeting(
        meeting, present=dict.fromkeys(everyone, HOUR), decided=decided, by=chair
    )
    assert assert_budget(client, url) <= shown
