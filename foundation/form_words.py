"""Defaults of every field: limits the database can store, and errors that say what to fix."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import (
    DecimalValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinValueValidator,
)
from django.forms import widgets as django_widgets
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation import widgets

LINE, TEXT = 500, 10_000
WHOLE = 2_147_483_647
AMOUNT = 1_000_000_000
FIRST_YEAR, LAST_YEAR = 1900, 2100
FILE_SIZE = 5 * 1024 * 1024

_OURS: Mapping[type[django_widgets.Widget], type[django_widgets.Widget]] = {
    django_widgets.DateInput: widgets.DateInput,
    django_widgets.TimeInput: widgets.TimeInput,
    django_widgets.DateTimeInput: widgets.DateTimeInput,
    django_widgets.NumberInput: widgets.NumberInput,
    django_widgets.EmailInput: widgets.EmailInput,
    django_widgets.ClearableFileInput: widgets.FileInput,
}


def prepare(field: forms.Field, label: str | Promise) -> None:
    """Give a field our widget, limits and words, except where its form set its own."""
    _dress(field)
    _limit(field)
    if not isinstance(field.error_messages, _Messages):
        field.error_messages = _Messages(field, label)


def _dress(field: forms.Field) -> None:
    ours = _OURS.get(type(field.widget))
    if ours is not None:
        dressed = ours()
        kept = dict(field.widget.attrs)
        kept["class"] = f"{dressed.attrs.get('class', '')} {kept.get('class', '')}".strip()
        dressed.attrs.update({name: value for name, value in kept.items() if value})
        if isinstance(field, forms.DecimalField | forms.FloatField):
            dressed.attrs["inputmode"] = "decimal"
        dressed.is_required = field.required
        field.widget = dressed


def _limit(field: forms.Field) -> None:
    parsed = isinstance(field, forms.UUIDField | forms.JSONField)  # Not text once parsed.
    if isinstance(field, forms.CharField) and field.max_length is None and not parsed:
        long = isinstance(field.widget, django_widgets.Textarea)
        field.max_length = TEXT if long else LINE
        field.validators.append(MaxLengthValidator(field.max_length))
    elif isinstance(field, forms.DecimalField):
        if field.max_digits is None:
            places = 6 if field.decimal_places is None else None
            field.validators.append(DecimalValidator(15, places))
    elif isinstance(field, forms.IntegerField):
        bound = AMOUNT if isinstance(field, forms.FloatField) else WHOLE
        if field.max_value is None:
            field.validators.append(_NotAbove(bound))
        if field.min_value is None:
            field.validators.append(_NotBelow(-bound))
    elif isinstance(field, forms.DateField | forms.DateTimeField):
        field.validators.append(_within_years)
    elif isinstance(field, forms.FileField):
        field.validators.append(_SmallEnough(getattr(field, "most_bytes", FILE_SIZE)))


class _NotAbove(MaxValueValidator):
    code = "overflow"


class _NotBelow(MinValueValidator):
    code = "underflow"


def _within_years(value: date) -> None:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(_("Check the year."), code="year")


@dataclass(frozen=True)
class _SmallEnough:
    most: int

    def __call__(self, value: Any) -> None:
        if value.size > self.most:
            raise ValidationError(_("This file is too big."), code="size")


class _Messages(dict[str, Any]):
    """A form's own messages and ours, put into words only when needed."""

    def __init__(self, field: forms.Field, label: str | Promise) -> None:
        super().__init__(
            (code, message)
            for code, message in field.error_messages.items()
            if not (code in _OURS_SAY and _is_default(field, code, message))
        )
        self._field, self._label = field, label

    def __contains__(self, code: object) -> bool:
        return code in _OURS_SAY or super().__contains__(code)

    def __missing__(self, code: str) -> str:
        if code not in _OURS_SAY:
            raise KeyError(code)
        return _said(self._field, code, str(self._label))


def _is_default(field: forms.Field, code: str, message: object) -> bool:
    """Whether the form left Django's default message in place."""
    return any(
        getattr(kind, "default_error_messages", {}).get(code) is message
        for kind in type(field).__mro__
    )


def _required(field: forms.Field) -> Promise:
    widget = field.widget
    if isinstance(widget, django_widgets.CheckboxInput):
        return _("Check the box “{label}” to go on.")
    if isinstance(widget, django_widgets.FileInput):
        return _("Choose a file for “{label}”")
    if isinstance(widget, django_widgets.ChoiceWidget):
        return _("Choose an answer for “{label}”")
    if isinstance(widget, django_widgets.DateInput):
        return _("Choose a date for “{label}”")
    return _("Fill in “{label}”")


_INVALID: tuple[tuple[type[forms.Field], Promise], ...] = (
    (forms.FloatField, _("Use a number for “{label}”, like 12.5.")),
    (forms.DecimalField, _("Use a number for “{label}”, like 12.5.")),
    (forms.IntegerField, _("Use a whole number for “{label}”, like 12.")),
    (forms.DateTimeField, _("Use a real date and time for “{label}”, like 11/30/2026 14:30.")),
    (forms.DateField, _("Use a real date for “{label}”, like 11/30/2026.")),
    (forms.TimeField, _("Use a time for “{label}”, like 14:30.")),
    (forms.EmailField, _("Write “{label}” as an e-mail address, like name@example.org.")),
    (forms.URLField, _("Write “{label}” as a web address, like https://example.org.")),
    (forms.FileField, _("The file for “{label}” did not arrive. Please choose it again.")),
)


def _invalid(field: forms.Field) -> Promise:
    return next(
        (message for kind, message in _INVALID if isinstance(field, kind)),
        _("Check what you wrote for “{label}”"),
    )


def _money(field: forms.Field) -> Promise:
    if getattr(field, "money", False):
        return _("Write “{label}” in dollars, like 12.50.")
    return _("Write “{label}” without a currency sign.")


def _year(_field: forms.Field) -> str:
    words = _("Use a year from %(first)d to %(last)d for “{label}”")
    return str(words) % {"first": FIRST_YEAR, "last": LAST_YEAR}


def _too_long(field: forms.Field) -> Promise:
    if isinstance(field, forms.FileField):  # A file's "max_length" is that of its name.
        return _("The name of the file for “{label}” is too long.")
    return _("“{label}” can have at most %(limit_value)d characters. You wrote %(show_value)d.")


class _Plain(str):
    """A message without number placeholders: a percent sign in it stays as it is."""

    __slots__ = ()

    def __mod__(self, _params: object) -> str:
        return str(self)


_Said = Promise | Callable[[forms.Field], Promise | str]
_LISTED = _("Choose from the answers that are listed for “{label}”")
_PLAIN: Mapping[str, _Said] = {
    "required": _required,
    "invalid": _invalid,
    "several": _("Write “{label}” as one number, like 1,250 or 12.50."),
    "currency": _money,
    "percent": _("Write “{label}” without a percent sign."),
    "fraction": _("Write “{label}” with decimals, like 1.5."),
    "null_characters_not_allowed": _(
        "“{label}” holds a character that cannot be kept. Please write it again."
    ),
    "year": _year,
    "size": _("The file for “{label}” is too big. Choose one of 5 MB or less."),
    "empty": _("The file for “{label}” is empty. Please choose another one."),
    "missing": _("Choose a file for “{label}”"),
    "invalid_choice": _LISTED,
    "invalid_list": _LISTED,
    "invalid_pk_value": _LISTED,
    "overflow": _("Use a smaller number for “{label}”"),
    "underflow": _("Use a bigger number for “{label}”"),
    "max_digits": _("Use fewer digits for “{label}”"),
    "max_whole_digits": _("Use a smaller number for “{label}”"),
}
# Django fills numbers into these, so percent signs in the label must be doubled.
_COUNTED: Mapping[str, _Said] = {
    "max_length": _too_long,
    "min_length": _(
        "“{label}” needs at least %(limit_value)d characters. You wrote %(show_value)d."
    ),
    "max_value": _("“{label}” can be at most %(limit_value)s."),
    "min_value": _("“{label}” must be at least %(limit_value)s."),
    "max_decimal_places": _("Use at most %(max)s decimal places for “{label}”"),
}
_OURS_SAY: Mapping[str, _Said] = {**_PLAIN, **_COUNTED}


def _said(field: forms.Field, code: str, label: str) -> str:
    """Our message for an error, with the field's label in it."""
    said = _OURS_SAY[code]
    words = str(said(field) if callable(said) else said)
    if code in _COUNTED:
        return words.replace("{label}", label.replace("%", "%%"))
    return _Plain(words.replace("{label}", label))
