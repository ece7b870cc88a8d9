"""What dialogues put on the pages of others: the two questions, on the page of a session."""

from typing import Any

from dialogues import rules
from dialogues.models import SessionTurn
from foundation import slots
from foundation.http import AgencyRequest
from groups.models import GroupKind, Meeting, MeetingStatus


def questions(request: AgencyRequest, meeting: Meeting) -> tuple[str, dict[str, Any]] | None:
    if meeting.group.kind != GroupKind.DIALOGUE or meeting.status != MeetingStatus.HELD:
        return None
    member = request.member
    mine = SessionTurn.objects.within(request.agency).filter(meeting=meeting, member=member)
    refusal = rules.answering_questions(
        meeting,
        member,
        attended=meeting.attendances.filter(member=member).exists(),
        answered=mine.exists(),
        on=request.agency.today(),
    )
    return ("dialogues/slots/questions.html", {"meeting": meeting}) if refusal is None else None


slots.register("groups.meeting", questions)
