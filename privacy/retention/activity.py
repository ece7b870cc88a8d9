"""Wording of this domain's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "retention.changed": _("changed how long something is kept"),
        "retention.turned": _("turned the schedule of deletion, or a part of it, on or off"),
        "retention.announced": _("announced which records are destroyed next"),
        "retention.destroyed": _("destroyed records whose time was over"),
        "retention.undone": _("undid a run of the schedule of deletion"),
    }
)
