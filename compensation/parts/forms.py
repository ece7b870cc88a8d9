"""The form for how much somebody wants in a month."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from foundation.fields import MoneyField
from foundation.forms import PortalForm


class PartsWishForm(PortalForm):
    mark_optional = False

    per_month = MoneyField(
        label=_("How many dollars in a month at most?"),
        min_value=Decimal(1),
        max_digits=9,
    )
