"""Who says whether a payment came, who writes it down for them, and who answers."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.claims.models import Claim
from compensation.payments.models import Payment
from compensation.receiving.models import Arrival, ArrivalKind
from foundation.refusals import Refusal


def telling(payment: Payment, kind: str, last: Arrival | None, by: Member) -> Refusal | None:
    """Saying that a payment came or did not; `last`: what was said about it before."""
    if payment.member_id != by.pk and (refusal := telling_for(payment.member, by)):
        return refusal
    if payment.member_id != by.pk and _handled(payment, by):
        return Refusal(
            _("You paid or approved this, so somebody else writes down whether it came."),
            _("Ask a facilitator or an administrator who had no part in it."),
        )
    if not _handed_over(payment):
        return Refusal(
            _("This payment was undone, or no money went to the person."),
            _("Look at what is still to come."),
        )
    if last is not None and last.kind == kind:
        return Refusal(_("We have this already."), _("Reload the page."))
    return None


def telling_for(member: Member, by: Member) -> Refusal | None:
    """Writing down what somebody without a way to sign in said about a payment."""
    if not (by.may(Permission.FACILITATE) or by.may(Permission.MANAGE_PEOPLE)):
        return Refusal(
            _("Only the person can say if their money came."),
            _("For somebody on paper, a facilitator or an administrator writes it down."),
        )
    today = by.agency.today()
    if member.user_id is not None and (member.until is None or member.until > today):
        return Refusal(
            _("This person can sign in and say it themselves."),
            _("Help them to do it if they ask you."),
        )
    if member.erased_at is not None:
        return Refusal(_("This person’s information was erased."))
    return None


def answering(payment: Payment, last: Arrival | None, by: Member) -> Refusal | None:
    """Answering somebody whose payment did not come."""
    if not by.may(Permission.PAY):
        return Refusal(_("Only a payer can answer this."), _("Ask one of them to do it."))
    if payment.member_id == by.pk:
        return Refusal(
            _("You can't answer about your own payment."), _("Ask another payer to do it.")
        )
    if payment.reversed_on is not None or last is None or last.kind != ArrivalKind.MISSING:
        return Refusal(_("This does not wait for an answer any more."), _("Reload the list."))
    return None


def _handed_over(payment: Payment) -> bool:
    """Whether money went to the member, as far as the books know."""
    return payment.reversed_on is None and payment.donated_to_id is None and payment.amount > 0


def _handled(payment: Payment, by: Member) -> bool:
    lines = Claim.objects.within(payment.agency).filter(payment=payment, approved_by=by)
    return payment.paid_by_id == by.pk or lines.exists()
