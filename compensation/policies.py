"""Policy numbers of compensation: offers, pay days, claims."""

from django.utils.translation import gettext_lazy as _

from foundation.policies import Limit, Policy, Unit, area, register

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
RATE_TIMES = register(
    Limit(
        "compensation.rate_times",
        _("Times the rate in force from which a new rate is asked about"),
        Unit.COUNT,
        2,
    )
)
USUAL_RATE = register(
    Policy(
        "compensation.usual_rate",
        _("A first rate for an hour is asked about above"),
        Unit.MONEY,
        100,
        1,
    )
)
USUAL_CAP = register(
    Policy("compensation.usual_cap", _("A limit for one day is asked about above"), Unit.MONEY, 500)
)
USUAL_COST = register(
    Policy("compensation.usual_cost", _("A cost to repay is asked about above"), Unit.MONEY, 100, 1)
)
TAKE_BACK = register(
    Policy(
        "compensation.take_back",
        _("Days to take back that one turned down what one had earned"),
        Unit.DAYS,
        30,
        30,
        366,
    )
)
COST_DUE = register(
    Policy("compensation.cost_due", _("Days until a cost is repaid"), Unit.DAYS, 14, 1, 90)
)
OLD_COST = register(
    Policy("compensation.old_cost", _("A cost is asked about after"), Unit.DAYS, 90, 1, 366)
)
# The lowest monthly amount of 2026 above which income can affect benefits (USD).
BENEFIT_MARKER = register(
    Limit(
        "compensation.benefit_marker",
        _("Pay in a month from which people should ask a benefits counselor"),
        Unit.MONEY,
        65,
    )
)
PLAN_WARNING = register(
    Policy(
        "compensation.plan_warning", _("Days of warning before a plan ends"), Unit.DAYS, 30, 0, 180
    )
)
OFFER_WARNING = register(
    Policy(
        "compensation.offer_warning",
        _("Days of warning before an offer is late"),
        Unit.DAYS,
        7,
        0,
        60,
    )
)
ARRIVAL_DAYS = register(
    Policy(
        "compensation.arrival_days",
        _("Days to answer somebody whose payment did not come"),
        Unit.DAYS,
        5,
        1,
        30,
    )
)
ARRIVAL_ASKED = register(
    Limit(
        "compensation.arrival_asked",
        _("Days after a payment in which its member is asked if it came"),
        Unit.DAYS,
        45,
    )
)
QUESTION_DAYS = register(
    Policy(
        "compensation.question_days", _("Days to answer a question about pay"), Unit.DAYS, 5, 1, 30
    )
)
QUESTIONS_OPEN = register(
    Limit(
        "compensation.questions_open",
        _("Questions about pay that somebody can have open at once"),
        Unit.COUNT,
        3,
    )
)
QUESTIONS_A_DAY = register(
    Limit(
        "compensation.questions_a_day",
        _("Questions about pay that somebody can ask on one day"),
        Unit.COUNT,
        5,
    )
)
