"""Who may change indicator settings, and who may see discreet numbers."""

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
    """Seeing a discreet indicator's numbers, evidence and past: readers who may see standings.

    It applies to everything live that depends on who is a consumer; `reading_counts` covers what is
    frozen for a review.
    """
    if not discreet or reader.may(Permission.SEE_STANDINGS):
        return None
    return Refusal(
        _("Only people who may see who uses services see how this was on other days."),
        _("A change from one day to another could point at a person. You can see how it is today."),
    )


def reading_counts(discreet: bool, reader: Member) -> Refusal | None:
    """Reading the same in a review: the committee too, since a quarter lies between reviews."""
    return None if reader.may(Permission.OVERSEE) else comparing_days(discreet, reader)


def backdating(since: date, today: date) -> str:
    """Why a change can't start on this day; empty if it can."""
    if since < today:
        return str(_("A change can start today or later. What was shown before stays as it was."))
    return ""
