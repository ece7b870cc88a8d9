"""Titles and addresses of an agency's own indicators, for those who may see them."""

from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Member
from accounts.permissions import Permission
from foundation import links
from foundation.links import Named
from foundation.models import TenantQuerySet
from measures.local import rules
from measures.local.models import LocalIndicator, LocalReaders, LocalVersion


def _seen(reader: Member) -> TenantQuerySet[LocalIndicator]:
    rows = LocalIndicator.objects.within(reader.agency)
    versions = LocalVersion.objects.within(reader.agency).filter(indicator=OuterRef("pk"))
    newest = versions.order_by("-number")
    counts = newest.filter(since__lte=reader.agency.today())
    # The same as rules.deciding.
    columns: dict[str, Any] = {
        "local_name": Coalesce(
            Subquery(counts.values("name")[:1]), Subquery(newest.values("name")[:1])
        ),
        "shown_to": Coalesce(
            Subquery(counts.values("readers")[:1]),
            Subquery(newest.published().values("readers")[:1]),
        ),
    }
    named: TenantQuerySet[LocalIndicator] = rows.annotate(**columns)
    if rules.defining(reader) is None:
        return named
    if reader.may(Permission.OVERSEE):
        return named.exclude(Q(("shown_to", None)))
    return named.filter(Q(("shown_to", LocalReaders.EVERYBODY)))


links.register_named(
    LocalIndicator.subject_code, Named("measures:local_indicator", _seen, "local_name")
)
