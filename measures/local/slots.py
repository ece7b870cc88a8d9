"""The agency's own indicators below the seven: on the dashboard, on paper and in reviews."""

from datetime import date

from foundation import slots
from foundation.http import AgencyRequest
from foundation.models import Agency
from indicators import own
from indicators.own import OwnIndicator
from measures.local import rules
from measures.local.evaluating import standing
from measures.local.models import LocalReaders
from measures.local.presenting import local_cards


def _on_dashboard(request: AgencyRequest, subject: date | None) -> slots.Filled | None:
    """As of the day `subject`, or today; nothing without any, but for who may define one."""
    today = request.agency.today()
    cards = local_cards(request.agency, request.member, subject or today)
    may_define = rules.defining(request.member) is None and not subject
    if not cards and not may_define:
        return None
    return "measures/local/on_dashboard.html", {"cards": cards, "may_define": may_define}


def _on_paper(request: AgencyRequest, subject: date) -> slots.Filled | None:
    cards = local_cards(request.agency, request.member, subject)
    return ("measures/local/on_paper.html", {"cards": cards}) if cards else None


def _frozen(agency: Agency, on: date) -> list[OwnIndicator]:
    """What a review keeps of them."""
    return [
        OwnIndicator(
            name=each.version.name,
            goal=each.goal,
            status=each.status.value,
            value=each.shown,
            said=each.said_of_nobody,
            everybody=each.version.readers == LocalReaders.EVERYBODY,
        )
        for each in standing(agency, on)
    ]


slots.register("indicators.own", _on_dashboard)
slots.register("indicators.own_on_paper", _on_paper)
own.register(_frozen)
