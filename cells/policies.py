"""The policy numbers of cells: when a number of a measure is asked about."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Unit, register

FAR_FROM_PAST = register(
    Limit("cells.far_from_past", _("Times the highest result so far"), Unit.COUNT, 3)
)
ENOUGH_PAST = register(
    Limit("cells.enough_past", _("Results before one can be far from them"), Unit.COUNT, 4)
)
PAST_LOOKED_AT = register(
    Limit("cells.past_looked_at", _("Results that a new one is held against"), Unit.COUNT, 36)
)
