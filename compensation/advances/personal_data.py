"""Personal data of advances: what somebody spent."""

from django.utils.translation import gettext_lazy as _

from compensation.advances.models import SpentAdvance
from foundation.kept import within
from foundation.personal_data import of, register

register(
    SpentAdvance,
    _("What was spent of advances"),
    whose=of("claim__member"),
    kept=within("claim"),
    read_as="payments",
    money="spent",
    words={"no_receipt": "claim__member"},
    redacted="no_receipt",
)
