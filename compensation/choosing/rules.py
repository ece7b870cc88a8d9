"""Who may choose about pay, for themselves or for somebody on paper."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.offers.models import Offer
from foundation.refusals import Refusal


def choosing(member: Member) -> Refusal | None:
    """Choosing about one's pay: once it was offered."""
    if Offer.objects.within(member.agency).filter(member=member).exists():
        return None
    return Refusal(
        _("We have not offered you a payment yet."), _("You get an offer when you join a group.")
    )


def electing_for(member: Member, by: Member) -> Refusal | None:
    """Choosing for oneself, or recording the choice of somebody who can't do it here."""
    if member.pk == by.pk:
        return None
    today = by.agency.today()
    if not (by.may(Permission.FACILITATE) or by.may(Permission.MANAGE_PEOPLE)):
        return Refusal(
            _("Only the person can choose about their own pay."),
            _("For somebody on paper, a facilitator or an administrator writes it down."),
        )
    if member.user_id is not None and (member.until is None or member.until > today):
        return Refusal(
            _("This person can sign in and choose about their own pay."),
            _("Help them to do it if they ask you."),
        )
    if member.erased_at is not None:
        return Refusal(_("This person’s information was erased."))
    return None
