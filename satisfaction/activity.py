"""Wording of this app's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "reflection.written": _("wrote down what the consumers say together"),
        "reflection.released": _("released what the consumers say together"),
        "survey.opened": _("opened a survey"),
        "survey.extended": _("gave people more time for a survey"),
        "survey.sheets_printed": _("printed sheets of a survey"),
        "survey.closed": _("closed a survey"),
        "survey.lost": _("closed a survey whose key was lost"),
    }
)
