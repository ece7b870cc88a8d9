"""Who writes down whether somebody gave a form W-9."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.refusals import Refusal


def writing_down(member: Member, by: Member) -> Refusal | None:
    if not by.may(Permission.PAY):
        return Refusal(
            _("Only a payer writes down who gave a form W-9."), _("Ask one of them to do it.")
        )
    if member.pk == by.pk:
        return Refusal(
            _("You can’t write this down about yourself."), _("Ask another payer to do it.")
        )
    if member.erased_at is not None:
        return Refusal(_("This person’s information was erased."))
    return None
