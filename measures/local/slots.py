"""The agency's own indicators below the seven, on the dashboard and on paper."""

from datetime import date

from foundation import slots
from foundation.http import AgencyRequest
from measures.local import rules
from measures.local.presenting import local_cards


def _on_dashboard(request: AgencyRequest, subject: date | None) -> slots.Filled | None:
    """As of the day `subject`, or today; nothing without any, but for who may define one."""
    today = request.agency.today()
    cards = local_cards(request.agency, request.member, subject or today)
    may_define = rules.defining(request.member) is None and not subject
    if not cards and not may_define:
        return None
    return "measures/local/on_dashboard.html", {"cards": cards, "may_define": may_define}


slots.register("indicators.own", _on_dashboard)
