"""Links to what somebody says was not right: for them, and for those who may answer."""

from django.db.models import Q
from django.utils.translation import gettext

from accounts import rules as account_rules
from accounts.models import Member
from foundation import links
from foundation.links import Named
from foundation.models import TenantQuerySet
from privacy.denials.models import Denial


def _readable(reader: Member) -> TenantQuerySet[Denial]:
    rows = Denial.objects.within(reader.agency)
    mine = Q(member=reader)
    if account_rules.managing_people(reader) is None:
        mine |= Q(pk__in=rows.for_others(reader))
    return rows.filter(mine)


links.register_named(
    "denial",
    # Only its own page says what it is about.
    Named(
        page="privacy:denial",
        rows=_readable,
        name="kind",
        worded=lambda kind: gettext("Something that was not right"),
    ),
)
