"""Who may set, offer, claim, approve and pay; claimant, approver and payer are three people."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.models import Claim, ClaimStatus, Payment, PlanVersion
from foundation.refusals import Refusal

CHANGED = _("The list has changed since you opened it. Look at it again.")


def managing_plan(by: Member) -> Refusal | None:
    if not by.may(Permission.MANAGE_COMPENSATION):
        return Refusal(
            _("Only an administrator can change the payment plan."),
            _("Bring your wish to the oversight committee."),
        )
    return None


def editing_plan(version: PlanVersion, by: Member) -> Refusal | None:
    if refusal := managing_plan(by):
        return refusal
    if version.since is not None:
        return Refusal(
            _("A plan that was adopted is not changed any more."),
            _("Write a new version; it takes its place on the day it is adopted."),
        )
    if version.ratification_id is not None:
        return Refusal(
            _("The oversight committee is deciding on this version."),
            _("Withdraw the proposal first, or write a new version."),
        )
    return None


def adopting(version: PlanVersion, by: Member) -> Refusal | None:
    if refusal := managing_plan(by):
        return refusal
    if version.since is not None:
        return Refusal(_("This version was adopted before."), _("Write a new version."))
    return None


def seeking_ratification(version: PlanVersion, by: Member) -> Refusal | None:
    if refusal := managing_plan(by):
        return refusal
    if version.ratified_on is not None:
        return Refusal(_("The oversight committee ratified this version."))
    return None


def seeing_payments_of(member: Member, reader: Member) -> Refusal | None:
    if member.pk != reader.pk and not reader.may(Permission.SEE_PAYMENTS):
        return Refusal(
            _("Payments are seen only by the person and by those who approve and pay."),
            _("Your own are under “My payments”."),
        )
    return None


def working_with_payments(by: Member) -> Refusal | None:
    if not by.may(Permission.SEE_PAYMENTS):
        return Refusal(
            _("Only those who approve and pay can see this page."),
            _("Your own payments are under “My payments”."),
        )
    return None


def approving(claim: Claim, by: Member) -> Refusal | None:
    if not by.may(Permission.APPROVE_PAYMENTS):
        return Refusal(
            _("Only a payment approver can approve."), _("Ask one of them to look at it.")
        )
    if claim.member_id == by.pk:
        return Refusal(
            _("You can't approve your own payment."), _("Ask another approver to do it.")
        )
    if claim.status != ClaimStatus.EARNED:
        return Refusal(_("This line does not wait for approval any more."), _("Reload the list."))
    return None


def returning(claim: Claim, by: Member) -> Refusal | None:
    """Sending a cost back with a question. What attendance earned is never blocked."""
    if claim.attendance_id is not None:
        return Refusal(
            _("Time that was given is paid; it can't be sent back."),
            _("If the hours are wrong, ask the facilitator to correct who came."),
        )
    return approving(claim, by)


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
    return None


def paying(claim: Claim, by: Member) -> Refusal | None:
    if not by.may(Permission.PAY):
        return Refusal(_("Only a payer can record a payment."), _("Ask one of them to do it."))
    if claim.member_id == by.pk:
        return Refusal(_("You can't pay yourself."), _("Ask another payer to do it."))
    if claim.approved_by_id == by.pk:
        return Refusal(
            _("You approved this line, so somebody else must pay it."),
            _("Ask another payer to do it."),
        )
    if claim.status != ClaimStatus.APPROVED:
        return Refusal(_("This line does not wait for payment."), _("Reload the list."))
    return None


def reversing(payment: Payment, by: Member) -> Refusal | None:
    if not by.may(Permission.PAY):
        return Refusal(_("Only a payer can undo a payment."), _("Ask one of them to do it."))
    if payment.member_id == by.pk:
        return Refusal(_("You can't undo a payment to yourself."), _("Ask another payer to do it."))
    if payment.reversed_on is not None:
        return Refusal(_("This payment was undone before."), _("Pay the lines again instead."))
    return None


def claiming_back(claim: Claim, by: Member) -> Refusal | None:
    """Sending a returned cost in again."""
    if claim.member_id != by.pk or claim.status != ClaimStatus.RETURNED:
        return Refusal(_("Only your own line that was sent back can be sent in again."))
    return None


def claiming_cost(member: Member, by: Member) -> Refusal | None:
    if member.pk != by.pk and not by.may(Permission.FACILITATE):
        return Refusal(
            _("Only the person, or a facilitator for them, can ask for money back."),
            _("Ask a facilitator to enter it."),
        )
    return None


def may_approve(by: Member) -> bool:
    return by.may(Permission.APPROVE_PAYMENTS)


def may_pay(by: Member) -> bool:
    return by.may(Permission.PAY)
