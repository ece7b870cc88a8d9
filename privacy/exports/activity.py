"""Wording of this domain's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "data_copy.asked": _("asked for a copy of their own information"),
        "data_copy.deleted": _("deleted the copy of their own information"),
    }
)
