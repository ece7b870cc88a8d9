"""Indicator 4: a compensation plan that shows the value placed on consumers' input."""

from django.utils.translation import gettext_lazy as _

from compensation.offers.indicators import EverybodyOffered
from compensation.payments.indicators import PaidInTime
from compensation.plan.indicators import PlanInForce, RateRatified
from compensation.policies import FAILS_AFTER, OFFER_DAYS, OFFER_WARNING, PLAN_WARNING, WATCH_AFTER
from indicators.registry import Indicator, register

register(
    Indicator(
        number=4,
        code="compensation",
        title=_("A payment plan shows the value placed on what consumers bring"),
        why=_(
            "People who give their time and what they have lived through are paid for it, "
            "as every other expert is."
        ),
        criteria=(PlanInForce(), RateRatified(), EverybodyOffered(), PaidInTime()),
        settings=(PLAN_WARNING, OFFER_DAYS, OFFER_WARNING, WATCH_AFTER, FAILS_AFTER),
        after_founding=True,
    )
)
