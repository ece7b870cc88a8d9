"""Links from the activity page to the books, for those who see the ledger."""

from django.db.models import Value
from django.utils.translation import gettext as _t

from accounts.models import Member
from compensation.ledger import rules
from compensation.periods.models import AccountingPeriod
from foundation import links
from foundation.addresses import at
from foundation.links import Named
from foundation.models import TenantQuerySet


def _readable(reader: Member) -> TenantQuerySet[AccountingPeriod]:
    rows = AccountingPeriod.objects.within(reader.agency)
    return rows if rules.working_with_payments(reader) is None else rows.none()


links.register_named(
    "accounting_period",
    Named(
        page=lambda reader, key: at(reader.agency, "compensation:ledger"),
        rows=_readable,
        name=Value(""),
        worded=lambda _name: _t("The books"),
    ),
)
