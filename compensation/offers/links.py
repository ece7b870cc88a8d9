"""Links to offers and organizations, and the words of messages about them."""

from functools import partial
from typing import Any

from django.db.models import Value
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from compensation.offers.models import Offer, Organization
from compensation.plan import rules as plan_rules
from foundation import links
from foundation.addresses import at
from foundation.links import Link, Named
from foundation.models import TenantModel, TenantQuerySet
from notifications import notices

# A message never names an amount.
notices.register(
    "payment.offered", _("You can be paid for the time you give. Tell us if you want that.")
)
notices.register(
    "payment.choose_again",
    _("The organization you donate to is not on our list any more. Please choose again."),
)


def _of(model: type[TenantModel], reader: Member) -> TenantQuerySet[Any]:
    rows: TenantQuerySet[Any] = model.objects.within(reader.agency)
    return rows if reader.may(Permission.SEE_PAYMENTS) else rows.filter(member=reader)


def _payments(reader: Member, pk: int) -> str:
    sees_all = reader.may(Permission.SEE_PAYMENTS)
    return at(reader.agency, f"compensation:{'payments' if sees_all else 'my_payments'}")


def of_money(model: type[TenantModel]) -> Named:
    """Links to rows about a member's money, for that member and for approvers and payers."""
    return Named(_payments, partial(_of, model), Value(""), lambda _name: _t("Payments"))


def _organization(subject_id: int, reader: Member) -> Link | None:
    row = Organization.objects.within(reader.agency).filter(pk=subject_id).first()
    if row is None:
        return None
    manages = plan_rules.managing_plan(reader) is None
    page = "organizations" if manages else "plan"
    return Link(row.name, at(reader.agency, f"compensation:{page}"))


links.register_named("offer", of_money(Offer))
links.register("organization", _organization)
links.register_seen("organization", lambda reader: Organization.objects.within(reader.agency))
