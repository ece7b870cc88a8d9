"""What the committee's own state says on the pages of other apps."""

from typing import Any

from foundation import slots
from foundation.http import AgencyRequest
from oversight.ended import last_ended


def _ended(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    """`subject`: the day that the page shows, or nothing for today."""
    found = last_ended(request.agency, subject or request.agency.today())
    return None if found is None else ("oversight/ended.html", {"ended": found})


slots.register("indicators.dashboard", _ended)
slots.register("oversight.packet", _ended)
