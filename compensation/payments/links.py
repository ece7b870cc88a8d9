"""Links to payments, and the words of messages about them."""

from django.utils.translation import gettext_lazy as _

from accounts import former
from compensation.offers.links import of_money
from compensation.payments.models import Payment
from foundation import links
from notifications import notices
from notifications.topics import Topic

notices.register("payment.paid", _("You’ve been paid."), Topic.PAYMENTS)
notices.register("payment.donated", _("Your donation was paid."), Topic.PAYMENTS)
notices.register(
    "payment.reversed", _("A payment to you did not arrive. It will be made again."), Topic.PAYMENTS
)
links.register_named("payment", of_money(Payment))
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
    "compensation:withdraw",
    "compensation:came",
    "compensation:statement",
    "compensation:ask",
    "compensation:ask_line",
    "compensation:ask_payment",
    "compensation:ask_on",
    "compensation:my_questions",
)
