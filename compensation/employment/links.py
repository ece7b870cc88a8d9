"""Links from the activity page to decisions on how people are paid, for those who record them."""

from django.db.models import Value
from django.utils.translation import gettext as _t

from accounts.models import Member
from compensation.employment import rules
from compensation.employment.models import EmploymentDecision
from foundation import links
from foundation.addresses import at
from foundation.links import Named
from foundation.models import TenantQuerySet


def _readable(reader: Member) -> TenantQuerySet[EmploymentDecision]:
    rows = EmploymentDecision.objects.within(reader.agency)
    return rows if rules.deciding(reader) is None else rows.none()


links.register_named(
    "employment_decision",
    Named(
        page=lambda reader, key: at(reader.agency, "compensation:employment"),
        rows=_readable,
        name=Value(""),
        worded=lambda _name: _t("How people are paid"),
    ),
)
