"""Who may set and end legal holds."""

from django.utils.translation import gettext_lazy as _

from accounts import rules as account_rules
from accounts.models import Member
from foundation.refusals import Refusal
from privacy.holds.models import LegalHold
from privacy.orders.rules import ABOUT_YOU


def keeping_holds(by: Member) -> Refusal | None:
    return account_rules.managing_settings(by)


def ending(hold: LegalHold, by: Member) -> Refusal | None:
    """Ending a hold lets things be deleted: never by the person whom it is about."""
    if refusal := keeping_holds(by):
        return refusal
    if hold.member_id == by.pk:
        return ABOUT_YOU
    if hold.until is not None:
        return Refusal(_("This hold has ended."), _("You can set a new one."))
    return None
