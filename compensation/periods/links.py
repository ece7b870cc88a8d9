"""Links from the activity page to the books, for those who see the ledger."""

from functools import partial
from typing import Any

from django.db.models import Value
from django.utils.translation import gettext as _t

from accounts.models import Member
from compensation.ledger import rules
from compensation.periods.models import AccountingPeriod, LedgerProof
from foundation import links
from foundation.addresses import at
from foundation.links import Named
from foundation.models import TenantQuerySet


def _of(model: type[AccountingPeriod] | type[LedgerProof], reader: Member) -> TenantQuerySet[Any]:
    rows: TenantQuerySet[Any] = model.objects.within(reader.agency)
    return rows if rules.working_with_payments(reader) is None else rows.none()


for code, model in (("accounting_period", AccountingPeriod), ("ledger_proof", LedgerProof)):
    links.register_named(
        code,
        Named(
            page=lambda reader, key: at(reader.agency, "compensation:ledger"),
            rows=partial(_of, model),
            name=Value(""),
            worded=lambda _name: _t("The books"),
        ),
    )
