"""Wording of this domain's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "legal_hold.set": _("set a legal hold"),
        "legal_hold.ended": _("ended a legal hold"),
    }
)
