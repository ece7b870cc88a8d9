"""Waiting items: payments that did not come, for payers, and how many are late."""

from datetime import date

from django.db.models import Count, Min
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.receiving.models import Arrival
from foundation.addresses import at
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, page, register


def _to_find(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.PAY):
        return None
    missing = Arrival.objects.within(member.agency).to_find().exclude(member=member)
    return WaitingRows(missing, label="member__shown_name", due="due_on", subject="payment_id")


def _late(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.MANAGE_PEOPLE):
        return None
    late = Arrival.objects.within(member.agency).to_find().filter(due_on__lt=on)
    counted = late.order_by().values("agency").annotate(first=Min("pk"), n=Count("pk"))
    return WaitingRows(counted, label="n", subject="first")


register(
    WaitingKind(
        code="payment.to_find",
        area=Area.PAYMENTS,
        title=_("Look for a payment that did not come: %(label)s"),
        minutes=10,
        rows=_to_find,
        url=page("compensation:found"),
    )
)
register(
    WaitingKind(
        code="payment.to_find_late",
        area=Area.PEOPLE,
        title=_("Payments that did not come and are not answered in time: %(label)s"),
        minutes=5,
        rows=_late,
        url=lambda member, row: at(member.agency, "accounts:people"),
    )
)
