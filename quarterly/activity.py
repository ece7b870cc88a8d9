"""Wording of this app's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts.activity import describe

describe(
    {
        "account.begun": _("began a Quarterly Account"),
        "account.written": _("changed the first paragraph of a Quarterly Account"),
        "account.asked": _("asked the committee’s consumers to release a Quarterly Account"),
        "account.released": _("a Quarterly Account was released"),
        "account.given_back": _("a Quarterly Account was not released"),
        "account.replied": _("answered a Quarterly Account for management"),
        "account.out": _("a Quarterly Account came out"),
    }
)
