"""Waiting items about money for a meeting: to take out, to count back, to confirm."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.policies import FUND_AHEAD
from compensation.same_day.models import DayFund
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, page, register


def _to_take_out(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.PAY):
        return None
    soon = Q(meeting__on__gte=on, meeting__on__lte=on + timedelta(days=FUND_AHEAD.value))
    funds = DayFund.objects.within(member.agency).to_take_out().filter(soon)
    return WaitingRows(funds.exclude(approved_by=member), label="reason", due="meeting__on")


def _to_count(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.PAY):
        return None
    funds = DayFund.objects.within(member.agency).to_count().filter(meeting__on__lte=on)
    return WaitingRows(funds.filter(taken_by=member), label="reason", due="meeting__on")


def _to_confirm(member: Member, on: date) -> WaitingRows | None:
    if not (member.may(Permission.PAY) or member.may(Permission.APPROVE_PAYMENTS)):
        return None
    funds = DayFund.objects.within(member.agency).to_confirm()
    others = funds.exclude(taken_by=member).exclude(counted_by=member)
    return WaitingRows(others, label="reason", due="counted_on")


register(
    WaitingKind(
        code="payment.day_to_take",
        area=Area.PAYMENTS,
        title=_("Take money out for a meeting: %(label)s"),
        minutes=10,
        rows=_to_take_out,
        url=page("compensation:day_fund"),
    )
)
register(
    WaitingKind(
        code="payment.day_to_count",
        area=Area.PAYMENTS,
        title=_("Hand out the money for a meeting and count back the rest: %(label)s"),
        minutes=10,
        rows=_to_count,
        url=page("compensation:day_fund"),
    )
)
register(
    WaitingKind(
        code="payment.day_to_confirm",
        area=Area.PAYMENTS,
        title=_("Confirm a difference in money for a meeting: %(label)s"),
        minutes=5,
        rows=_to_confirm,
        url=page("compensation:day_fund"),
    )
)
