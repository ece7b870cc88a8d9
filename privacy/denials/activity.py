"""Wording of this domain's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts import access
from accounts.activity import describe

describe(
    {
        "denial.made": _("said that something was not right"),
        "denial.answered": _("answered somebody who said that something was not right"),
    }
)
access.describe("denial", _("what you said was not right, to answer it"))
