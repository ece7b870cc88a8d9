"""Who may see the approval and payment lists, and the ledger."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.refusals import Refusal


def working_with_payments(by: Member) -> Refusal | None:
    if not by.may(Permission.SEE_PAYMENTS):
        return Refusal(
            _("Only those who approve and pay can see this page."),
            _("Your own payments are under “My payments”."),
        )
    return None
