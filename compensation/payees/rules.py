"""Who names a payee, who reads it, and when somebody who is owed money can be erased."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.claims import rules as claim_rules
from compensation.claims.models import Claim, ClaimStatus
from compensation.payees.models import NamedPayee
from foundation.addresses import at
from foundation.refusals import Refusal


def reading(by: Member) -> Refusal | None:
    """Reading who gets the money: only those who pay."""
    if by.may(Permission.PAY):
        return None
    return Refusal(_("Only people who pay can see this."), _("Ask one of them."))


def writing_for(member: Member, by: Member) -> Refusal | None:
    """Writing it for oneself; a payer does it for somebody without a way to sign in."""
    if member.erased_at is not None:
        return Refusal(
            _("This person’s information was erased. Nothing of this can change any more.")
        )
    if member.pk == by.pk:
        return None
    if refusal := reading(by):
        return refusal
    if member.user_id is not None and not member.has_left:
        return Refusal(
            _("This person can sign in and write it down themselves."),
            _("Help them to do it if they ask you."),
        )
    return None


def naming(member: Member, by: Member) -> Refusal | None:
    """Naming somebody: as long as there is money that could go to them."""
    if refusal := writing_for(member, by):
        return refusal
    lines = Claim.objects.within(member.agency).filter(member=member)
    if lines.filter(status=ClaimStatus.WAITING).exists():
        return Refusal(
            _("We don’t know yet if this money is wanted."),
            _("Choose first about payment."),
            at(by.agency, "compensation:choose") if member.pk == by.pk else "",
            _("Choose now"),
        )
    if not lines.open().filter(amount__gt=0, donate_to=None).exists():
        return Refusal(_("There is no money on its way."), _("Nobody needs to be named."))
    return None


def taking_back(member: Member, by: Member) -> Refusal | None:
    if refusal := writing_for(member, by):
        return refusal
    if not NamedPayee.objects.within(by.agency).filter(member=member).exists():
        return Refusal(_("Nobody is named."))
    return None


def unsettled(member: Member) -> Refusal | None:
    """Whether money keeps the person from being erased: owed, and nobody named who gets it."""
    refusal = claim_rules.unsettled(member)
    if refusal is None:
        return None
    named = NamedPayee.objects.within(member.agency).filter(member=member)
    lines = Claim.objects.within(member.agency).filter(member=member)
    if named.exists() and not lines.filter(status=ClaimStatus.WAITING).exists():
        return None
    return refusal
