"""Wording of this app's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe({"record.broken": _("found that the record does not fit its seals")})
