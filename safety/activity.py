"""Wording of this app's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts import access
from accounts.activity import describe

describe(
    {
        "outside_contact.entered": _("entered whom people can call outside"),
        "outside_contact.ended": _("took out whom people could call outside"),
        "no_contact.recorded": _("recorded that two people must not meet"),
        "no_contact.reviewed": _("reviewed a no-contact order"),
        "no_contact.known": _("wrote down that both people know of a no-contact order"),
        "no_contact.ended": _("ended a no-contact order"),
    }
)
access.describe("call", _("what you wrote when you asked to be contacted"))
