"""What the committee's own state says on the pages of other apps."""

from typing import Any

from foundation import slots
from foundation.http import AgencyRequest
from oversight import rules
from oversight.ended import last_ended
from oversight.models import Recommendation


def _ended(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    """`subject`: the day that the page shows, or nothing for today."""
    found = last_ended(request.agency, subject or request.agency.today())
    return None if found is None else ("oversight/ended.html", {"ended": found})


def _promises(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    """How many promises of management are overdue on the day, of those that the reader may know."""
    rows = Recommendation.objects.within(request.agency).overdue(subject or request.agency.today())
    if not any(request.member.may(each) for each in rules.READ_ALL):
        rows = rows.public()
    count = rows.count()
    return ("oversight/overdue.html", {"count": count}) if count else None


slots.register("indicators.dashboard", _ended)
slots.register("indicators.dashboard", _promises)
slots.register("oversight.packet", _ended)
