"""How long a copy of one's data waits."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Policy, Unit, area, register

area("privacy", _("Privacy"))

COPY_WAITS = register(
    Policy(
        "privacy.copy_waits",
        _("Days until a copy of somebody’s data is deleted"),
        Unit.DAYS,
        7,
        1,
        30,
    )
)
