"""Wording of these events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "local_indicator.begun": _("began an indicator of our own"),
        "local_indicator.changed": _("changed the draft of an indicator of our own"),
        "local_indicator.tested": _("tested an indicator of our own"),
        "local_indicator.published": _("published an indicator of our own"),
        "local_indicator.attested": _("attested an indicator of our own"),
        "local_indicator.retired": _("retired an indicator of our own"),
    }
)
