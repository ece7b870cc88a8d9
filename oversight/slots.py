"""The state of the committee on other apps' pages."""

from typing import Any

from foundation import slots
from foundation.http import AgencyRequest
from oversight import rules
from oversight.ended import last_ended
from oversight.models import Recommendation


def _ended(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    """`subject` is the day the page shows, or None for today."""
    found = last_ended(request.agency, subject or request.agency.today())
    return None if found is None else ("oversight/ended.html", {"ended": found})


def _promises(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    """How many of management's promises known to the reader are overdue that day."""
    rows = Recommendation.objects.within(request.agency).overdue(subject or request.agency.today())
    if not any(request.member.may(each) for each in rules.READ_ALL):
        rows = rows.public()
    count = rows.count()
    return ("oversight/overdue.html", {"count": count}) if count else None


slots.register("indicators.dashboard", _ended)
slots.register("indicators.dashboard", _promises)
slots.register("oversight.packet", _ended)
