"""Policy numbers of compensation: offers, pay days, claims."""

from django.utils.translation import gettext_lazy as _

from foundation import policies
from foundation.models import Agency
from foundation.policies import Limit, Policy, Unit, area, register

area("compensation", _("Compensation"))

# The last year for which the amount for tax papers is known here.
LAST_FIXED = 2026

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
# Monthly amounts of 2026 from which benefits can change (USD).
SSA_2026 = _("Social Security Administration, amounts for 2026")
BENEFIT_MARKER = register(
    Limit(
        "compensation.benefit_marker",
        _("Pay in a month from which people should ask a benefits counselor"),
        Unit.MONEY,
        65,
        _("20 CFR 416.1112(c)(5): what SSI leaves out of a month’s earnings"),
    )
)
TRIAL_WORK_2026 = register(
    Limit(
        "compensation.trial_work_2026",
        _("Social Security disability counts a month as trial work, in 2026, from"),
        Unit.MONEY,
        1210,
        SSA_2026,
    )
)
GAINFUL_2026 = register(
    Limit(
        "compensation.gainful_2026",
        _("Social Security disability can stop, in 2026, from a monthly pay of"),
        Unit.MONEY,
        1690,
        SSA_2026,
    )
)
GAINFUL_BLIND_2026 = register(
    Limit(
        "compensation.gainful_blind_2026",
        _("For people who are blind, it can stop, in 2026, from a monthly pay of"),
        Unit.MONEY,
        2830,
        SSA_2026,
    )
)
# By year of payment; the first holds in every year until others are known.
MARKERS = {2026: (BENEFIT_MARKER, TRIAL_WORK_2026, GAINFUL_2026, GAINFUL_BLIND_2026)}
TAX_2025 = register(
    Limit(
        "compensation.tax_reporting_2025",
        _("Pay in a year, up to 2025, from which tax papers follow"),
        Unit.MONEY,
        600,
        _("26 U.S.C. 6041(a), for payments until December 31, 2025"),
    )
)
TAX_2026 = register(
    Limit(
        "compensation.tax_reporting_2026",
        _("Pay in 2026 from which tax papers follow"),
        Unit.MONEY,
        2000,
        _("Public Law 119-21, section 70433, for payments from January 1, 2026"),
    )
)
TAX_REPORTING = register(
    Policy(
        "compensation.tax_reporting",
        _("Pay in a year from which tax papers follow, from 2027 on"),
        Unit.MONEY,
        TAX_2026.value,
        1,
        help=_(
            "It changes each year. Enter it again for each year, from January 1 on, with where "
            "you have it from. Until then, nobody is told what it is."
        ),
    )
)
TAX_ASKED_AHEAD = register(
    Limit(
        "compensation.tax_asked_ahead",
        _("Days before a year in which its amount for tax papers is asked for"),
        Unit.DAYS,
        61,
    )
)


def tax_reporting(agency: Agency, year: int) -> int | None:
    """Pay in a year, by day of payment, from which tax papers follow; None: not entered yet.

    What was entered counts for the year in which it takes effect, and for no other.
    """
    if year <= LAST_FIXED:
        return (TAX_2025 if year < LAST_FIXED else TAX_2026).value
    changed = policies.changes(agency)
    entered = [
        value for code, since, value in changed if code == TAX_REPORTING.code and since.year == year
    ]
    return TAX_REPORTING.usable(entered[-1]) if entered else None


def markers(year: int) -> tuple[Limit, ...]:
    """The monthly amounts known for that year, the lowest first."""
    return MARKERS.get(year, (BENEFIT_MARKER,))


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
