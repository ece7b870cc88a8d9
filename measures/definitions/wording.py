"""A measure's values in its units, in words."""

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext

from measures.definitions.models import Measure


def amount(measure: Measure, value: float | Decimal | None) -> str:
    """A value in the measure's units: 64%, 3.2 per 1,000, 12 days."""
    if value is None:
        return ""
    tenths = float(f"{value:.1f}")
    whole = tenths.is_integer() and (tenths or not value)
    decimals = 0 if whole or tenths >= 100 else 1
    if value == 1 and measure.shape.one:
        return str(measure.shape.one)
    return worded(value, decimals) + unit(measure)


def worded(value: float | Decimal, decimals: int) -> str:
    """A number in words, rounded; Django's own formatting would truncate it."""
    rounded = Decimal(f"{value:.{decimals}f}")
    return formats.number_format(rounded, decimals, use_l10n=True, force_grouping=True)


def unit(measure: Measure) -> str:
    """What follows every value of the measure."""
    if measure.shape.unit:
        return str(measure.shape.unit)
    if measure.shape.has_per and measure.per > 1:
        return gettext(" per %(per)s") % {"per": worded(measure.per, 0)}
    return f" {measure.unit}" if measure.unit else ""
