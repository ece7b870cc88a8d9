"""Small tests that an indicator of an agency's own can count."""

from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cells.plans.models import PDSACycle
from foundation.models import Agency, TenantQuerySet
from measures.local.counting import Countable, register


def _ended(agency: Agency) -> TenantQuerySet[PDSACycle]:
    rows = PDSACycle.objects.within(agency).filter(broken_off_on=None)
    return rows.filter(plan__opportunity__cell__group__hidden=False)


register(
    Countable(
        "tests",
        _("Small tests finished in cells"),
        _("A small test"),
        PDSACycle.subject_code,
        _ended,
        on="ended_on",
        known=Coalesce("recorded_on", "ended_on"),
    )
)
