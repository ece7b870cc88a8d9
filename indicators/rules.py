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
    """Seeing a discreet indicator's numbers, evidence and past: for those who may see standings.

    Everything that depends on who is a consumer goes by this, live; of what is frozen for a
    review, `reading_counts`.
    """
    if not discreet or reader.may(Permission.SEE_STANDINGS):
        return None
    return Refusal(
        _("Only people who may see who uses services see how this was on other days."),
        _("A change from one day to another could point at a person. You can see how it is today."),
    )


def reading_counts(discreet: bool, reader: Member) -> Refusal | None:
    """Reading the same in a review: the oversight committee too, since a quarter lies between."""
    return None if reader.may(Permission.OVERSEE) else comparing_days(discreet, reader)


def backdating(since: date, today: date) -> str:
    """Why this day is no day to start from; empty when it is."""
    if since < today:
        return str(_("A change can start today or later. What was shown before stays as it was."))
    return ""
