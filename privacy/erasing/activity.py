"""Wording of erasing's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "erasure.requested": _("asked to erase their information"),
        "erasure.request_taken_back": _("took back a request to erase information"),
        "erasure.mention_decided": _("checked a text for the name of a former member"),
    }
)
