"""Links to payments, and the words of messages about them."""

from django.db.models import Value
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts import former
from accounts.models import Member
from accounts.permissions import Permission
from compensation.offers.links import of_money
from compensation.payments.models import Payment, PaymentRun, PaymentRunQuerySet
from foundation import links
from foundation.links import Named
from notifications import notices
from notifications.topics import Topic


def _runs(reader: Member) -> PaymentRunQuerySet:
    rows = PaymentRun.objects.within(reader.agency)
    return rows if reader.may(Permission.SEE_PAYMENTS) else rows.none()


notices.register("payment.paid", _("You’ve been paid."), Topic.PAYMENTS)
notices.register("payment.donated", _("Your donation was paid."), Topic.PAYMENTS)
notices.register(
    "payment.reversed", _("A payment to you did not arrive. It will be made again."), Topic.PAYMENTS
)
links.register_named("payment", of_money(Payment))
links.register_named(
    "payment_run",
    Named("compensation:payment_run", _runs, Value(""), lambda _name: _t("Prepared payments")),
)
former.register(
    "compensation:my_payments",
    _("My payments"),
    _("What you earned, what was paid, and what is still to come."),
    "compensation:choose",
    "compensation:decline",
    "compensation:donate",
    "compensation:claim_cost",
    "compensation:claim_again",
    "compensation:receipt",
    "compensation:settle",
    "compensation:withdraw",
    "compensation:came",
    "compensation:statement",
    "compensation:ask",
    "compensation:ask_line",
    "compensation:ask_payment",
    "compensation:ask_on",
    "compensation:my_questions",
)
