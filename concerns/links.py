"""Links to one's own part as a reader. No concern is a subject of anything."""

from django.db.models import Q, Value
from django.utils.translation import gettext as _t

from accounts.models import Member
from concerns.models import KeyHolder
from foundation import links
from foundation.addresses import at
from foundation.links import Named
from foundation.models import TenantQuerySet


def _own(reader: Member) -> TenantQuerySet[KeyHolder]:
    """Rows of the reader, or made by them: others learn who reads on the channel's own page."""
    rows = KeyHolder.objects.within(reader.agency)
    return rows.filter(Q(member=reader) | Q(by=reader))


links.register_named(
    "concern_reader",
    Named(
        page=lambda reader, key: at(reader.agency, "concerns:own"),
        rows=_own,
        name=Value(""),
        worded=lambda _name: _t("Reading concerns"),
    ),
)
