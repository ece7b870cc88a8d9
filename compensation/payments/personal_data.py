"""Personal data of payments."""

from django.utils.translation import gettext_lazy as _

from compensation.payments.models import Payment, PaymentRun, RunLine
from foundation.kept import since, within
from foundation.personal_data import AGENCYS, of, register
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
register(
    PaymentRun,
    _("Payments that were prepared"),
    whose=AGENCYS,
    kept=since(PAY, "prepared_on"),
    nothing="method people total",
)
register(
    RunLine,
    _("Lines in payments that were prepared"),
    whose=of("member"),
    kept=within("run"),
    read_as="payments",
    money="amount deducted reference",
)
