"""Who gets texts, and who sees whether they leave."""

from django.utils.translation import gettext as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.refusals import Refusal
from notifications import gateway


def having_texts(by: Member) -> Refusal | None:
    """Getting texts: everybody who takes part, if the installation can send any."""
    if by.has_left:
        return Refusal(
            _("You don’t take part any more."), _("What was yours here stays open to you.")
        )
    if not gateway.is_there():
        return Refusal(_("We can’t send texts here."), _("You can still get e-mail."))
    return None


def seeing_texts(by: Member) -> Refusal | None:
    """Seeing whether texts leave; nothing of who gets any."""
    if not by.may(Permission.MANAGE_SETTINGS):
        return Refusal(_("Only administrators see this."), _("Ask one of them."))
    return None
