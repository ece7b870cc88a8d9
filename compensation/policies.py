"""The policy numbers of compensation: offers, pay days, claims."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Policy, Unit, area, register

area("compensation", _("Compensation"))

OFFER_DAYS = register(
    Policy("compensation.offer_days", _("Days from a seat to the offer"), Unit.DAYS, 14, 0, 90)
)
WATCH_AFTER = register(
    Policy("compensation.watch_after", _("Days unpaid until we watch"), Unit.DAYS, 14, 1, 180)
)
FAILS_AFTER = register(
    Policy("compensation.fails_after", _("Days unpaid until we act"), Unit.DAYS, 28, 1, 180)
)
