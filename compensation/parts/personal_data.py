"""Personal data of wishes to be paid in parts: they can tell of benefits, and go with people."""

from django.utils.translation import gettext_lazy as _

from compensation.parts.models import PartsWish
from foundation.kept import since
from foundation.personal_data import of, register
from foundation.retention import PAY

register(
    PartsWish,
    _("Wishes to be paid in parts"),
    whose=of("member"),
    kept=since(PAY, "changed_on"),
    goes=True,
    read_as="payments",
    money="per_month",
)
