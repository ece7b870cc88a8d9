"""The last payment, on the member's home page; the hourly rate, in an invitation."""

from typing import Any

from compensation.payments.models import Payment
from compensation.plan.models import PlanVersion
from foundation import slots
from foundation.addresses import at
from foundation.http import AgencyRequest


def _last_payment(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    mine = Payment.objects.within(request.agency).filter(member=request.member, reversed_on=None)
    payment = mine.select_related("donated_to").order_by("-paid_on", "-pk").first()
    if payment is None:
        return None
    url = at(request.agency, "compensation:my_payments")
    return "compensation/payments/home.html", {"payment": payment, "url": url}


def _rate(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    plan = PlanVersion.objects.within(request.agency).in_force(request.agency.today()).first()
    return None if plan is None else ("compensation/plan/rate.html", {"plan": plan})


slots.register("home", _last_payment)
slots.register("accounts.invitation", _rate)
