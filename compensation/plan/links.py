"""Links to versions of the plan."""

from django.db.models import Value
from django.utils.translation import gettext as _t

from accounts.models import Member
from compensation.plan import rules
from compensation.plan.models import PlanVersion
from foundation import links
from foundation.links import Named
from foundation.models import TenantQuerySet


def _versions(reader: Member) -> TenantQuerySet[PlanVersion]:
    """Versions the reader may know of: drafts only if they write them."""
    rows = PlanVersion.objects.within(reader.agency)
    if rules.managing_plan(reader) is None:
        return rows
    return rows.exclude(since=None, ratification=None)


links.register_named(
    "payment_plan_version",
    Named("compensation:plan_version", _versions, Value(""), lambda _name: _t("The payment plan")),
)
