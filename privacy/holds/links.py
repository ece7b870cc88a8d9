"""Links from messages and the activity page to legal holds, for those who keep them."""

from django.utils.translation import gettext

from accounts.models import Member
from foundation import links
from foundation.links import Named
from foundation.models import TenantQuerySet
from privacy.holds import rules
from privacy.holds.models import LegalHold


def _readable(reader: Member) -> TenantQuerySet[LegalHold]:
    rows = LegalHold.objects.within(reader.agency)
    return rows if rules.keeping_holds(reader) is None else rows.none()


links.register_named(
    "legal_hold",
    # Only the hold's own page says what it keeps.
    Named(
        page="privacy:hold",
        rows=_readable,
        name="scope",
        worded=lambda scope: gettext("A legal hold"),
    ),
)
