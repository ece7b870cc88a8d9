"""Wording of this app's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "document.drafted": _("drafted a document"),
        "document.begun_from_starter": _("began a document from the starter text"),
        "document.edited": _("changed a draft"),
        "document.rated": _("rated a document"),
        "document.proposed": _("proposed a document for ratification"),
        "document.ratified": _("ratified a document"),
        "document.in_force": _("put a document in force"),
    }
)
