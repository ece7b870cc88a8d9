"""Where the subjects of this app's events and messages are shown, and the words of its messages."""

from functools import partial
from typing import Any

from django.db.models import Value
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation import rules
from compensation.models import Claim, Offer, Payment, PlanVersion
from foundation import links
from foundation.addresses import at
from foundation.links import Link, Named
from foundation.models import TenantQuerySet
from notifications import notices

# A message never names an amount.
notices.register(
    "payment.offered", _("You can be paid for the time you give. Tell us if you want that.")
)
notices.register("payment.paid", _("A payment was made to you."))
notices.register("payment.reversed", _("A payment to you did not arrive. It will be made again."))
notices.register("payment.returned", _("There is a question about money you asked back."))


def _of(model: type[Offer | Payment | Claim], reader: Member) -> Any:
    rows = model.objects.within(reader.agency)
    return rows if reader.may(Permission.SEE_PAYMENTS) else rows.filter(member=reader)


def _payments(reader: Member, pk: int) -> str:
    sees_all = reader.may(Permission.SEE_PAYMENTS)
    return at(reader.agency, f"compensation:{'payments' if sees_all else 'my_payments'}")


def _versions(reader: Member) -> TenantQuerySet[PlanVersion]:
    """Drafts are known to those who write them."""
    rows = PlanVersion.objects.within(reader.agency)
    if rules.managing_plan(reader) is None:
        return rows
    return rows.exclude(since=None, ratification=None)


def _plan(subject_id: int, reader: Member) -> Link:
    return Link(
        _("The payment plan"),
        at(reader.agency, "compensation:plan_version", pk=subject_id),
    )


for _model in (Offer, Payment, Claim):
    links.register_named(
        _model._meta.label_lower,
        Named(_payments, partial(_of, _model), Value(""), lambda _name: _t("Payments")),
    )
links.register("compensation.planversion", _plan)
links.register_seen("compensation.planversion", _versions)
