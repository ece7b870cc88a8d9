"""Links from the activity page to legal orders, for those who keep them."""

from django.utils.translation import gettext

from accounts.models import Member
from foundation import links
from foundation.links import Named
from foundation.models import TenantQuerySet
from privacy.orders import rules
from privacy.orders.models import LegalOrder


def _readable(reader: Member) -> TenantQuerySet[LegalOrder]:
    rows = LegalOrder.objects.within(reader.agency)
    return rows if rules.keeping_orders(reader) is None else rows.none()


links.register_named(
    "legal_order",
    # Only the order's own page says whom it is about.
    Named(
        page="privacy:order",
        rows=_readable,
        name="kind",
        worded=lambda kind: gettext("A legal order"),
    ),
)
