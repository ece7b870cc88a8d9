"""Recommendations that an indicator of an agency's own can count."""

from django.utils.translation import gettext_lazy as _

from foundation.models import Agency, TenantQuerySet
from measures.local.counting import Countable, register
from oversight.models import Recommendation


def _closed(agency: Agency) -> TenantQuerySet[Recommendation]:
    return Recommendation.objects.within(agency).all()


register(
    Countable(
        "recommendations",
        _("Recommendations of the committee carried out"),
        _("A recommendation"),
        Recommendation.subject_code,
        _closed,
        on="closed_on",
        known="closed_on",
    )
)
