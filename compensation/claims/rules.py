"""Who may claim, approve and refuse a line, and what can still be given up."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.claims.models import Claim, ClaimKind, ClaimQuerySet, ClaimStatus
from compensation.policies import TAKE_BACK
from foundation.models import Agency
from foundation.refusals import Refusal

NO_PROOF = _("A cost needs its receipt.")
NO_RATE = _(
    "What we pay for a mile in %(year)s is not entered yet. Ask an administrator to enter it, then "
    "send this again."
)
RATE_CHANGED = _("What we pay for a mile has changed since you looked. Check the new amount.")
CHANGED = _("The list has changed since you opened it. Look at it again.")


def approving(claim: Claim, by: Member) -> Refusal | None:
    if refusal := _deciding(claim, by):
        return refusal
    if claim.status != ClaimStatus.EARNED:
        return Refusal(_("This line does not wait for approval any more."), _("Reload the list."))
    return None


def _deciding(claim: Claim, by: Member) -> Refusal | None:
    if not by.may(Permission.APPROVE_PAYMENTS):
        return Refusal(
            _("Only a payment approver can approve."), _("Ask one of them to look at it.")
        )
    if claim.member_id == by.pk:
        return Refusal(
            _("You can't approve your own payment."), _("Ask another approver to do it.")
        )
    if claim.entered_by_id == by.pk:
        return Refusal(
            _("You wrote this line down, so somebody else must approve it."),
            _("Ask another approver to do it."),
        )
    return None


def returning(claim: Claim, by: Member) -> Refusal | None:
    """Sending a cost back with a question; earnings from attendance are never held up."""
    if claim.kind != ClaimKind.REIMBURSEMENT:
        return Refusal(
            _("Time that was given is paid; it can't be sent back."),
            _("If the hours are wrong, ask the facilitator to correct who came."),
        )
    if claim.amount < 0:
        return Refusal(
            _("This is what is left of an advance; it follows from what was spent."),
            _("Approve it, or let it go."),
        )
    return approving(claim, by)


def refusing(claim: Claim, by: Member) -> Refusal | None:
    """Refusing a cost, or dropping a downward correction; time that was given is always paid."""
    if claim.kind == ClaimKind.REIMBURSEMENT and claim.status == ClaimStatus.RETURNED:
        # A question that nobody answers must not stay open forever.
        return _deciding(claim, by)
    if claim.kind == ClaimKind.REIMBURSEMENT or claim.amount < 0:
        return approving(claim, by)
    return returning(claim, by)


def undoing_approval(claim: Claim, by: Member) -> Refusal | None:
    if not by.may(Permission.APPROVE_PAYMENTS):
        return Refusal(_("Only a payment approver can take an approval back."))
    if claim.member_id == by.pk:
        return Refusal(
            _("You can't change what happens to your own payment."),
            _("Ask another approver to do it."),
        )
    if claim.status != ClaimStatus.APPROVED:
        return Refusal(
            _("Only a line that is approved and not yet paid can be taken back."),
            _("A payment is undone by a reversal."),
        )
    if claim.set_offs.filter(payment__reversed_on=None).exists():
        return Refusal(_("Some of this correction was set off against a payment already."))
    if claim.kind == ClaimKind.PAY and _is_corrected(claim):
        return Refusal(
            _("A correction of this line was approved as well."),
            _("Take the approval of the correction back first."),
        )
    return None


def same_work(claim: Claim) -> ClaimQuerySet:
    """The lines for the same attendance or other work; none for a cost."""
    claims = Claim.objects.within(claim.agency)
    if claim.attendance_id is not None:
        return claims.filter(attendance=claim.attendance_id)
    if claim.other_work_id is not None:
        return claims.filter(other_work=claim.other_work_id)
    return claims.none()


def _is_corrected(claim: Claim) -> bool:
    lines = same_work(claim)
    fixed = [ClaimStatus.APPROVED, ClaimStatus.PAID, ClaimStatus.REFUSED]
    return lines.filter(kind=ClaimKind.ADJUSTMENT, status__in=fixed).exists()


def claiming_back(claim: Claim, by: Member) -> Refusal | None:
    """Resubmitting a returned cost."""
    if claim.member_id != by.pk or claim.status != ClaimStatus.RETURNED:
        return Refusal(_("Only your own line that was sent back can be sent in again."))
    return None


def withdrawing(claim: Claim, by: Member) -> Refusal | None:
    """Withdrawing one's own cost, or one entered for somebody."""
    if by.pk not in {claim.member_id, claim.entered_by_id}:
        return Refusal(_("Only the person who asked for it can take it back."))
    if claim.kind != ClaimKind.REIMBURSEMENT or claim.amount < 0:
        return Refusal(_("Only a cost can be taken back."))
    if not claim.may_become(ClaimStatus.WITHDRAWN):
        return Refusal(
            _("This was decided already."),
            _("Ask an approver if you want to change it."),
        )
    return None


def claiming_cost(member: Member, by: Member) -> Refusal | None:
    if member.pk != by.pk and not by.may(Permission.FACILITATE):
        return Refusal(
            _("Only the person, or a facilitator for them, can ask for money back."),
            _("Ask a facilitator to enter it."),
        )
    if member.erased_at is not None:
        return Refusal(
            _("This is a former member whose name was erased. Nobody could be paid."),
            _("Choose somebody else."),
        )
    return None


def proving(*, has_receipt: bool, why_not: str) -> Refusal | None:
    """A cost has a receipt, or a reason why there is none."""
    if has_receipt or why_not.strip():
        return None
    return Refusal(NO_PROOF, _("Add a photo of the receipt, or say why there is none."))


def receipts_seen_by(member: Member) -> ClaimQuerySet:
    """Lines whose receipt the member may open: their own; those who approve or pay, any."""
    claims = Claim.objects.within(member.agency)
    if member.may(Permission.APPROVE_PAYMENTS) or member.may(Permission.PAY):
        return claims
    return claims.filter(member=member)


def claiming_on_paper(member: Member, by: Member) -> Refusal | None:
    """Asking for money back for somebody without a way to sign in."""
    if refusal := claiming_cost(member, by):
        return refusal
    today = by.agency.today()
    if member.user_id is not None and (member.until is None or member.until > today):
        return Refusal(
            _("This person can sign in and ask for it themselves."),
            _("Help them to do it if they ask you."),
        )
    return None


def may_approve(by: Member) -> bool:
    return by.may(Permission.APPROVE_PAYMENTS)


def earned_and_unpaid(member: Member) -> ClaimQuerySet:
    """What the member has earned for their time and could still give up."""
    claims = Claim.objects.within(member.agency).for_time().filter(member=member, amount__gt=0)
    return claims.filter(status__in=[ClaimStatus.WAITING, ClaimStatus.EARNED, ClaimStatus.APPROVED])


def given_up(member: Member, on: date) -> ClaimQuerySet:
    """Lines the member gave up recently enough that another choice restores them."""
    claims = Claim.objects.within(member.agency).for_time().filter(member=member)
    return claims.filter(status=ClaimStatus.WAIVED, comes_back_until__gte=on)


def last_day_to_take_back(agency: Agency, on: date) -> date:
    """The last day to restore lines given up on `on`."""
    return on + TAKE_BACK.span(agency, on)


def unsettled(member: Member) -> Refusal | None:
    """Whether the person is still owed something, or could still claim it."""
    claims = Claim.objects.within(member.agency).filter(member=member)
    today = member.agency.today()
    if claims.open().exclude(amount__lt=0).exists() or given_up(member, today).exists():
        return Refusal(
            _("Payments to this person are not settled yet, so they can’t be erased now."),
            _(
                "Ask those who approve and pay to settle them, then come back. Or let them name "
                "who gets the money: on their page of payments, or a payer writes it down."
            ),
        )
    return None
