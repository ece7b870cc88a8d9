"""Wording of this app's events on the activity page. No concern has any."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "concern_reader.asked": _("asked somebody to read concerns"),
        "concern_reader.began": _("began to read concerns"),
        "concern_reader.renewed": _("got a new reading code"),
        "concern_reader.ended": _("ended somebody’s reading of concerns"),
        "concern_sheet.made": _("made the sheet that opens concerns"),
        "concern_sheet.used": _("opened concerns with the sheet"),
    }
)
