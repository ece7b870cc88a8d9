"""Wording of this app's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "email.posted": _("sent a note that there is a message"),
        "text.sent": _("sent a text that there is a message, or with a code"),
        "texts.asked": _("gave a phone number for texts"),
        "texts.confirmed": _("started texts to a phone"),
        "texts.chosen": _("changed what texts are for"),
        "texts.stopped": _("stopped texts to a phone"),
    }
)
