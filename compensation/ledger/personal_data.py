"""The books: what is owed to whom, and what was paid; never changed."""

from compensation.ledger.models import Entry, Posting
from foundation.personal_data import of, register, since, within
from foundation.retention import PAY

register(
    Posting,
    whose=of("claim__member", "payment__member"),
    kept=since(PAY, "on"),
    read_as="payments",
    fact="kind",
)
register(
    Entry,
    whose=of("member"),
    kept=within("posting"),
    read_as="payments",
    money="account debit credit",
)
