"""Links to what was said about payments, and the words of messages."""

from django.db.models import F
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.receiving.models import Arrival, ArrivalQuerySet
from foundation import links
from foundation.addresses import at
from foundation.links import Named
from notifications import notices
from notifications.topics import Topic

notices.register("payment.missing", _("Somebody says that a payment did not come."))
notices.register(
    "payment.found", _("We looked for your payment. Read what we found."), Topic.PAYMENTS
)


def _page(reader: Member, arrival: int) -> str:
    sees_all = reader.may(Permission.SEE_PAYMENTS)
    return at(reader.agency, f"compensation:{'questions' if sees_all else 'my_payments'}")


def _rows(reader: Member) -> ArrivalQuerySet:
    rows = Arrival.objects.within(reader.agency)
    return rows if reader.may(Permission.SEE_PAYMENTS) else rows.filter(member=reader)


links.register_named(
    "arrival",
    Named(_page, _rows, F("kind"), lambda _kind: _t("Payments")),
)
