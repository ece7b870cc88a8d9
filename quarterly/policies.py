"""Policy numbers of the Quarterly Account: when it is written, and how long it waits."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Policy, Unit, area, register

area("quarterly", _("Quarterly Account"))

WRITTEN_WITHIN = register(
    Policy(
        "quarterly.written_within",
        _("Days after a quarter to write its Account"),
        Unit.DAYS,
        60,
        7,
        180,
    )
)
REPLY = register(
    Limit(
        "quarterly.reply",
        _("Days that management has to reply to an Account before it goes out"),
        Unit.DAYS,
        14,
    )
)
