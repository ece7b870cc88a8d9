"""Personal data of receipts: pictures of what somebody paid."""

from django.utils.translation import gettext_lazy as _

from compensation.costs.models import Receipt
from foundation.kept import within
from foundation.personal_data import of, register

register(
    Receipt,
    _("Receipts for costs"),
    whose=of("claim__member"),
    kept=within("claim"),
    read_as="payments",
    fact="content media",
)
