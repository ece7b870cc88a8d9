"""Forms for a measure's number: of a period, of single values, or of a day."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from foundation.fields import DecimalField
from foundation.forms import EditForm, PortalForm
from foundation.widgets import HiddenInput, NumberInput, Textarea
from measures.definitions.models import Measure
from measures.numbers import validation
from measures.numbers.values import several

# How many wrong entries of a box are named.
MENTIONED = 3


class ValuesField(forms.Field):
    """Numbers in one box, separated by spaces, commas or line breaks."""

    widget = Textarea(rows=4, free=False)

    def to_python(self, value: Any) -> list[Decimal]:
        found, wrong = several(value or "")
        if wrong:
            said = " ".join(validation.wrong_entry(entry) for entry in wrong[:MENTIONED])
            raise ValidationError(said)
        return found

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else validation.in_line(value)


class NumberForm(PortalForm):
    """A period's number in one field or two, or its single values in one.

    `past`: the measure's earlier results; a number far from them must be checked.
    """

    numerator = DecimalField(
        required=False,
        max_digits=14,
        decimal_places=4,
        widget=NumberInput(decimal=True, width=10),
    )
    denominator = DecimalField(
        required=False,
        max_digits=14,
        decimal_places=4,
        widget=NumberInput(decimal=True, width=10),
    )
    values = ValuesField(
        help_text=_(
            "One number for each. Put a space or a new line between them. Write nothing about "
            "whose they are."
        ),
        required=False,
    )
    # The period that was shown; somebody else may record it meanwhile.
    period = forms.DateField(widget=HiddenInput)
    mark_optional = False

    def __init__(
        self, *args: Any, measure: Measure, past: Sequence[Decimal] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.measure, self.past = measure, past
        self.fields["denominator"].label = measure.denominator
        asked = measure.shape.words.number or measure.numerator
        self.fields["numerator"].label = self.fields["values"].label = str(asked)
        for name in ("numerator", "denominator"):
            field: Any = self.fields[name]
            field.whole, field.counts = measure.shape.whole, measure.shape.counted
        for name in {"numerator", "denominator", "values"} - set(measure.shape.numbers):
            del self.fields[name]

    def doubts(self) -> Mapping[str, str]:
        """Doubts: the number is implausible, or far from earlier ones."""
        if self.is_missing or any(name in self.errors for name in self.numbers):
            return {}
        given = self._given
        if validation.wrong(self.measure, *given):
            return {}
        why = validation.unlikely(self.measure, *given) or validation.far_from_past(
            self.measure, *given, past=self.past
        )
        return {self.numbers[0]: f"{why} {validation.ask_to_check()}"} if why else {}

    def checked_value(self, name: str) -> tuple[str, str]:
        numerator, denominator, values = self._given
        said = validation.said(
            self.measure, validation.average(values) or numerator, denominator, values
        )
        return " ".join(map(str, (numerator, denominator, *values))), said

    @property
    def _given(self) -> tuple[Decimal | None, Decimal | None, list[Decimal]]:
        sent = self.cleaned_data
        return sent.get("numerator"), sent.get("denominator"), sent.get("values", [])

    @property
    def answers(self) -> dict[str, Any]:
        return super().answers | {"confirmed": bool(self.checked_values)}

    @property
    def is_missing(self) -> bool:
        """Whether the person says that the period has no number."""
        return "none" in self.data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self.numbers:
            if self.is_missing:
                cleaned[name] = [] if name == "values" else None
            elif cleaned.get(name) in (None, []) and name not in self.errors:
                self.add_error(name, self._nothing_in(name))
        return cleaned

    def _nothing_in(self, name: str) -> str:
        """The words for a missing number; of two, they say which."""
        if len(self.numbers) == 1:
            return str(self.measure.shape.words.none_given)
        words = _t("Write a number for “%(label)s”, or say that there is none for this period.")
        return words % {"label": self.fields[name].label}

    @property
    def numbers(self) -> list[str]:
        return [name for name in ("numerator", "denominator", "values") if name in self.fields]


class RareDayForm(NumberForm):
    """A day on which a rare event happened, and how many times."""

    period = forms.DateField(label=_("On which day did it happen?"))
    field_order = ("period", "numerator")


class NoNumberForm(PortalForm):
    """Why a period has no number."""

    missing_because = forms.CharField(
        label=_("Why is there no number?"),
        help_text=_("Such as: nobody counted, or too few people to tell."),
        max_length=200,
        widget=Textarea(rows=2, warn_private=True),
    )
    period = forms.DateField(widget=HiddenInput)


class CorrectionForm(EditForm, NumberForm):
    period = None  # type: ignore[assignment]
    reason = forms.CharField(
        label=_("Why is it corrected?"), max_length=500, widget=Textarea(rows=2, warn_private=True)
    )
    field_order = ("numerator", "denominator", "values", "reason")
