"""The numbers that the people who ask for help rely on."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Policy, Unit, area, register

area("safety", _("Safety"))

FIRST_LOOK = register(
    Policy(
        "safety.first_look",
        _("Working days until somebody looks at “please contact me”"),
        Unit.WORKING_DAYS,
        3,
        1,
        5,
    )
)
