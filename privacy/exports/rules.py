"""Who may have a copy of what is kept about them."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.refusals import Refusal
from privacy.exports.models import DataCopy


def asking(by: Member, before: DataCopy | None) -> Refusal | None:
    """Everybody may ask for their own copy, one at a time."""
    if before is None:
        return None
    if before.ready_at is None:
        return Refusal(
            _("Your copy is being made."), _("You’ll get a message as soon as it’s ready.")
        )
    return Refusal(
        _("You have a copy already."), _("Delete it first. Then you can ask for a new one.")
    )


def opening(copy: DataCopy, by: Member, on: date) -> Refusal | None:
    """Only the person whose data it holds, until it expires."""
    if copy.member_id != by.pk:
        return Refusal(_("Only the person whose information it is can open this."))
    if copy.expires_on is None:
        return Refusal(
            _("Your copy is being made."), _("You’ll get a message as soon as it’s ready.")
        )
    if copy.expires_on <= on:
        return Refusal(_("This copy has been deleted."), _("You can ask for a new one."))
    return None


def deleting(copy: DataCopy, by: Member) -> Refusal | None:
    if copy.member_id != by.pk:
        return Refusal(_("Only the person whose information it is can delete this."))
    return None
