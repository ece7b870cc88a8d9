"""Fields for typed numbers. They never guess: they ask back about ambiguous input.

Each has a `doubt`: words on why a value is far from what is usual here, or nothing. A doubtful
value is accepted once the person has checked a box beside it (see PlainForm).
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from foundation import numbers
from foundation.widgets import MoneyInput, NumberInput

TWO_WAYS = "two_ways"
UNUSUAL = "unusual"

type Doubt = Callable[[Any], str]


class AskedBack(ValidationError):
    """Raised for ambiguous input: the readings with their words, likelier one first."""

    def __init__(self, message: str, readings: list[tuple[str, str]]) -> None:
        super().__init__(message, code=TWO_WAYS)
        self.readings = readings


class AsksBack:
    """A field that asks back about ambiguous input."""

    def read(self, value: Any) -> Any:
        """Read the value; raise AskedBack if it is ambiguous, ValidationError if not a number."""
        raise NotImplementedError


class TypedNumber(AsksBack):
    """What the number fields share: reading in the page's language, asking back, redisplay."""

    doubt: Doubt | None = None
    error_messages: dict[str, Any]

    def reading(self, text: str) -> numbers.Reading:
        raise NotImplementedError

    def words(self, value: Decimal) -> str:
        """A value inside a question: “Did you mean …?”"""
        return numbers.words(value)

    def shown(self, value: Decimal) -> str:
        """A value as the box shows it, so that it reads back as the same value."""
        return numbers.plain(value)

    def read(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        if isinstance(value, int | float):
            return Decimal(str(value))
        if not str(value).strip():
            return None
        found = self.reading(str(value))
        match found:
            case numbers.Number(typed):
                return numbers.without_zeros(typed)
            case numbers.Unreadable(trouble):
                raise ValidationError(self.error_messages[trouble], code=trouble)
            case numbers.TwoWays(readings):
                raise self._question(readings)

    def _question(self, readings: tuple[Decimal, ...]) -> AskedBack:
        offered = [(self.shown(value), self.words(value)) for value in readings]
        named = [words for _value, words in offered]
        if len(named) == 1:
            return AskedBack(_t("Did you mean %(first)s?") % {"first": named[0]}, offered)
        said = _t("Did you mean %(first)s or %(second)s?") % {"first": named[0], "second": named[1]}
        return AskedBack(said, offered)

    def prepare_value(self, value: Any) -> Any:
        """The box's content: typed text as it was, a number in the page's language."""
        if isinstance(value, bool) or value is None or isinstance(value, str):
            return value
        return self.shown(Decimal(str(value)))


NUMBER_WORDS: dict[str, Any] = {
    numbers.Trouble.INVALID: _("Use a number, like 12.5."),
    numbers.Trouble.SEVERAL: _("Write it as one number."),
    numbers.Trouble.CURRENCY: _("Write the number without a currency sign."),
    numbers.Trouble.PERCENT: _("Write the number without a percent sign."),
    numbers.Trouble.FRACTION: _("Write this part of a whole with decimals."),
}


class DecimalField(TypedNumber, forms.DecimalField):
    """A number with decimals, such as a measure's value or a goal."""

    widget: type[NumberInput] = NumberInput
    default_error_messages = NUMBER_WORDS
    money = False
    # True for counts, which are whole although stored with decimals.
    whole = False
    # True for amounts of things, such as days of care: three digits after a comma are thousands.
    counts = False

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("decimal_places", 4)
        super().__init__(**kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def reading(self, text: str) -> numbers.Reading:
        places = 0 if self.whole else self.decimal_places or 0
        if self.counts:
            places = min(places, numbers.THREE - 1)
        units = [getattr(self.widget, "suffix", "")]
        return numbers.read(
            text, places=places, money=self.money, units=map(str, units), fits=self.fits
        )

    def fits(self, value: Decimal) -> bool:
        """Whether a value can be an answer here."""
        if self.whole and value != value.to_integral_value():
            return False
        try:
            self.run_validators(numbers.without_zeros(value))
        except ValidationError:
            return False
        return True

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return self.read(value)


class MoneyField(DecimalField):
    """Dollars: “$1,250.00”, “12.5”, “12.50 dollars”."""

    widget = MoneyInput
    money = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"decimal_places": 2, **kwargs})

    def words(self, value: Decimal) -> str:
        return numbers.money_words(value)

    def shown(self, value: Decimal) -> str:
        return numbers.plain(value, places=2)


class HoursField(DecimalField):
    """Hours: “1.5”, “1½”, “1:30”, “1 h 30 min”, “90 minutes”."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"decimal_places": 2, **kwargs})
        # The keypad must offer the letters of "1 h 30 min", too.
        self.widget.attrs["inputmode"] = "text"

    def reading(self, text: str) -> numbers.Reading:
        return numbers.read_hours(text, fits=self.fits)

    def words(self, value: Decimal) -> str:
        return numbers.hours_words(value)

    def shown(self, value: Decimal) -> str:
        return numbers.plain_hours(value)


class WholeField(TypedNumber, forms.IntegerField):
    """A whole number: a count, days, minutes, a rank, whole percent."""

    widget = NumberInput
    default_error_messages = NUMBER_WORDS

    def reading(self, text: str) -> numbers.Reading:
        units = [getattr(self.widget, "suffix", "")]
        return numbers.read(text, places=0, units=map(str, units), fits=self.fits)

    def fits(self, value: Decimal) -> bool:
        if value != value.to_integral_value():
            return False
        try:
            self.run_validators(int(value))
        except ValidationError:
            return False
        return True

    def to_python(self, value: Any) -> int | None:
        found = self.read(value)
        if found is None:
            return None
        if found != found.to_integral_value():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(found)
