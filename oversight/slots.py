"""The state of the committee on other apps' pages, and what it has asked on the home page."""

from datetime import date
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.permissions import Permission
from foundation import slots
from foundation.http import AgencyRequest
from oversight.ended import last_ended
from oversight.models import Recommendation, RecommendationStatus

QUEUED_FOR = (Permission.OVERSEE, Permission.ANSWER_FOR_MANAGEMENT)


def _ended(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    """`subject` is the day the page shows, or None for today."""
    found = last_ended(request.agency, subject or request.agency.today())
    return None if found is None else ("oversight/ended.html", {"ended": found})


def _overdue(request: AgencyRequest, subject: date | None) -> slots.Filled | None:
    """How many recommendations are overdue, hidden from nobody.

    Today that is any stage, whoever has to act; of a past day, management's promises are known.
    """
    rows = Recommendation.objects.within(request.agency)
    today = request.agency.today()
    day = subject or today
    past = day != today
    count = rows.overdue(day).count() if past else rows.late(today).count()
    return ("oversight/overdue.html", {"count": count, "past": past}) if count else None


def _queue(request: AgencyRequest, subject: object) -> slots.Filled | None:
    """How many recommendations are where, for those who ask them and those who answer."""
    if not any(request.member.may(each) for each in QUEUED_FOR):
        return None
    rows = Recommendation.objects.within(request.agency)
    going_on = rows.exclude(status=RecommendationStatus.CLOSED).order_by()
    counts = dict(going_on.values_list("status").annotate(n=Count("pk")))
    if not counts:
        return None
    lines = [(str(each.label), counts[each]) for each in RecommendationStatus if each in counts]
    if overdue := rows.late(request.agency.today()).count():
        lines.append((_("Overdue"), overdue))
    return "oversight/queue.html", {"lines": lines}


slots.register("desk", _queue)
slots.register("indicators.dashboard", _ended)
slots.register("indicators.dashboard", _overdue)
slots.register("oversight.packet", _ended)
