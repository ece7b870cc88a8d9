"""Who may pay, set off and undo a payment; claimant, approver and payer are three people."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.claims.models import Claim, ClaimStatus
from compensation.payments.models import Payment, PaymentRun
from compensation.policies import RUNS_NEED_TWO
from foundation.refusals import Refusal

IN_PARTS = _(
    "Somebody asked for less pay in one month than this. What goes beyond it is paid in a later "
    "month. Look at the list again."
)


def paying(claim: Claim, by: Member, *, setting: bool = False) -> Refusal | None:
    if not by.may(Permission.PAY):
        return Refusal(_("Only a payer can record a payment."), _("Ask one of them to do it."))
    if refusal := having_part(claim, by):
        return refusal
    if not claim.may_become(ClaimStatus.PAID):
        return Refusal(_("This line does not wait for payment."), _("Reload the list."))
    if claim.amount < 0 and not setting:
        return Refusal(
            _("Nothing is paid for a correction downward."),
            _("It is set off when the person is paid next."),
        )
    return None


def having_part(claim: Claim, by: Member) -> Refusal | None:
    """Whether somebody had a part in what a line comes to, so that another person pays it."""
    if claim.member_id == by.pk:
        return Refusal(_("You can't pay yourself."), _("Ask another payer to do it."))
    if claim.approved_by_id == by.pk:
        return Refusal(
            _("You approved this line, so somebody else must pay it."),
            _("Ask another payer to do it."),
        )
    if claim.entered_by_id == by.pk:
        return Refusal(
            _("You wrote this line down, so somebody else must pay it."),
            _("Ask another payer to do it."),
        )
    if claim.corrected_by_id == by.pk:
        return Refusal(
            _("You corrected the hours of this line, so somebody else must pay it."),
            _("Ask another payer to do it."),
        )
    return None


def setting_off(claim: Claim, by: Member) -> Refusal | None:
    """Whether this payer's payment may set the correction off: not if they approved it."""
    return paying(claim, by, setting=True)


def releasing_with(correction: Claim, by: Member) -> Refusal | None:
    """Releasing a run of which somebody's pay is less by this correction.

    Payments that one person records leave it to another payer; a run deducts it, or is not paid.
    """
    if setting_off(correction, by) is None:
        return None
    return Refusal(
        _("You approved a correction that these payments deduct, or wrote it down."),
        _("Ask another payer to release them."),
    )


def paying_directly(by: Member) -> Refusal | None:
    """Recording payments that nobody prepared before."""
    if not by.may(Permission.PAY):
        return Refusal(_("Only a payer can record a payment."), _("Ask one of them to do it."))
    if RUNS_NEED_TWO.value(by.agency, by.agency.today()):
        return Refusal(
            _("Here, one person prepares payments, and another one releases them."),
            _("Prepare them as a run, and ask another payer to release it."),
        )
    return None


def preparing(by: Member) -> Refusal | None:
    if not by.may(Permission.PAY):
        return Refusal(_("Only a payer can prepare payments."), _("Ask one of them to do it."))
    return None


def changing_run(run: PaymentRun, by: Member) -> Refusal | None:
    """Dropping a run, or preparing it again."""
    if refusal := preparing(by):
        return refusal
    if not run.is_open:
        return Refusal(_("This run was released or dropped before."), _("Reload the page."))
    return None


def releasing(run: PaymentRun, by: Member) -> Refusal | None:
    if refusal := changing_run(run, by):
        return refusal
    if run.prepared_by_id == by.pk:
        return Refusal(
            _("You prepared this run, so somebody else releases it."),
            _("Ask another payer to do it."),
        )
    return None


def reversing(payment: Payment, by: Member) -> Refusal | None:
    if not by.may(Permission.PAY):
        return Refusal(_("Only a payer can undo a payment."), _("Ask one of them to do it."))
    if payment.member_id == by.pk:
        return Refusal(_("You can't undo a payment to yourself."), _("Ask another payer to do it."))
    if payment.reversed_on is not None:
        return Refusal(_("This payment was undone before."), _("Pay the lines again instead."))
    return None


def may_pay(by: Member) -> bool:
    return by.may(Permission.PAY)
