"""The member's next meeting, on the home page and at the end of an invitation."""

from typing import Any

from foundation import slots
from foundation.http import AgencyRequest
from groups.calendar import next_meetings


def _next_meeting(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    meeting = next_meetings(request.member, request.agency.today()).first()
    return None if meeting is None else ("groups/home.html", {"meeting": meeting})


slots.register("home", _next_meeting)
slots.register("accounts.welcome", _next_meeting)
