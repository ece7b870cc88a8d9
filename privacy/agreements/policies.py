"""How early administrators hear that an agreement ends."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Policy, Unit, register

AGREEMENT_NOTICE = register(
    Policy(
        "privacy.agreement_notice",
        _("Days before an agreement ends when administrators are asked to renew it"),
        Unit.DAYS,
        60,
        14,
        180,
    )
)
