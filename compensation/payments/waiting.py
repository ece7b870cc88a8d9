"""Waiting items about payments: those to record, and a payer to name."""

from datetime import date

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.claims.models import Claim
from compensation.claims.waiting import batch
from compensation.payments.models import PaymentRun
from compensation.policies import TAX_ASKED_AHEAD, mile_rate, tax_reporting
from foundation.addresses import at
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRow, WaitingRows, page, register


def _to_pay(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.PAY):
        return None
    return batch(Claim.objects.within(member.agency).payable_by(member))


def _run_to_release(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.PAY):
        return None
    runs = PaymentRun.objects.within(member.agency).open().exclude(prepared_by=member)
    return WaitingRows(runs, label="people")


def _tax_to_enter(member: Member, on: date) -> WaitingRows | None:
    """The amount for tax papers of this year, or of the next one when that is near."""
    if not member.may(Permission.MANAGE_SETTINGS):
        return None
    year = (on + TAX_ASKED_AHEAD.span).year
    if tax_reporting(member.agency, year) is not None:
        return None
    me = Member.objects.within(member.agency).filter(pk=member.pk)
    return WaitingRows(me, label=Value(str(year)))


def _mile_to_enter(member: Member, on: date) -> WaitingRows | None:
    """The rate for a mile of this year, or of the next one when that is near."""
    if not member.may(Permission.MANAGE_SETTINGS):
        return None
    year = (on + TAX_ASKED_AHEAD.span).year
    if mile_rate(member.agency, max(on, date(year, 1, 1))) is not None:
        return None
    me = Member.objects.within(member.agency).filter(pk=member.pk)
    return WaitingRows(me, label=Value(str(year)))


def _nobody_pays(member: Member, on: date) -> WaitingRows | None:
    if not member.may(Permission.MANAGE_PEOPLE):
        return None
    return batch(Claim.objects.within(member.agency).nobody_pays(on))


register(
    WaitingKind(
        code="payment.run_to_release",
        area=Area.PAYMENTS,
        title=_("Release payments that somebody prepared: %(label)s"),
        minutes=5,
        rows=_run_to_release,
        url=page("compensation:payment_run"),
    )
)
register(
    WaitingKind(
        code="payment.to_pay",
        area=Area.PAYMENTS,
        title=_("Record payments that were made"),
        minutes=5,
        rows=_to_pay,
        url=lambda member, row: _page("to_pay", member, row),
    )
)
register(
    WaitingKind(
        code="payment.tax_to_enter",
        title=_("Enter from which pay tax papers follow in %(label)s"),
        area=Area.PEOPLE,
        minutes=10,
        rows=_tax_to_enter,
        url=lambda member, row: at(member.agency, "indicators:settings"),
    )
)
register(
    WaitingKind(
        code="payment.nobody_pays",
        title=_("Name a further payer: a payment waits that no one may pay"),
        area=Area.PEOPLE,
        minutes=5,
        rows=_nobody_pays,
        url=lambda member, row: at(member.agency, "accounts:people"),
    )
)


def _page(name: str, member: Member, row: WaitingRow) -> str:
    return at(member.agency, f"compensation:{name}")


register(
    WaitingKind(
        code="payment.mile_to_enter",
        title=_("Enter what is paid for a mile in %(label)s"),
        area=Area.PEOPLE,
        minutes=10,
        rows=_mile_to_enter,
        url=lambda member, row: at(member.agency, "indicators:settings"),
    )
)
