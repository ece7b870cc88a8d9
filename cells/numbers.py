"""What a period's numbers may be, said in plain words by field."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from cells import charting, periods
from cells.models import Frequency, Measure, MeasureKind

LARGEST = Decimal(10) ** 10
PLACES = 4


def wrong(
    measure: Measure, numerator: Decimal | None, denominator: Decimal | None
) -> dict[str, str]:
    """What can't be so, by field; empty when all is well. Both missing is well."""
    found: dict[str, str] = {}
    whole = measure.kind in (MeasureKind.PROPORTION, MeasureKind.COUNT)
    for name, value in (("numerator", numerator), ("denominator", denominator)):
        if value is not None and (said := _wrong_number(value, whole)):
            found[name] = said
    if found or not measure.has_denominator:
        return found
    if numerator is None and denominator is not None:
        found["numerator"] = _("The first number is missing.")
    elif numerator is not None and denominator is None:
        found["denominator"] = _("The second number is missing.")
    elif numerator is not None and denominator is not None:
        if measure.kind == MeasureKind.PROPORTION and numerator > denominator:
            said = _("%(part)s out of %(all)s can't be: the first is bigger. Check both.")
            found["numerator"] = said % {"part": shown(numerator), "all": shown(denominator)}
        elif denominator == 0 and numerator != 0:
            found["denominator"] = _("%(part)s out of 0 can't be.") % {"part": shown(numerator)}
    return found


def _wrong_number(value: Decimal, whole: bool) -> str:
    if value < 0:
        return _("A number can't be less than 0.")
    if value >= LARGEST:
        return _("This number is too big.")
    if whole and value != value.to_integral_value():
        return _("Use a whole number here.")
    if value != round(value, PLACES):
        return _("Use at most four digits after the point.")
    return ""


def unlikely(measure: Measure, numerator: Decimal | None, denominator: Decimal | None) -> str:
    """Why a number is outside of what is expected of the measure; empty when it is not.

    The limits are in the units that the chart shows: percent, per so many, or the number itself.
    """
    value = result(measure, numerator, denominator)
    if value is None:
        return ""
    words = {"value": charting.amount(measure, value)}
    if measure.lowest is not None and value < measure.lowest:
        words["limit"] = charting.amount(measure, measure.lowest)
        return _("%(value)s is less than the least that is expected (%(limit)s).") % words
    if measure.highest is not None and value > measure.highest:
        words["limit"] = charting.amount(measure, measure.highest)
        return _("%(value)s is more than the most that is expected (%(limit)s).") % words
    return ""


def result(
    measure: Measure, numerator: Decimal | None, denominator: Decimal | None
) -> Decimal | None:
    """What is shown for a period; None for a missing number and for nothing out of nothing."""
    if numerator is None:
        return None
    if not measure.has_denominator:
        return numerator
    return numerator / denominator * measure.multiply if denominator else None


def wrong_period(measure: Measure, period: date, on: date) -> str:
    """Why no number can stand for this period yet; empty when one can."""
    ends = periods.following(measure.frequency, period)
    over = period <= on if measure.frequency == Frequency.DAY else ends <= on
    if over:
        return ""
    name = periods.named(measure.frequency, period)
    return _("The numbers for %(period)s can be written down once it is over.") % {"period": name}


def shown(value: Decimal) -> str:
    """As short as can be: 12, 12.5."""
    return f"{value.normalize():f}"
