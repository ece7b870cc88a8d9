"""Waiting items of a session: two questions to answer."""

from datetime import date, timedelta

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from dialogues.policies import QUESTIONS
from dialogues.sessions.models import SessionTurn
from foundation.addresses import at
from groups.models import Attendance, GroupKind, MeetingStatus
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRow, WaitingRows, register


def _questions(member: Member, on: date) -> WaitingRows:
    open_for = QUESTIONS.span(member.agency, on)
    turns = SessionTurn.objects.within(member.agency).filter(member=member)
    there = Attendance.objects.within(member.agency).filter(
        member=member,
        meeting__group__kind=GroupKind.DIALOGUE,
        meeting__status=MeetingStatus.HELD,
        meeting__on__lte=on,
        meeting__on__gt=on - open_for,
    )
    return WaitingRows(
        there.exclude(meeting__in=turns.values("meeting")),
        label="meeting__group__name",
        due=F("meeting__on") + open_for - timedelta(days=1),
        subject="meeting_id",
    )


def _session(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "dialogues:closing_questions", pk=row.subject_id)


register(
    WaitingKind(
        code="dialogues.closing_questions",
        area=Area.VOTES,
        title=_("Two questions about “%(label)s”"),
        minutes=1,
        rows=_questions,
        url=_session,
    )
)
