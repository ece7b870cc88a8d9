"""Who closes the books, and up to which day."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.ledger import rules as ledger_rules
from compensation.periods.models import AccountingPeriod, Hand
from foundation.refusals import Refusal

HANDS = {Hand.APPROVER: Permission.APPROVE_PAYMENTS, Hand.PAYER: Permission.PAY}


def hands(by: Member) -> list[Hand]:
    """The sides that this member can stand for."""
    return [hand for hand, permission in HANDS.items() if by.may(permission)]


def asking(by: Member) -> Refusal | None:
    if refusal := ledger_rules.working_with_payments(by):
        return refusal
    if not hands(by):
        return Refusal(
            _("Only those who approve or pay can close the books."), _("Ask one of them.")
        )
    return None


def not_over(last: date, today: date) -> bool:
    """Whether somebody could still post on a day of the period."""
    return last >= today


def closing(period: AccountingPeriod, by: Member) -> Refusal | None:
    """A second person, from the other side of the money, closes it."""
    if refusal := asking(by):
        return refusal
    if period.closed_on is not None:
        return Refusal(_("These books are closed already."), _("Reload the page."))
    if period.taken_back_on is not None:
        return Refusal(_("Nobody asks to close these books any more."), _("Ask again yourself."))
    if period.asked_by_id == by.pk:
        return Refusal(
            _("You asked for it, so somebody else closes the books."),
            _("One person who approves and one who pays close them together."),
        )
    if not {*HANDS} - {Hand(period.asked_as)} <= {*hands(by)}:
        return Refusal(
            _("The second person has to come from the other side of the money.")
            if hands(by)
            else _("Only those who approve or pay can close the books."),
            _("One person who approves and one who pays close them together."),
        )
    return None


def taking_back(period: AccountingPeriod, by: Member) -> Refusal | None:
    """Stopping what one was asked to close, or asked for oneself."""
    if refusal := asking(by):
        return refusal
    if period.closed_on is not None:
        return Refusal(
            _("These books are closed for good."),
            _("What was wrong in them is set right by a posting of today."),
        )
    if period.taken_back_on is not None:
        return Refusal(_("This was stopped before."), _("Reload the page."))
    return None
