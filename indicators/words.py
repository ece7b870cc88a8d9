"""The engine's codes and numbers, in the reader's language."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.engine import NOTHING, NOTHING_WORDS
from indicators.registry import (
    Criterion,
    CriterionUnit,
    Indicator,
    Number,
    Outcome,
    Param,
    Text,
)
from indicators.results import JudgedCriterion


def message(criterion: Criterion, outcome: Outcome) -> str:
    """What was found, as a sentence."""
    words: Text = (
        NOTHING_WORDS
        if outcome.message == NOTHING
        else criterion.messages.get(outcome.message, NOTHING_WORDS)
    )
    return str(words % _shown_params(outcome.params)) if outcome.params else str(words)


def _shown_params(params: Mapping[str, Param]) -> dict[str, object]:
    shown: dict[str, object] = {}
    for name, value in params.items():
        if isinstance(value, date):
            shown[name] = day(value)
        elif isinstance(value, Decimal):
            shown[name] = number(value)
        else:
            shown[name] = value
    return shown


def day(value: date) -> str:
    return date_format(value, "F j, Y")


def number(value: Number) -> str:
    """A number without trailing zeros: 24, 24.5."""
    exact = Decimal(value)
    whole = exact == exact.to_integral_value()
    return number_format(exact, 0 if whole else 1, use_l10n=True)


def headline(indicator: Indicator) -> Criterion | None:
    return indicator.criterion(indicator.headline) if indicator.headline else None


def value(indicator: Indicator, found: Number | None, goal: Number | None) -> str:
    """The indicator's headline number: "24%", "12 days", "3 of 4"."""
    if found is None:
        return ""
    criterion = headline(indicator)
    if criterion is None:
        return _("%(count)s of %(all)s") % {"count": number(found), "all": number(goal or 0)}
    return measured(criterion.unit, found)


def measure(indicator: Indicator, judged: Iterable[JudgedCriterion]) -> str:
    """What the number is; appended to it."""
    criterion = headline(indicator)
    if criterion is None:
        return _("parts in place")
    params = next((each.outcome.params for each in judged if each.code == criterion.code), {})
    return criterion.measured_as(params)


def measured(unit: CriterionUnit, found: Number) -> str:
    """A number in a unit."""
    if unit is CriterionUnit.PERCENT:
        return _("%(number)s%%") % {"number": number(found)}
    if unit is CriterionUnit.DAYS:
        return ngettext("%(number)s day", "%(number)s days", int(found)) % {"number": number(found)}
    return number(found)


def goal(indicator: Indicator, wanted: Number | None) -> str:
    """The goal in words: "Goal: at least 20%"."""
    if wanted is None:
        return ""
    criterion = headline(indicator)
    if criterion is None:
        return _("Goal: all parts")
    amount = {"amount": measured(criterion.unit, wanted)}
    if criterion.at_most:
        return _("Goal: at most %(amount)s") % amount
    return _("Goal: at least %(amount)s") % amount
