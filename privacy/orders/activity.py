"""Wording of this domain's events on the activity page."""

from django.utils.translation import gettext_lazy as _

from accounts import access
from accounts.activity import describe

describe(
    {
        "legal_order.entered": _("entered a legal order"),
        "legal_order.answered": _("wrote down how a legal order was answered"),
        "legal_order.told": _("wrote down whether somebody was told of a legal order"),
    }
)
access.describe(
    "disclosure",
    _("records about you to a court or office that asked for them by law"),
    access.Did.GAVE,
)
