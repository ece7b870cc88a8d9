"""What this app's events tell, in plain words for the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "outside_contact.entered": _("entered whom people can call outside"),
        "outside_contact.ended": _("took out whom people could call outside"),
    }
)
