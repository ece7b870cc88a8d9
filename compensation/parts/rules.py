"""Who asks to be paid in parts, and who sees it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.offers.models import Offer
from foundation.refusals import Refusal


def seeing(by: Member) -> Refusal | None:
    """Seeing who wants to be paid in parts: only those who pay."""
    if by.may(Permission.PAY):
        return None
    return Refusal(_("Only people who pay can see this."), _("Ask one of them."))


def wishing(member: Member, by: Member) -> Refusal | None:
    """Asking for it oneself; a payer writes it down for somebody without a way to sign in."""
    if member.erased_at is not None:
        return Refusal(_("This person’s information was erased."))
    if member.pk != by.pk:
        if refusal := seeing(by):
            return refusal
        if member.user_id is not None and not member.has_left:
            return Refusal(
                _("This person can sign in and ask for it themselves."),
                _("Help them to do it if they ask you."),
            )
    if not Offer.objects.within(member.agency).filter(member=member).exists():
        return Refusal(
            _("No payment was offered yet."), _("People get an offer when they join a group.")
        )
    return None
