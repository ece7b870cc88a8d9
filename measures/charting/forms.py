"""Forms about how a measure is charted."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import PortalForm
from foundation.widgets import RadioSelect, Select, Textarea
from measures.charting.models import ChartKind, RuleSet
from measures.definitions.models import Measure


class ChartForm(PortalForm):
    chart = forms.ChoiceField(label=_("Which chart?"), widget=RadioSelect())
    ruleset = forms.ChoiceField(
        label=_("By which rules?"),
        help_text=_("The second set is only for the chart of single results."),
        choices=RuleSet.choices,
        initial=RuleSet.ANHOEJ,
        widget=RadioSelect(),
    )
    reason = forms.CharField(
        label=_("Why this one?"), max_length=1000, widget=Textarea(rows=3, warn_private=True)
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["chart"]
        field.choices = [
            (chart.value, ChartKind(chart.value).label) for chart in measure.shape.charts
        ]


class AdjustForm(PortalForm):
    """A period that has a number, and the reason."""

    period = forms.TypedChoiceField(
        label=_("Which period?"), coerce=date.fromisoformat, widget=Select()
    )
    reason = forms.CharField(
        label=_("Why?"), max_length=1000, widget=Textarea(rows=3, warn_private=True)
    )

    def __init__(
        self, *args: Any, named: Iterable[tuple[date, str]], asks: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["period"]
        field.label = asks
        choices: Sequence[tuple[str, str]] = [(day.isoformat(), name) for day, name in named]
        field.choices = [("", _("Choose one")), *choices]


class PhaseForm(AdjustForm):
    label = forms.CharField(
        label=_("What is it called on the chart?"),
        help_text=_("A few words, such as: New team"),
        max_length=30,
    )
    field_order = ("period", "label", "reason")


class UndoForm(PortalForm):
    because = forms.CharField(
        label=_("Why is it taken back?"),
        max_length=1000,
        widget=Textarea(rows=3, warn_private=True),
    )
