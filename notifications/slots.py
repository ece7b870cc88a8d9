"""That the member is away, on top of home, and what came in; a link on a person's own page."""

from datetime import timedelta
from typing import Any

from foundation import slots
from foundation.forms import PortalForm
from foundation.http import AgencyRequest
from foundation.presenting import written
from notifications import rules
from notifications.policies import BACK
from notifications.while_away import came_while_away


def _away(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    """While somebody is away, and for a time after; nobody else's page asks the database."""
    away, today = request.member.time_away, request.agency.today()
    if away is None:
        return None
    if away.holds(today):
        until = "" if away.until is None else written(away.until)
        return "notifications/away.html", {"until": until, "back_form": PortalForm()}
    if away.until is None or today >= away.until + BACK.span:
        return None
    count = came_while_away(request.member).count()
    if not count:
        return None
    days = {"since": written(away.since), "last": written(away.until - timedelta(days=1))}
    return "notifications/came_while_away.html", {"count": count, **days}


def _own(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    if rules.having_texts(request.member) is not None:
        return None
    return "notifications/to_texts.html", {}


slots.register("home.top", _away)
slots.register("accounts.me", _own)
