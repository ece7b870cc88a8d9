"""Links from the activity page to the record, for those who read whether it is whole."""

from django.db.models import Value
from django.utils.translation import gettext as _t

from accounts.models import Member
from evidence.models import RecordProof
from evidence.rules import READERS
from foundation import links
from foundation.addresses import at
from foundation.links import Named
from foundation.models import TenantQuerySet


def _for(reader: Member) -> TenantQuerySet[RecordProof]:
    rows = RecordProof.objects.within(reader.agency)
    # Links are asked for in prepared queries, which may look at the reader's permissions only.
    return rows if any(reader.may(each) for each in READERS) else rows.none()


links.register_named(
    "record_proof",
    Named(
        page=lambda reader, key: at(reader.agency, "evidence:record"),
        rows=_for,
        name=Value(""),
        worded=lambda _name: _t("The record"),
    ),
)
