from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells import numbers
from cells.forms.plans import offer
from cells.models import Frequency, Measure, MeasureKind, Way
from foundation.forms import EditForm, PlainForm, PortalForm
from foundation.widgets import (
    CheckboxInput,
    HiddenInput,
    NumberInput,
    RadioSelect,
    Select,
    Textarea,
    TextInput,
)


class KindForm(PlainForm):
    """The first question about a new measure; what is asked next depends on it."""

    kind = forms.ChoiceField(
        label=_("What kind of number is it?"),
        choices=MeasureKind.choices,
        widget=RadioSelect(
            hints={
                MeasureKind.PROPORTION: _("Such as people seen within a week, out of all."),
                MeasureKind.COUNT: _("Such as calls that nobody answered."),
                MeasureKind.RATE: _("Such as falls for every 1,000 days of care."),
                MeasureKind.SCORE: _("Such as the average wait in days, or a rating."),
            }
        ),
    )


WORDS: dict[str, tuple[Any, Any]] = {
    MeasureKind.PROPORTION: (
        _("Which people or things are counted?"),
        _("Such as: people who had a first visit within 7 days"),
    ),
    MeasureKind.COUNT: (_("What is counted?"), _("Such as: calls that nobody answered")),
    MeasureKind.RATE: (_("What is counted?"), _("Such as: falls")),
    MeasureKind.SCORE: (
        _("What is the number, and how is it worked out?"),
        _("Such as: days from the first call to the first visit, the average of the month"),
    ),
}


EXPECTED: dict[str, Any] = {
    MeasureKind.PROPORTION: _("In percent. Whoever writes down another number is asked again."),
    MeasureKind.RATE: _("Of the rate. Whoever writes down another number is asked again."),
    MeasureKind.COUNT: _("Whoever writes down another number is asked again."),
    MeasureKind.SCORE: _("Whoever writes down another number is asked again."),
}


class MeasureForm(PortalForm):
    """An operational definition; the fields fit the kind."""

    name = forms.CharField(
        label=_("What is it called?"),
        help_text=_("Such as: First visit within a week"),
        max_length=120,
    )
    numerator = forms.CharField(max_length=300)
    denominator = forms.CharField(label=_("Out of what?"), max_length=300)
    per = forms.IntegerField(
        label=_("For how many is the rate shown?"),
        help_text=_("Such as 1000, for so many in every 1,000 days."),
        min_value=1,
        max_value=1_000_000,
        widget=NumberInput(width=10),
    )
    unit = forms.CharField(
        label=_("In which unit?"),
        help_text=_("Such as: days, points, calls"),
        required=False,
        max_length=40,
        widget=TextInput(width=20),
    )
    direction = forms.ChoiceField(
        label=_("Which way is better?"), choices=Way.choices, widget=RadioSelect()
    )
    frequency = forms.ChoiceField(
        label=_("How often is it counted?"), choices=Frequency.choices, widget=RadioSelect()
    )
    source = forms.CharField(
        label=_("Where does the number come from?"),
        help_text=_("Such as: the appointment book at the front desk"),
        max_length=300,
    )
    lag = forms.IntegerField(
        label=_("How many days after is it late?"),
        help_text=_("Such as 7: the number of March is late from April 8 on."),
        min_value=0,
        max_value=366,
        initial=7,
        widget=NumberInput(width=4),
    )
    collected_by: "forms.ModelChoiceField[Member]" = forms.ModelChoiceField(
        label=_("Who writes it down?"), queryset=None, widget=Select()
    )
    inclusion = forms.CharField(
        label=_("Who or what counts?"), required=False, max_length=1000, widget=Textarea(rows=2)
    )
    exclusion = forms.CharField(
        label=_("Who or what does not count?"),
        required=False,
        max_length=1000,
        widget=Textarea(rows=2),
    )

    lowest = forms.DecimalField(
        label=_("What is the least that you expect?"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=4,
        widget=NumberInput(decimal=True, width=10),
    )
    highest = forms.DecimalField(
        label=_("What is the most that you expect?"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=4,
        widget=NumberInput(decimal=True, width=10),
    )

    def __init__(self, *args: Any, kind: str, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "collected_by", members)
        label, example = WORDS[kind]
        self.fields["numerator"].label, self.fields["numerator"].help_text = label, example
        if kind not in (MeasureKind.PROPORTION, MeasureKind.RATE):
            del self.fields["denominator"]
        if kind != MeasureKind.RATE:
            del self.fields["per"]
        if kind == MeasureKind.PROPORTION:
            del self.fields["unit"]
        self.fields["lowest"].help_text = self.fields["highest"].help_text = EXPECTED[kind]


class MeasureEditForm(EditForm, MeasureForm):
    """The same, over a measure that others may change meanwhile."""


class NumberForm(PortalForm):
    """A period's number, in one field or two; a box more if it is not what is expected."""

    numerator = forms.DecimalField(
        required=False,
        max_digits=14,
        decimal_places=4,
        widget=NumberInput(decimal=True, width=10),
    )
    denominator = forms.DecimalField(
        required=False,
        max_digits=14,
        decimal_places=4,
        widget=NumberInput(decimal=True, width=10),
    )
    confirmed = forms.BooleanField(
        label=_("I checked it: the number is right"), required=False, widget=CheckboxInput()
    )
    # The one that was shown: somebody else may write it down meanwhile.
    period = forms.DateField(widget=HiddenInput)
    mark_optional = False

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        self.fields["numerator"].label = measure.numerator
        self.fields["denominator"].label = measure.denominator
        if not measure.has_denominator:
            del self.fields["denominator"]
        if not self._is_unlikely():
            del self.fields["confirmed"]

    def _is_unlikely(self) -> bool:
        """Whether the number that was sent is outside of what is expected."""
        if not self.is_bound or self.is_missing:
            return False
        sent = {}
        for name in self.numbers:
            raw = self.data.get(self.add_prefix(name), "")
            try:
                sent[name] = self.fields[name].clean(raw)
            except ValidationError:
                return False
        pair = sent["numerator"], sent.get("denominator")
        if numbers.wrong(self.measure, *pair):
            return False
        return bool(numbers.unlikely(self.measure, *pair))

    @property
    def is_missing(self) -> bool:
        """Whether the person says that there is no number for the period."""
        return "none" in self.data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in self.numbers:
            if self.is_missing:
                cleaned[name] = None
            elif cleaned.get(name) is None and name not in self.errors:
                self.add_error(
                    name, _("Write a number, or say that there is none for this period.")
                )
        return cleaned

    @property
    def numbers(self) -> list[str]:
        return [name for name in ("numerator", "denominator") if name in self.fields]


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
    field_order = ("numerator", "denominator", "reason", "confirmed")
