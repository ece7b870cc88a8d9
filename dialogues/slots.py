"""Dialogues on other apps' pages: a session's two questions, the last reply."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts.anybody import kept
from accounts.models import Member
from dialogues.policies import TOLD_AT_HOME
from dialogues.sessions import rules
from dialogues.sessions.models import SessionTurn
from dialogues.told_back import outcomes
from dialogues.told_back.models import Reply
from foundation import slots
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.models import TenantQuerySet
from foundation.presenting import PageLink
from groups import rules as group_rules
from groups.models import GroupKind, Meeting, MeetingStatus
from starters.beginning import language_asked
from starters.rules import printable
from starters.texts import TextCode, starter


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


def texts(request: AgencyRequest, meeting: Meeting) -> tuple[str, dict[str, Any]] | None:
    """For a planned session: what to print, with its day, time and place."""
    if meeting.group.kind != GroupKind.DIALOGUE or meeting.status != MeetingStatus.PLANNED:
        return None
    if group_rules.changing_meeting(meeting, request.member) is not None:
        return None
    known, language = urlencode(_when_and_where(meeting)), language_asked(request.GET)
    links = [
        PageLink(
            starter(code, language).title,
            at(request.agency, "starters:text", code=code) + f"?{known}",
        )
        for code in printable(request.member)
        if code not in (TextCode.CELL_RULES, TextCode.GROUND_RULES)
    ]
    return ("dialogues/slots/texts.html", {"links": links}) if links else None


def _when_and_where(meeting: Meeting) -> dict[str, str]:
    begins = localtime(meeting.starts_at)
    ends = begins + timedelta(minutes=meeting.minutes_planned)
    return {
        "date": date_format(begins, "l, F j, Y"),
        "start": date_format(begins, "g:i a"),
        "end": date_format(ends, "g:i a"),
        "place": meeting.place,
    }


def late(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    """For the committee: whether people were read and answered by the promised day."""
    found = outcomes.late(request.agency, request.agency.today())
    return "dialogues/slots/late.html", {"late": found}


slots.register("oversight.committee", late)
slots.register("groups.meeting", questions)
slots.register("groups.meeting", texts)
slots.register("home", reply)
slots.register("beside", reply)
