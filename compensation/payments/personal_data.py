"""Personal data of payments."""

from django.utils.translation import gettext_lazy as _

from compensation.payments.models import Payment
from foundation.kept import since
from foundation.personal_data import of, register
from foundation.retention import PAY

register(
    Payment,
    _("Payments"),
    whose=of("member"),
    kept=since(PAY, "paid_on"),
    read_as="payments",
    # The reference is the number of a check or a card, as somebody typed it.
    money="method reference amount set_off",
    record="reversal_reason",
)
