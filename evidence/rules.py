"""Who reads whether the record is whole: the committee, and administrators."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.refusals import Refusal
from groups.models import GroupKind, Seat

READERS = (Permission.OVERSEE, Permission.MANAGE_SETTINGS)


def reading(member: Member) -> Refusal | None:
    """One query, none for those whose role allows it."""
    if any(member.may(each) for each in READERS):
        return None
    seats = Seat.objects.within(member.agency).on(member.agency.today())
    if seats.filter(member=member, group__kind=GroupKind.COMMITTEE, group__closed=None).exists():
        return None
    return Refusal(
        _("The oversight committee and administrators read this page."),
        _("You can ask one of them."),
    )
