"""The last payment, on the member's home page; the hourly rate, in an invitation."""

from datetime import date
from typing import Any

from accounts.anybody import kept
from accounts.models import Member
from compensation.payments.models import Payment
from compensation.plan.models import PlanVersion
from foundation import slots
from foundation.addresses import at
from foundation.http import AgencyRequest
from foundation.models import TenantQuerySet


def _last_payment(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    url = at(request.agency, "compensation:my_payments")
    for payment in kept(_payment, request.member, request.agency.today()):
        return "compensation/payments/home.html", {"payment": payment, "url": url}
    return None


def _payment(member: Member, on: date) -> TenantQuerySet[Payment]:
    mine = Payment.objects.within(member.agency).filter(member=member, reversed_on=None)
    return mine.select_related("donated_to").order_by("-paid_on", "-pk")[:1]


def _rate(request: AgencyRequest, subject: object) -> tuple[str, dict[str, Any]] | None:
    plan = PlanVersion.objects.within(request.agency).in_force(request.agency.today()).first()
    return None if plan is None else ("compensation/plan/rate.html", {"plan": plan})


slots.register("home", _last_payment)
slots.register("beside", _last_payment)
slots.register("accounts.invitation", _rate)
