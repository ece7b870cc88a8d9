"""Who may enter, invite and change people."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.refusals import Refusal


def managing_people(by: Member) -> Refusal | None:
    if not by.may(Permission.MANAGE_PEOPLE):
        return Refusal(
            _("Only an administrator can change who takes part."),
            _("Ask an administrator of your agency to do it."),
        )
    return None


def managing_settings(by: Member) -> Refusal | None:
    if not by.may(Permission.MANAGE_SETTINGS):
        return Refusal(
            _("Only an administrator can change settings."),
            _("Ask an administrator of your agency to do it."),
        )
    return None
