"""Where the subjects of this app's events and messages are shown, and the words of its messages."""

from functools import partial
from typing import Any

from django.db.models import Value
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts import former, unsettled
from accounts.models import Member
from accounts.permissions import Permission
from compensation import rules
from compensation.models import Claim, Offer, Organization, Payment, PlanVersion
from foundation import links
from foundation.addresses import at
from foundation.links import Link, Named
from foundation.models import TenantQuerySet
from notifications import notices

# A message never names an amount.
notices.register(
    "payment.offered", _("You can be paid for the time you give. Tell us if you want that.")
)
notices.register("payment.paid", _("You’ve been paid."))
notices.register("payment.donated", _("Your donation was paid."))
notices.register("payment.reversed", _("A payment to you did not arrive. It will be made again."))
notices.register("payment.returned", _("There is a question about money you asked back."))
notices.register("payment.refused", _("Money you asked back was not approved. You can read why."))
notices.register("payment.corrected", _("What you earned at a meeting was corrected."))
notices.register(
    "payment.forgiven", _("A correction of your pay was dropped. It costs you nothing.")
)
notices.register("payment.capped", _("Your time on one day was worth more than we pay for a day."))
notices.register(
    "payment.choose_again",
    _("The organization you donate to is not on our list any more. Please choose again."),
)


former.register(
    "compensation:my_payments",
    _("My payments"),
    _("What you earned, what was paid, and what is still to come."),
    "compensation:choose",
    "compensation:decline",
    "compensation:donate",
    "compensation:claim_cost",
    "compensation:claim_again",
    "compensation:withdraw",
)


def _of(model: type[Offer | Payment | Claim], reader: Member) -> Any:
    rows = model.objects.within(reader.agency)
    return rows if reader.may(Permission.SEE_PAYMENTS) else rows.filter(member=reader)


def _payments(reader: Member, pk: int) -> str:
    sees_all = reader.may(Permission.SEE_PAYMENTS)
    return at(reader.agency, f"compensation:{'payments' if sees_all else 'my_payments'}")


def _organization(subject_id: int, reader: Member) -> Link | None:
    row = Organization.objects.within(reader.agency).filter(pk=subject_id).first()
    if row is None:
        return None
    manages = rules.managing_plan(reader) is None
    page = "organizations" if manages else "plan"
    return Link(row.name, at(reader.agency, f"compensation:{page}"))


def _versions(reader: Member) -> TenantQuerySet[PlanVersion]:
    """Drafts are known to those who write them."""
    rows = PlanVersion.objects.within(reader.agency)
    if rules.managing_plan(reader) is None:
        return rows
    return rows.exclude(since=None, ratification=None)


for _model in (Offer, Payment, Claim):
    links.register_named(
        _model._meta.label_lower,
        Named(_payments, partial(_of, _model), Value(""), lambda _name: _t("Payments")),
    )
links.register_named(
    "compensation.planversion",
    Named("compensation:plan_version", _versions, Value(""), lambda _name: _t("The payment plan")),
)
links.register("compensation.organization", _organization)
links.register_seen(
    "compensation.organization", lambda reader: Organization.objects.within(reader.agency)
)
unsettled.register(
    unsettled.Settling(
        leaving=_(
            "What they earned and was not paid yet is still paid to them. If they have not said "
            "whether they want to be paid, ask them now: you can write it down for them later too."
        ),
        erasing=_(
            "Nobody is erased while they are owed money, or can still take back that they turned "
            "it down. Whether that is so is not shown here: it is private who takes pay."
        ),
        open=rules.unsettled,
    )
)
