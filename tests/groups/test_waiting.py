from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from django.utils.timezone import now

from accounts.models import Member
from foundation import keys, links
from foundation.addresses import at
from groups import actions, kinds
from groups.calendar import next_meetings
from groups.models import Choice, Decision, Group, GroupKind, Seat
from notifications.models import Message
from notifications.waiting import waiting
from tests.conftest import Login

DAY = timedelta(days=1)
Propose = Callable[..., Decision]


def waits(member: Member, today: date) -> list[str]:
    return [each.title for each in waiting(member, today) if "/groups/" in each.url]


def test_a_proposal_waits_for_each_voting_member_until_they_have_answered_it(
    propose: Propose,
    consumer: Member,
    provider: Member,
    manager: Member,
    chair: Member,
    today: date,
) -> None:
    decision = propose()
    title = "Give your view on “Water at the door”"
    assert title in waits(consumer, today)
    assert waits(manager, today) == []
    actions.take_position(decision, member=consumer, choice=Choice.AGREE)
    assert title not in waits(consumer, today)
    assert title in waits(provider, today)
    # A new round asks everybody again.
    actions.amend(decision, title=decision.title, text="Tea.", by=chair)
    assert title in waits(consumer, today)
    actions.withdraw(decision, by=consumer)
    assert waits(consumer, today) == []


def test_attendance_and_minutes_wait_for_those_who_run_the_group(
    seated: Group, chair: Member, consumer: Member, today: date
) -> None:
    meeting = actions.plan_meeting(seated, starts_at=now() - DAY, by=chair)
    assert waits(chair, today) == ["Record the meeting: Council on welcome"]
    assert waits(consumer, today) == []
    actions.record_attendance(meeting, present={consumer: Decimal(1)}, by=chair)
    assert waits(chair, today) == ["Write the minutes: Council on welcome"]
    assert waits(chair, today + 30 * DAY) == []
    actions.record_minutes(meeting, minutes="We met.", by=chair)
    assert waits(chair, today) == []


def test_a_meeting_to_come_waits_for_nobody_but_is_in_the_calendar_of_its_members(
    seated: Group, chair: Member, consumer: Member, manager: Member, today: date
) -> None:
    later = actions.plan_meeting(seated, starts_at=now() + 9 * DAY, by=chair)
    sooner = actions.plan_meeting(seated, starts_at=now() + 2 * DAY, by=chair)
    off = actions.plan_meeting(seated, starts_at=now() + DAY, by=chair)
    actions.cancel_meeting(off, by=chair)
    assert waits(chair, today) == []
    assert list(next_meetings(consumer, today)) == [sooner, later]
    assert not next_meetings(manager, today).exists()
    seat = Seat.objects.within(seated.agency).get(member=consumer)
    actions.end_seat(seat, on=today, by=consumer)
    assert not next_meetings(consumer, today).exists()


def test_the_others_are_told_of_meetings_and_of_what_was_decided(
    propose: Propose,
    seated: Group,
    chair: Member,
    consumer: Member,
    second_consumer: Member,
    manager: Member,
) -> None:
    meeting = actions.plan_meeting(seated, starts_at=now() + 2 * DAY, by=chair)
    actions.plan_meeting(seated, starts_at=now() - 2 * DAY, by=chair)
    told = Message.objects.within(seated.agency).exclude(code="seat.offered")
    assert told.filter(code="meeting.planned", subject_id=meeting.pk).count() == 3
    assert told.filter(code="meeting.planned").count() == 3
    assert not told.filter(code="meeting.planned", member__in=[chair, manager]).exists()
    decision = propose()
    for member in (consumer, second_consumer):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    actions.close_decision(decision, by=chair, waiver="All who were there agreed.")
    assert told.filter(code="decision.adopted").count() == 3


def test_links_lead_only_those_who_may_know_of_a_group(
    propose: Propose, seated: Group, chair: Member, manager: Member, facilitator: Member
) -> None:
    decision = propose()
    meeting = actions.plan_meeting(seated, starts_at=now(), by=chair)
    subjects = [
        ("group", seated.pk),
        ("meeting", meeting.pk),
        ("decision", decision.pk),
    ]
    # Proposals are for the group's people, adopted decisions for everyone.
    assert links.link(*subjects[2], manager) is None
    for subject, reader in zip(subjects, (manager, manager, chair), strict=True):
        found = links.link(*subject, reader)
        assert found is not None
        assert keys.code(*subject) in found.url
    actions.change_group(seated, name=seated.name, purpose="", hidden=True, by=facilitator)
    for subject in subjects:
        assert links.link(*subject, manager) is None
        assert links.link(*subject, chair) is not None


def test_an_upper_app_says_where_groups_of_its_kind_live(
    seated: Group, chair: Member, login: Login
) -> None:
    before = dict(kinds._keepers)
    kinds.register(
        GroupKind.COUNCIL,
        kinds.Keeper(
            lambda group: at(group.agency, "groups:people", pk=group.pk),
            closing=lambda group: at(group.agency, "groups:people", pk=group.pk),
        ),
    )
    try:
        client = login(chair)
        answers = [
            client.get(at(seated.agency, f"groups:{name}", pk=seated.pk))
            for name in ("group", "edit", "close")
        ]
    finally:
        kinds._keepers.clear()
        kinds._keepers.update(before)
    leads = at(seated.agency, "groups:people", pk=seated.pk)
    assert {answer["Location"] for answer in answers} == {leads}
