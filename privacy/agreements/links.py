"""Links from the activity page to agreements, for those who keep them."""

from accounts.models import Member
from foundation import links
from foundation.links import Named
from foundation.models import TenantQuerySet
from privacy.agreements import rules
from privacy.agreements.models import AgreementKind, DataAgreement


def _readable(reader: Member) -> TenantQuerySet[DataAgreement]:
    rows = DataAgreement.objects.within(reader.agency)
    return rows if rules.keeping_agreements(reader) is None else rows.none()


links.register_named(
    "data_agreement",
    Named(
        page="privacy:agreement",
        rows=_readable,
        name="kind",
        worded=lambda kind: str(AgreementKind(kind).label),
    ),
)
