"""Personal data of the ledger: what was owed and paid to whom; never changed."""

from django.utils.translation import gettext_lazy as _

from compensation.ledger.models import Entry, Posting
from foundation.kept import since, within
from foundation.personal_data import of, register
from foundation.retention import PAY

register(
    Posting,
    _("Postings of the ledger"),
    whose=of("claim__member", "payment__member"),
    kept=since(PAY, "on", ties="claim payment reverses"),
    read_as="payments",
    fact="kind",
)
register(
    Entry,
    _("Lines of the ledger"),
    whose=of("member"),
    kept=within("posting"),
    read_as="payments",
    money="account debit credit",
)
