"""Who may change the terms by which success is judged."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from foundation.refusals import Refusal


def changing_settings(by: Member) -> Refusal | None:
    if not by.may(Permission.MANAGE_SETTINGS):
        return Refusal(
            _("Only an administrator can change how an indicator is judged."),
            _("Ask an administrator of your agency. Every change is shown with its reason."),
        )
    return None


def comparing_days(discreet: bool, reader: Member) -> Refusal | None:
    """Seeing a discreet indicator's numbers and its past: for those who may see standings, and
    the oversight committee."""
    if not discreet or reader.may(Permission.SEE_STANDINGS) or reader.may(Permission.OVERSEE):
        return None
    return Refusal(
        _("Only the oversight committee sees how this was on other days."),
        _("A change from one day to another could point at a person. You can see how it is today."),
    )


def backdating(since: date, today: date) -> str:
    """Why this day is no day to start from; empty when it is."""
    if since < today:
        return str(_("A change can start today or later. What was shown before stays as it was."))
    return ""
