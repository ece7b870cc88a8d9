"""Who sees and names deputies for those who approve and pay."""

from django.utils.translation import gettext_lazy as _

from accounts import lending
from accounts.models import Member
from accounts.permissions import Permission
from compensation.deputies.models import Deputy
from foundation.refusals import Refusal


def seeing_deputies(by: Member) -> Refusal | None:
    if by.may(Permission.SEE_PAYMENTS) or by.may(Permission.MANAGE_PEOPLE):
        return None
    return Refusal(
        _("Only those who approve and pay, and administrators, see who stands in for whom."),
        _("Ask one of them."),
    )


def ending_deputy(deputy: Deputy, by: Member) -> Refusal | None:
    return lending.ending_lent(deputy.grant, deputy.holder, by, by.agency.today())
