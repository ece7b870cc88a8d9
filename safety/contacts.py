"""The entered agency's current outside contacts, for every page that shows them."""

from foundation import tenancy
from foundation.models import Agency
from foundation.writing import Contact, Outside
from safety.models import CONTACTS, ContactKind, OutsideContact


def entered() -> Outside:
    """Read them in one query; empty outside an agency."""
    key = tenancy.entered()
    return in_force(Agency(pk=key)) if key is not None else Outside()


def in_force(agency: Agency) -> Outside:
    rows = OutsideContact.objects.within(agency).filter(until=None)
    known = {ContactKind(row.kind): row for row in rows}
    reporting = known.get(ContactKind.REPORTING)
    return Outside(
        contacts=tuple(_shown(known[kind]) for kind in CONTACTS if kind in known),
        rule=reporting.rule if reporting else "",
        hotline=_shown(reporting) if reporting else None,
        whole=len(known) == len(ContactKind),
    )


def _shown(row: OutsideContact) -> Contact:
    return Contact(ContactKind(row.kind).label, row.name, row.phone, row.address)
