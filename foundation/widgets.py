"""Widgets that are easy on an old phone: the right keyboard, nothing cut short."""

from collections.abc import Mapping
from typing import Any

from django.forms import widgets
from django.forms.widgets import CheckboxInput, HiddenInput, PasswordInput, Widget
from django.utils.functional import Promise

Text = str | Promise

__all__ = [
    "CheckboxInput",
    "CheckboxSelectMultiple",
    "DateInput",
    "DateTimeInput",
    "DrawingInput",
    "EmailInput",
    "FileInput",
    "HiddenInput",
    "MoneyInput",
    "NumberInput",
    "PasswordInput",
    "RadioSelect",
    "Select",
    "TextInput",
    "Textarea",
    "TimeInput",
]


def _with_class(attrs: Mapping[str, Any] | None, name: str) -> dict[str, Any]:
    merged = dict(attrs or {})
    if name:
        merged["class"] = f"{merged.get('class', '')} {name}".strip()
    return merged


class _Affixed(Widget):
    """A control with a unit beside it; screen readers skip the unit, so the label names it, too."""

    template_name = "django/forms/widgets/affixed.html"
    prefix: Text = ""
    suffix: Text = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["prefix"] = self.prefix
        context["widget"]["suffix"] = self.suffix
        return context


class TextInput(_Affixed, widgets.TextInput):
    """One line. `width` is in characters (2, 3, 4, 5, 10, 20); without it, the column's width."""

    def __init__(
        self,
        attrs: Mapping[str, Any] | None = None,
        *,
        width: int | None = None,
        suffix: Text = "",
        warn_private: bool = False,
    ) -> None:
        super().__init__(_with_class(attrs, f"govuk-input--width-{width}" if width else ""))
        self.suffix = suffix
        self.warn_private = warn_private


class EmailInput(widgets.EmailInput):
    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "email", "spellcheck": "false", **(attrs or {})})


class NumberInput(_Affixed, widgets.TextInput):
    """A number in a text box with a numeric keypad: no wheel or arrow key changes it unnoticed.

    It leaves the text as typed; foundation.fields reads it.
    """

    def __init__(
        self,
        attrs: Mapping[str, Any] | None = None,
        *,
        width: int = 5,
        suffix: Text = "",
        decimal: bool = False,
    ) -> None:
        keyboard = {"inputmode": "decimal" if decimal else "numeric", "autocomplete": "off"}
        super().__init__(_with_class({**keyboard, **(attrs or {})}, f"govuk-input--width-{width}"))
        self.suffix = suffix


class MoneyInput(NumberInput):
    """An amount in dollars."""

    prefix = "$"

    def __init__(self, attrs: Mapping[str, Any] | None = None, *, width: int = 10) -> None:
        super().__init__(attrs, width=width, decimal=True)


class Textarea(widgets.Textarea):
    """A box of several lines.

    `count` shows how many characters of the field's max_length are left; `warn_private` asks people
    to leave out health and legal details. `free=False` is for texts about no person (a document, a
    definition, numbers); without it, the notice about danger and reporting stands above the form.
    """

    def __init__(
        self,
        attrs: Mapping[str, Any] | None = None,
        *,
        rows: int = 5,
        count: bool = False,
        warn_private: bool = False,
        free: bool = True,
    ) -> None:
        super().__init__({"rows": rows, **(attrs or {})})
        self.attrs.pop("cols", None)
        self.count = count
        self.warn_private = warn_private
        self.free = free

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Browsers count a line break as one character but send two; make it one."""
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


class DateInput(widgets.DateInput):
    """The phone's date picker. It sends ISO dates; without a picker, the text is parsed."""

    input_type = "date"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(_with_class(attrs, "app-input--date"), format="%Y-%m-%d")


class TimeInput(widgets.TimeInput):
    input_type = "time"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(_with_class(attrs, "app-input--time"), format="%H:%M")


class DateTimeInput(widgets.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        super().__init__(_with_class(attrs, "app-input--datetime"), format="%Y-%m-%dT%H:%M")


class Select(widgets.Select):
    """A drop-down; for up to about seven answers, RadioSelect is easier."""


class _Hinted(widgets.ChoiceWidget):
    """Choices with a hint under each; `hints` is keyed by the choice's value."""

    def __init__(
        self,
        attrs: Mapping[str, Any] | None = None,
        choices: Any = (),
        *,
        hints: Mapping[Any, Text] | None = None,
        inline: bool = False,
    ) -> None:
        super().__init__(dict(attrs) if attrs else None, choices)
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}
        self.inline = inline

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        hint = self.hints.get(str(value), "")
        if hint:
            option["hint"] = hint
            option["attrs"]["aria-describedby"] = f"{option['attrs'].get('id', name)}-item-hint"
        return option

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["inline"] = self.inline
        return context


class RadioSelect(_Hinted, widgets.RadioSelect):
    """One of a few choices; `inline` puts two short ones (yes, no) side by side."""


class CheckboxSelectMultiple(_Hinted, widgets.CheckboxSelectMultiple):
    """Any of a few choices."""


class DrawingInput(widgets.TextInput):
    """A box to draw in with a finger; it sends an SVG path, and nothing without scripts."""

    template_name = "django/forms/widgets/drawing.html"
    use_fieldset = True


class NamesSelectMultiple(CheckboxSelectMultiple):
    """Any of many people: their names stand in columns where there is room."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["columns"] = True
        return context


class FileInput(widgets.FileInput):
    """The browser's own file control, since the enhanced one does not pass axe."""
