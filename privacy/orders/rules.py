"""Who may enter legal orders, and write down how they were answered."""

from django.utils.translation import gettext_lazy as _

from accounts import rules as account_rules
from accounts.models import Member
from foundation.refusals import Refusal
from privacy.orders.models import LegalOrder

ABOUT_YOU = Refusal(
    _("This is about you, so somebody else has to do it."),
    _("Ask another administrator."),
)


def keeping_orders(by: Member) -> Refusal | None:
    return account_rules.managing_settings(by)


def settling(order: LegalOrder, by: Member) -> Refusal | None:
    """Answering an order, or telling the person it is about."""
    if refusal := keeping_orders(by):
        return refusal
    return ABOUT_YOU if order.member_id == by.pk else None


def answering(order: LegalOrder, by: Member) -> Refusal | None:
    if refusal := settling(order, by):
        return refusal
    if order.answered_on is not None:
        return Refusal(_("This order has been answered."), _("The answer stays on record."))
    return None


def telling(order: LegalOrder, by: Member) -> Refusal | None:
    """Writing down whether the person was told; a ban on telling can end."""
    if refusal := settling(order, by):
        return refusal
    if order.told and order.told != "forbidden":
        return Refusal(_("It is already written down whether they were told."))
    return None
