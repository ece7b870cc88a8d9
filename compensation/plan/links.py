"""Links to versions of the plan."""

from django.db.models import Value
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.plan import rules
from compensation.plan.models import PlanVersion
from foundation import links
from foundation.links import Named
from foundation.models import TenantQuerySet
from notifications import notices


def _versions(reader: Member) -> TenantQuerySet[PlanVersion]:
    """Versions the reader may know of: drafts only if they write them."""
    rows = PlanVersion.objects.within(reader.agency)
    if rules.managing_plan(reader) is None:
        return rows
    return rows.exclude(since=None, ratification=None) | rows.asked_of(reader)


notices.register("payment_plan.put", _("You are asked if a payment plan was decided so."))
notices.register("payment_plan.denied", _("Somebody said that a plan was not decided so."))


links.register_named(
    "payment_plan_version",
    Named("compensation:plan_version", _versions, Value(""), lambda _name: _t("The payment plan")),
)
