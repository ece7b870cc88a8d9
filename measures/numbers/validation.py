"""Checks of a period's numbers, with plain words by field."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.definitions import periods, wording
from measures.definitions.models import Frequency, Measure
from measures.numbers.models import MOST_A_DAY, MOST_VALUES
from measures.policies import ENOUGH_PAST, FAR_FROM_PAST

LARGEST = Decimal(10) ** 10
PLACES = 4
# How many characters of a person's input are quoted back.
QUOTED = 40


def average(values: Sequence[Decimal]) -> Decimal | None:
    """The mean of single values, at the precision stored; None without any."""
    return round(sum(values, Decimal(0)) / len(values), PLACES) if values else None


def wrong(
    measure: Measure,
    numerator: Decimal | None,
    denominator: Decimal | None,
    values: Sequence[Decimal] = (),
) -> dict[str, str]:
    """Errors by field; empty if there are none. All values missing is no error."""
    if measure.shape.has_values:
        said = _wrong_values(values)
        return {"values": said} if said else {}
    found: dict[str, str] = {}
    for name, value in (("numerator", numerator), ("denominator", denominator)):
        if value is not None and (said := _wrong_number(value, measure.shape.whole)):
            found[name] = said
    if not found and not measure.shape.is_periodic and numerator is not None:
        return _wrong_times(numerator)
    if not found and measure.shape.has_denominator:
        return _wrong_pair(measure, numerator, denominator)
    return found


def _wrong_pair(
    measure: Measure, numerator: Decimal | None, denominator: Decimal | None
) -> dict[str, str]:
    if numerator is None and denominator is None:
        return {}
    if numerator is None:
        return {"numerator": _("The first number is missing.")}
    if denominator is None:
        return {"denominator": _("The second number is missing.")}
    if measure.shape.share and numerator > denominator:
        said = _("%(part)s out of %(all)s can't be: the first is bigger. Check both.")
        return {"numerator": said % {"part": shown(numerator), "all": shown(denominator)}}
    if denominator == 0 and numerator != 0:
        return {"denominator": _("%(part)s out of 0 can't be.") % {"part": shown(numerator)}}
    return {}


def _wrong_values(values: Sequence[Decimal]) -> str:
    if len(values) > MOST_VALUES:
        return _("There are more than %(most)d values. Use a shorter time, such as a week.") % {
            "most": MOST_VALUES
        }
    return next((said for value in values if (said := wrong_value(value))), "")


def wrong_value(value: Decimal) -> str:
    """Why this can't be one of several values; empty if it can."""
    said = _wrong_number(value, whole=False)
    return f"“{shown(value)}”: {said}" if said else ""


def _wrong_times(times: Decimal) -> dict[str, str]:
    if times < 1:
        return {"numerator": _("Write how many times it happened: 1 or more.")}
    if times > MOST_A_DAY:
        said = _("More than %(most)d on one day is not rare. Count it by the week or the month.")
        return {"numerator": said % {"most": MOST_A_DAY}}
    return {}


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


def unlikely(
    measure: Measure,
    numerator: Decimal | None,
    denominator: Decimal | None,
    values: Sequence[Decimal] = (),
) -> str:
    """Why a number is outside the measure's plausible range; empty if it is not.

    The limits are in the chart's units: percent, per some number, or the number itself. Single
    values are checked one by one.
    """
    if not values:
        value = result(measure, numerator, denominator)
        return "" if value is None else _unlikely(measure, value)
    found = [said for value in dict.fromkeys(values) if (said := _unlikely(measure, value))]
    if len(found) < 2:
        return "".join(found)
    more = ngettext(
        "There is %(n)d more like it.", "There are %(n)d more like it.", len(found) - 1
    ) % {"n": len(found) - 1}
    return f"{found[0]} {more}"


def _unlikely(measure: Measure, value: Decimal) -> str:
    words = {"value": wording.amount(measure, value)}
    if measure.lowest is not None and value < measure.lowest:
        words["limit"] = wording.amount(measure, measure.lowest)
        return _("%(value)s is less than the least that is expected (%(limit)s).") % words
    if measure.highest is not None and value > measure.highest:
        words["limit"] = wording.amount(measure, measure.highest)
        return _("%(value)s is more than the most that is expected (%(limit)s).") % words
    return ""


def far_from_past(
    measure: Measure,
    numerator: Decimal | None,
    denominator: Decimal | None,
    values: Sequence[Decimal] = (),
    *,
    past: Sequence[Decimal],
) -> str:
    """Why a number is far from the measure's earlier results; empty if it is not."""
    value = result(measure, average(values) if values else numerator, denominator)
    if value is None or not measure.shape.is_periodic or len(past) < ENOUGH_PAST.value:
        return ""
    low, high = min(past), max(past)
    times = FAR_FROM_PAST.value
    if not high or low / times <= value <= high * times:
        return ""
    words = {
        name: wording.amount(measure, each)
        for name, each in (("value", value), ("low", low), ("high", high))
    }
    return _("%(value)s is far from the results so far (%(low)s to %(high)s).") % words


def ask_to_check() -> str:
    """The words that follow the reason for a doubt."""
    return _("Correct it, or check the box if it is right.")


def result(
    measure: Measure, numerator: Decimal | None, denominator: Decimal | None
) -> Decimal | None:
    """The displayed result; None for a missing number and for 0 out of 0."""
    if numerator is None:
        return None
    if not measure.shape.has_denominator:
        return numerator
    return numerator / denominator * measure.multiply if denominator else None


def wrong_period(measure: Measure, period: date, on: date) -> str:
    """Why this period can't have a number, or not yet; empty if it can.

    A retired measure still accepts numbers for days before.
    """
    if measure.retired_on is not None and period > measure.retired_on:
        return _("This measure was no longer used then. Choose a day before.")
    ends = periods.following(measure.frequency, period)
    over = period <= on if measure.frequency == Frequency.DAY else ends <= on
    if over:
        return ""
    name = periods.named(measure.frequency, period)
    return str(measure.shape.words.not_over) % {"period": name}


def shown(value: Decimal) -> str:
    """As short as possible: 12, 12.5."""
    return f"{value.normalize():f}"


def said(
    measure: Measure,
    numerator: Decimal | None,
    denominator: Decimal | None,
    values: Sequence[Decimal] = (),
) -> str:
    """A row's content in words: 12, 12 of 40, 5 values with their average."""
    if numerator is None:
        return str(measure.shape.words.none)
    if values:
        words = ngettext(
            "%(n)d value, average %(average)s", "%(n)d values, average %(average)s", len(values)
        )
        return words % {"n": len(values), "average": wording.worded(numerator, 1)}
    if denominator is None:
        return shown(numerator)
    return _("%(part)s of %(all)s") % {"part": shown(numerator), "all": shown(denominator)}


def in_line(values: Sequence[Decimal]) -> str:
    """Single values on one line: 3 7 12.5."""
    return " ".join(map(shown, values))


def wrong_entry(text: str) -> str:
    """Why this can't be one of several numbers."""
    if "," in text:
        said = _(
            "“%(text)s” could be one number or more. Write a space between two numbers, and a "
            "point before decimals."
        )
    else:
        said = _("“%(text)s” is not a number. Write only numbers.")
    return said % {"text": short(text)}


def short(text: str) -> str:
    """A person's input, shortened to keep a message readable."""
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"
