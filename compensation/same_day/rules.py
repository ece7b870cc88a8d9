"""Who pre-approves, takes out, hands out, counts back and confirms; never one person for two."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.claims import rules as claim_rules
from compensation.claims.models import Claim, ClaimKind, ClaimStatus
from compensation.ledger import rules as ledger_rules
from compensation.same_day.models import DayFund, Handout
from foundation.refusals import Refusal
from groups.models import Meeting, MeetingStatus

RELOAD = _("Reload the page.")


def pre_approving(by: Member) -> Refusal | None:
    if not by.may(Permission.APPROVE_PAYMENTS):
        return Refusal(
            _("Only a payment approver can approve money for a meeting."),
            _("Ask one of them to do it."),
        )
    return None


def pre_approving_for(meeting: Meeting, by: Member) -> Refusal | None:
    if refusal := pre_approving(by):
        return refusal
    if meeting.status == MeetingStatus.CANCELLED:
        return Refusal(_("This meeting was cancelled."), _("Choose another one."))
    if meeting.on < by.agency.today():
        return Refusal(
            _("This meeting is over."), _("What was earned there is approved and paid as usual.")
        )
    return None


def withdrawing(fund: DayFund, by: Member) -> Refusal | None:
    """Taking a pre-approval back, before anybody has the money."""
    if refusal := pre_approving(by):
        return refusal
    if fund.withdrawn_on is not None or fund.taken_on is not None:
        return Refusal(_("The money was taken out, or this was withdrawn before."), RELOAD)
    return None


def taking_out(fund: DayFund, by: Member) -> Refusal | None:
    if not by.may(Permission.PAY):
        return Refusal(_("Only a payer can take the money out."), _("Ask one of them to do it."))
    if fund.approved_by_id == by.pk:
        return Refusal(
            _("You approved this money, so somebody else takes it out."),
            _("Ask another payer to do it."),
        )
    if fund.withdrawn_on is not None or fund.taken_on is not None:
        return Refusal(_("This money was withdrawn, or taken out before."), RELOAD)
    return None


def handing_out(fund: DayFund, by: Member) -> Refusal | None:
    if not by.may(Permission.PAY) or fund.taken_by_id != by.pk:
        return Refusal(
            _("Only the payer who took the money out can hand it out."),
            _("Whoever is not paid on the day is paid as usual."),
        )
    if fund.counted_on is not None:
        return Refusal(_("This money was counted back."), _("Whoever is left is paid as usual."))
    if fund.meeting.on > by.agency.today():
        return Refusal(_("The meeting is still to come."), _("Come back on its day."))
    return None


def handing(claim: Claim, fund: DayFund) -> Refusal | None:
    """Whether this money can be for this line: the three people, whoever stands at the table.

    Pay is approved by whoever approved the money; a cost was approved before, by its receipt.
    """
    if claim.kind == ClaimKind.REIMBURSEMENT:
        if claim.status != ClaimStatus.APPROVED:
            return Refusal(_("Nobody has approved this cost."), _("It is paid as usual."))
    elif refusal := claim_rules.approving(claim, fund.approved_by):
        return refusal
    hands = {claim.member_id, claim.entered_by_id, claim.corrected_by_id, claim.approved_by_id}
    if fund.taken_by_id in hands:
        return Refusal(_("Somebody else pays this line."), _("It is paid as usual."))
    if claim.donate_to_id is not None:
        return Refusal(_("This is donated."), _("It is paid as usual."))
    return None


def counting_back(fund: DayFund, by: Member) -> Refusal | None:
    """The payer who has the money counts it, or another one for them; never who approved it."""
    if not by.may(Permission.PAY):
        return Refusal(_("Only a payer counts the money back."), _("Ask one of them to do it."))
    if fund.approved_by_id == by.pk:
        return Refusal(
            _("You approved this money, so somebody else counts it back."),
            _("Ask another payer to do it."),
        )
    if fund.taken_on is None or fund.counted_on is not None:
        return Refusal(_("There is no money to count back."), RELOAD)
    return None


def confirming(fund: DayFund, by: Member) -> Refusal | None:
    """A second person says that they saw the difference, too."""
    if not (by.may(Permission.PAY) or by.may(Permission.APPROVE_PAYMENTS)):
        return Refusal(_("Only those who approve or pay confirm this."), _("Ask one of them."))
    if by.pk in {fund.taken_by_id, fund.counted_by_id}:
        return Refusal(
            _("You had the money or counted it, so somebody else confirms the difference."),
            _("Ask somebody else who approves or pays."),
        )
    if not fund.difference_reason or fund.confirmed_on is not None:
        return Refusal(_("There is nothing to confirm."), RELOAD)
    return None


def seeing_differences(by: Member) -> Refusal | None:
    """The oversight committee, and those who work with payments."""
    if by.may(Permission.OVERSEE):
        return None
    return ledger_rules.working_with_payments(by)


def seeing_signature(handout: Handout, by: Member) -> bool:
    """Only the person themselves, who approved it and who paid it."""
    return by.pk in {handout.member_id, handout.fund.approved_by_id, handout.payment.paid_by_id}
