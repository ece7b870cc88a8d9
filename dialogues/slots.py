"""Dialogues on other apps' pages: a session's two questions, the last reply."""

from datetime import date
from typing import Any

from accounts.anybody import kept
from accounts.models import Member
from dialogues.policies import TOLD_AT_HOME
from dialogues.sessions import rules
from dialogues.sessions.models import SessionTurn
from dialogues.told_back import outcomes
from dialogues.told_back.models import Reply
from foundation import slots
from foundation.http import AgencyRequest
from foundation.models import TenantQuerySet
from groups.models import GroupKind, Meeting, MeetingStatus


def questions(request: AgencyRequest, meeting: Meeting) -> tuple[str, dict[str, Any]] | None:
    if meeting.group.kind != GroupKind.DIALOGUE or meeting.status != MeetingStatus.HELD:
        return None
    member = request.member
    mine = SessionTurn.objects.within(request.agency).filter(meeting=meeting, member=member)
    refusal = rules.answering_questions(
        meeting,
        member,
        attended=meeting.attendances.filter(member=member, voided_on=None).exists(),
        answered=mine.exists(),
        on=request.agency.today(),
    )
    return ("dialogues/slots/questions.html", {"meeting": meeting}) if refusal is None else None


def reply(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    for last in kept(_last_reply, request.member, request.agency.today()):
        return "dialogues/slots/reply.html", {"reply": last}
    return None


def _last_reply(member: Member, on: date) -> TenantQuerySet[Reply]:
    return outcomes.replies_to(member, on - TOLD_AT_HOME.span(member.agency, on))[:1]


def late(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    """For the committee: whether people were read and answered by the promised day."""
    found = outcomes.late(request.agency, request.agency.today())
    return "dialogues/slots/late.html", {"late": found}


slots.register("oversight.committee", late)
slots.register("groups.meeting", questions)
slots.register("home", reply)
