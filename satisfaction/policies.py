"""The policy numbers of surveys: how many answers, how long, how often."""

from django.utils.translation import gettext_lazy as _

from foundation.anonymity import MINIMUM
from foundation.policies import Policy, Unit, area, register

area("satisfaction", _("Surveys"))

MONTHS = register(
    Policy("satisfaction.months", _("Months in which a survey must close"), Unit.MONTHS, 6, 1, 12)
)
RESPONSE = register(
    Policy("satisfaction.response", _("Answers among those asked"), Unit.PERCENT, 60, 1, 100)
)
ANSWERS = register(
    Policy(
        "satisfaction.answers", _("Fewest answers"), Unit.COUNT, MINIMUM.value, MINIMUM.value, 50
    )
)
SMALL = register(
    Policy(
        "satisfaction.small",
        _("With fewer consumers than this, surveys count together"),
        Unit.COUNT,
        8,
        MINIMUM.value,
        50,
    )
)
POOLED = register(
    Policy("satisfaction.pooled", _("Months that then count together"), Unit.MONTHS, 12, 6, 24)
)
