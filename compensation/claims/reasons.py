"""The usual reasons for sending a cost back or refusing it, as its member reads them."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import Member

OTHER = "other"
REASONS = {
    "receipt": _("The receipt is missing, or we can’t read it."),
    "unclear": _("We don’t know what this was for."),
    "amount": _("The amount is not the one on the receipt."),
    "day": _("The day is not the one on the receipt."),
    "twice": _("It looks like you asked for this before."),
    "covered": _("Our payment plan does not pay for this."),
}


def told(code: str, words: str, member: Member) -> str:
    """The reason in the member's language, then the approver's own words."""
    with translation.override(member.language):
        usual = str(REASONS.get(code, ""))
    return " ".join(filter(None, (usual, words.strip())))
