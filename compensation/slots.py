"""The last payment, on the member's home page."""

from typing import Any

from compensation.models import Payment
from foundation import slots
from foundation.addresses import at
from foundation.http import AgencyRequest


def _last_payment(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    mine = Payment.objects.within(request.agency).filter(member=request.member, reversed_on=None)
    payment = mine.order_by("-paid_on", "-pk").first()
    if payment is None:
        return None
    url = at(request.agency, "compensation:my_payments")
    return "compensation/home.html", {"payment": payment, "url": url}


slots.register("home", _last_payment)
