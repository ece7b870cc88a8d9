"""Personal data of Accounts: none of a person's own. What is released is never changed."""

from django.utils.translation import gettext_lazy as _

from foundation.kept import since
from foundation.personal_data import AGENCYS, register
from foundation.retention import GOVERNANCE
from quarterly.models import QuarterlyAccount

register(
    QuarterlyAccount,
    _("Quarterly Accounts"),
    whose=AGENCYS,
    kept=since(GOVERNANCE, "out_on"),
    nothing="status checksum",
    record="opening text reply",
)
