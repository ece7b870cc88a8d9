"""Who enters whom to call outside, and who may answer somebody who asks to be contacted."""

from django.utils.translation import gettext_lazy as _

from accounts import rules as account_rules
from accounts.models import Member
from accounts.permissions import Permission
from foundation.refusals import Refusal
from safety.models import Call


def entering_contacts(by: Member) -> Refusal | None:
    return account_rules.managing_settings(by)


def asking(by: Member, *, waiting: bool) -> Refusal | None:
    """Anyone who signs in may ask to be contacted, once at a time."""
    if waiting:
        return Refusal(
            _("You have already asked to be contacted."),
            _("You can take it back and ask again."),
        )
    return None


def can_be_chosen(member: Member, by: Member) -> bool:
    """Facilitators, but never the one who asks."""
    return member.pk != by.pk and member.may(Permission.FACILITATE)


def taking_back(call: Call, by: Member) -> Refusal | None:
    if call.member_id != by.pk:
        return Refusal(_("Only the person who asked can take this back."))
    return _over(call)


def looking(call: Call, by: Member, *, chosen: bool) -> Refusal | None:
    """Only those who were chosen know of it."""
    if not chosen or call.member_id == by.pk:
        return Refusal(
            _("This was sent to other people."), _("They look at it, and nobody else can.")
        )
    return _over(call)


def finishing(call: Call, by: Member, *, chosen: bool) -> Refusal | None:
    if (refusal := looking(call, by, chosen=chosen)) is not None:
        return refusal
    if call.looked_on is None:
        return Refusal(_("Nobody has looked at this yet."), _("Say first that you have seen it."))
    return None


def _over(call: Call) -> Refusal | None:
    if call.done_on is not None or call.taken_back_on is not None:
        return Refusal(_("This is over."), _("The person can ask again at any time."))
    return None
