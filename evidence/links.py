"""Links from the activity page to the record, for those who read whether it is whole."""

from django.db.models import Value
from django.utils.translation import gettext as _t

from accounts.models import Member
from evidence import rules
from evidence.models import RecordProof
from foundation import links
from foundation.addresses import at
from foundation.links import Named
from foundation.models import TenantQuerySet


def _for(reader: Member) -> TenantQuerySet[RecordProof]:
    rows = RecordProof.objects.within(reader.agency)
    return rows if rules.reading(reader) is None else rows.none()


links.register_named(
    "record_proof",
    Named(
        page=lambda reader, key: at(reader.agency, "evidence:record"),
        rows=_for,
        name=Value(""),
        worded=lambda _name: _t("The record"),
    ),
)
