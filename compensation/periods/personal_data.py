"""Personal data of closed books: none but who closed them; in their file, people are numbers."""

from django.utils.translation import gettext_lazy as _

from compensation.periods.models import AccountingPeriod, Balance, LedgerProof
from foundation.kept import always, since, within
from foundation.personal_data import AGENCYS, register
from foundation.retention import AGENCY, PAY

register(
    AccountingPeriod,
    _("Closed books"),
    whose=AGENCYS,
    kept=since(PAY, "last"),
    nothing="asked_as postings total checksum",
)
register(
    Balance,
    _("Balances of closed books"),
    whose=AGENCYS,
    kept=within("period"),
    nothing="account debit credit",
)
register(
    LedgerProof,
    _("The last proof of the ledger"),
    whose=AGENCYS,
    kept=always(AGENCY),
    # Codes of checks and numbers.
    nothing="postings findings",
)
