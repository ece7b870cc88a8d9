"""Policy numbers of compensation: offers, pay days, claims."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from foundation import policies
from foundation.models import Agency
from foundation.policies import Limit, Policy, Unit, area, in_words, register

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
PAYEE_AFTER = register(
    Policy(
        "compensation.payee_after",
        _("Days after the last payment until we delete who got a former member’s money"),
        Unit.DAYS,
        14,
        1,
        60,
    )
)
PAYEE_MOST = register(
    Policy(
        "compensation.payee_most",
        _("Days that we keep who gets a former member’s money, at most"),
        Unit.DAYS,
        366,
        90,
        1096,
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
OFFERED_AGAIN = register(
    Policy(
        "compensation.offered_again",
        _("Days after which somebody who said no to pay is asked again"),
        Unit.DAYS,
        365,
        90,
        1096,
    )
)
TAX_FORM_FROM = register(
    Policy(
        "compensation.tax_form_from",
        _("Pay in a year from which a payer asks for a form W-9"),
        Unit.MONEY,
        600,
        1,
        help=_(
            "Below the sum from which the agency reports pay, so that the form is there in time."
        ),
    )
)
TAX_ASKED_AHEAD = register(
    Limit(
        "compensation.tax_asked_ahead",
        _("Days before a year in which its amounts of law are asked for"),
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


# The rate of the Internal Revenue Service for a mile driven for business.
MILE_2025 = register(
    Limit(
        "compensation.mile_2025",
        _("The federal rate for a mile in one’s own car, in 2025"),
        Unit.TENTHS_OF_A_CENT,
        700,
        _("IRS Notice 2025-5, for business miles from January 1, 2025"),
    )
)
MILE_2026 = register(
    Limit(
        "compensation.mile_2026",
        _("The federal rate for a mile in one’s own car, in 2026"),
        Unit.TENTHS_OF_A_CENT,
        725,
        _("IRS Notice 2026-10, for business miles from January 1, 2026"),
    )
)
# By year of travel.
FEDERAL_MILE = {2025: MILE_2025, 2026: MILE_2026}
MILE = register(
    Policy(
        "compensation.mile",
        _("What is paid for a mile in one’s own car"),
        Unit.TENTHS_OF_A_CENT,
        MILE_2026.value,
        1,
        5000,
        help=_(
            "In tenths of a cent: for 72.5 cents, write 725. Without a rate of your own, the "
            "federal one counts in 2025 and 2026. It changes each year: from 2027 on, enter it "
            "again for each year, from January 1 on, with where you have it from. Until then, "
            "nobody can ask for miles of that year."
        ),
    )
)
TENTHS, CENT = Decimal(1000), Decimal("0.01")


def mile_rate(agency: Agency, on: date) -> Decimal | None:
    """Dollars for a mile driven on that day, three decimals; None: not entered yet.

    What an agency entered counts from its day on, in that year and no other.
    """
    entered = [
        value
        for code, since, value in policies.changes(agency)
        if code == MILE.code and since.year == on.year and since <= on
    ]
    if entered:
        return MILE.usable(entered[-1]) / TENTHS
    federal = FEDERAL_MILE.get(on.year)
    return None if federal is None else federal.value / TENTHS


def mile_words(rate: Decimal) -> str:
    """A rate for a mile: "72.5 cents"."""
    return in_words(Unit.TENTHS_OF_A_CENT, int(rate * TENTHS))


def worth_of_miles(miles: Decimal, rate: Decimal) -> Decimal:
    """Dollars and cents for these miles."""
    return (miles * rate).quantize(CENT, ROUND_HALF_UP)


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


class OverBudget(StrEnum):
    """What happens when a meeting would use more than is left of the budget."""

    WARN = "warn"
    BLOCK = "block"


OVER_BUDGET = register(
    Policy(
        "compensation.over_budget",
        _("Planning a meeting for which the budget is not enough"),
        Unit.CHOICE,
        OverBudget.WARN.value,
        choices=(
            (OverBudget.WARN.value, _("Warn: it has to be agreed first")),
            (OverBudget.BLOCK.value, _("Refuse: no such meeting is planned")),
        ),
        help=_("What people have earned is paid in any case."),
    )
)
MILES_AT_ONCE = register(
    Limit("compensation.miles_at_once", _("Miles that can be asked for at once"), Unit.COUNT, 999)
)
USUAL_MILES = register(
    Policy("compensation.usual_miles", _("Miles are asked about above"), Unit.COUNT, 100, 1)
)
RECEIPT_SIZE = register(
    Limit(
        "compensation.receipt_size",
        _("Megabytes that the photo or file of a receipt can have"),
        Unit.COUNT,
        12,
    )
)
CARD_VALUE = register(
    Policy("compensation.card_value", _("Value of one gift card, at most"), Unit.MONEY, 50, 1, 500)
)
CARDS_EACH = register(
    Policy(
        "compensation.cards_each",
        _("Gift cards for one person at one meeting, at most"),
        Unit.MONEY,
        100,
        1,
        1000,
    )
)
FUND_AHEAD = register(
    Limit(
        "compensation.fund_ahead",
        _("Days before a meeting in which money for it can be approved"),
        Unit.DAYS,
        60,
    )
)
RUNS_NEED_TWO = register(
    Policy(
        "compensation.runs_need_two",
        _("Payment runs need two people: one prepares, another one releases"),
        Unit.BOOLEAN,
        False,
        help=_("With one payer only, leave it off: nobody could pay while they are away."),
    )
)
DEPUTY_DAYS = register(
    Policy("compensation.deputy_days", _("Days that a deputy can stand in"), Unit.DAYS, 62, 1, 366)
)
ADVANCE_AHEAD = register(
    Policy(
        "compensation.advance_ahead",
        _("Days before a meeting from which its costs can be asked for in advance"),
        Unit.DAYS,
        60,
        1,
        366,
    )
)
SETTLE_AFTER = register(
    Policy(
        "compensation.settle_after",
        _("Days after a meeting until people are asked what they spent of an advance"),
        Unit.DAYS,
        7,
        0,
        90,
    )
)
