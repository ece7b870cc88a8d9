"""How long the home page shows what came in while somebody was away."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Unit, area, register

area("notifications", _("Messages"))

BACK = register(
    Limit(
        "notifications.back",
        _("Days in which home shows what came in while somebody was away"),
        Unit.DAYS,
        30,
    )
)
