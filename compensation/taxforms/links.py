"""Links to notes about forms W-9."""

from django.db.models import F
from django.utils.translation import gettext as _t

from accounts.models import Member
from accounts.permissions import Permission
from compensation.taxforms.models import TaxFormNote, TaxFormNoteQuerySet
from foundation import links
from foundation.addresses import at
from foundation.links import Named


def _rows(reader: Member) -> TaxFormNoteQuerySet:
    rows = TaxFormNote.objects.within(reader.agency)
    return rows if reader.may(Permission.SEE_PAYMENTS) else rows.none()


links.register_named(
    "tax_form_note",
    Named(
        lambda reader, _note: at(reader.agency, "compensation:year_end"),
        _rows,
        F("state"),
        lambda _state: _t("Form W-9"),
    ),
)
