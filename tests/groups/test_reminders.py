"""Reminders of meetings: who gets which, when, and each at most once."""

import threading
from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction

from accounts.actions.pauses import pause_access
from accounts.models import EmailLevel, Member, PauseReason
from devtools import seating
from foundation import tenancy
from foundation.models import Agency
from groups import actions
from groups.actions.reminders import remind_of_meeting
from groups.models import Group, Meeting, MeetingReminder, RemindedAhead
from groups.tasks import sweep_reminders, to_remind_of
from notifications.actions import send_next
from notifications.models import Email, Message
from safety.actions import keep_apart
from safety.models import ApartReason
from tests.groups.test_series import plan, rows

DAY = timedelta(days=1)


def at_nine(meeting: Meeting, days_before: int) -> datetime:
    zone = meeting.agency.zone
    return datetime.combine(meeting.on - days_before * DAY, time(9), zone)


def level(member: Member, wanted: EmailLevel) -> None:
    Member.objects.within(member.agency).filter(pk=member.pk).update(email_level=wanted)


def reminded(agency: Agency) -> list[str]:
    messages = Message.objects.within(agency).filter(code="meeting.near").order_by("member_id")
    return [str(each.member) for each in messages.select_related("member")]


@pytest.fixture
def far(seated: Group, chair: Member) -> Meeting:
    """A meeting in twenty days, of which nobody was told today."""
    starts = datetime.combine(chair.agency.today() + 20 * DAY, time(14), chair.agency.zone)
    return actions.plan_meeting(seated, starts_at=starts, by=chair)


@pytest.mark.parametrize(
    ("wanted", "days_before", "gets"),
    [
        (EmailLevel.EACH, 1, True),
        (EmailLevel.EACH, 7, True),
        (EmailLevel.DIGEST, 1, True),
        (EmailLevel.DIGEST, 7, False),
        (EmailLevel.NONE, 1, False),
        (EmailLevel.NONE, 7, False),
        (EmailLevel.EACH, 2, False),
        (EmailLevel.EACH, 0, False),
    ],
)
def test_each_persons_level_decides(
    wanted: EmailLevel, days_before: int, gets: bool, far: Meeting, consumer: Member
) -> None:
    everybody = Member.objects.within(far.agency)
    everybody.update(email_level=EmailLevel.NONE)
    level(consumer, wanted)
    with time_machine.travel(at_nine(far, days_before), tick=False):
        remind_of_meeting(far)
        assert remind_of_meeting(far) == 0
    assert reminded(far.agency) == ([str(consumer)] if gets else [])


def test_nobody_is_reminded_at_night(far: Meeting) -> None:
    early = datetime.combine(far.on - DAY, time(7, 59), far.agency.zone)
    with time_machine.travel(early, tick=False):
        assert remind_of_meeting(far) == 0
    assert not MeetingReminder.objects.within(far.agency).exists()


def test_the_e_mail_says_nothing_of_a_meeting(far: Meeting, consumer: Member) -> None:
    Member.objects.within(far.agency).update(email_level=EmailLevel.NONE)
    level(consumer, EmailLevel.EACH)
    Email.objects.within(far.agency).delete()
    with time_machine.travel(at_nine(far, 1), tick=False):
        remind_of_meeting(far)
        assert send_next(far.agency)
    (letter,) = mail.outbox
    assert letter.subject == "You have a message"
    for word in ("meeting", "council", "tomorrow"):
        assert word not in letter.body.lower()


def test_those_who_left_are_paused_or_must_not_meet_are_not_reminded(
    far: Meeting,
    seated: Group,
    chair: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    administrator: Member,
) -> None:
    actions.end_seat(seated.seats.get(member=consumer), on=far.on - DAY, by=administrator)
    with time_machine.travel(at_nine(far, 1), tick=False):
        pause_access(
            second_consumer, reason=PauseReason.THREAT, answer_to="the desk", by=administrator
        )
        keep_apart(
            chair,
            provider,
            reason=ApartReason.COURT_ORDER,
            since=far.agency.today(),
            known_to=[chair],
            by=administrator,
        )
        assert remind_of_meeting(far) == 0
    assert reminded(far.agency) == []


def test_what_is_cancelled_or_moved_is_not_reminded_of(far: Meeting, chair: Member) -> None:
    with time_machine.travel(at_nine(far, 1), tick=False):
        later = far.starts_at + 9 * DAY
        actions.change_meeting(
            far, starts_at=later, minutes_planned=60, place="", agenda="", by=chair
        )
        far.refresh_from_db()
        assert remind_of_meeting(far) == 0
    with time_machine.travel(at_nine(far, 1), tick=False):
        assert remind_of_meeting(far) > 0, "of its new day"
    assert MeetingReminder.objects.within(far.agency).count() == 1


def test_a_cancelled_meeting_is_quiet(far: Meeting, chair: Member) -> None:
    actions.cancel_meeting(far, by=chair)
    with time_machine.travel(at_nine(far, 1), tick=False):
        assert to_remind_of() == []
        assert remind_of_meeting(far) == 0


def test_who_was_told_today_is_not_reminded_today(seated: Group, chair: Member) -> None:
    series = plan(seated, chair, 2)
    first = rows(series)[0]
    with time_machine.travel(at_nine(first, 7), tick=False):
        to = datetime.combine(first.on, time(10))
        actions.move_series(first, starts_at=to, minutes_planned=60, place="", by=chair)
        first.refresh_from_db()
        assert remind_of_meeting(first) == 0
        assert (first.agency_id, first.pk) not in to_remind_of()
    with time_machine.travel(at_nine(first, 1), tick=False):
        assert remind_of_meeting(first) > 0


def test_the_sweep_finds_each_meeting_and_a_second_run_changes_nothing(
    far: Meeting, consumer: Member
) -> None:
    level(consumer, EmailLevel.DIGEST)
    with time_machine.travel(at_nine(far, 1), tick=False):
        assert to_remind_of() == [(far.agency_id, far.pk)]
        sweep_reminders()
        told = reminded(far.agency)
        assert str(consumer) in told
        sweep_reminders()
        assert reminded(far.agency) == told
        assert to_remind_of() == []
    assert MeetingReminder.objects.within(far.agency).get().ahead == RemindedAhead.DAY


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_the_same_moment_remind_once(
    seated: Group, chair: Member, consumer: Member
) -> None:
    starts = datetime.combine(chair.agency.today() + 20 * DAY, time(14), chair.agency.zone)
    meeting = actions.plan_meeting(seated, starts_at=starts, by=chair)
    level(consumer, EmailLevel.EACH)
    came: list[object] = []

    def another() -> None:
        try:
            with tenancy.entering(chair.agency):
                came.append(remind_of_meeting(meeting))
        except Exception as error:
            came.append(error)
        finally:
            connection.close()

    with time_machine.travel(at_nine(meeting, 1), tick=False):
        other = threading.Thread(target=another)
        with transaction.atomic():
            assert remind_of_meeting(meeting) > 0
            other.start()
            other.join(0.6)
        other.join(30)
    assert came == [0]
    assert reminded(meeting.agency).count(str(consumer)) == 1


def test_a_member_who_joins_later_is_reminded_of_what_is_still_to_come(
    far: Meeting, seated: Group, manager: Member, administrator: Member
) -> None:
    level(manager, EmailLevel.EACH)
    with time_machine.travel(at_nine(far, 7), tick=False):
        remind_of_meeting(far)
        seating.seat(seated, manager, since=far.agency.today(), by=administrator)
    assert str(manager) not in reminded(far.agency)
    with time_machine.travel(at_nine(far, 1), tick=False):
        remind_of_meeting(far)
    assert str(manager) in reminded(far.agency)
