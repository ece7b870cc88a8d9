"""The form by which an agency keeps something for another time."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.fields import WholeField
from foundation.forms import PortalForm
from foundation.months import A_YEAR
from foundation.retention import KeptFor
from foundation.widgets import RadioSelect, Textarea

# More than anybody asks for, in any unit.
LONGEST = 999


class SpanUnit(models.TextChoices):
    YEARS = "years", _("Years")
    MONTHS = "months", _("Months")
    DAYS = "days", _("Days")

    def span(self, number: int) -> KeptFor:
        if self is SpanUnit.DAYS:
            return KeptFor(days=number)
        return KeptFor(months=number * (A_YEAR if self is SpanUnit.YEARS else 1))


def typed(kept: KeptFor) -> dict[str, Any]:
    """A span as the form shows it."""
    years, months = divmod(kept.months, A_YEAR)
    if years and not months:
        return {"number": years, "unit": SpanUnit.YEARS}
    if kept.months:
        return {"number": kept.months, "unit": SpanUnit.MONTHS}
    return {"number": kept.days, "unit": SpanUnit.DAYS}


class KeepForm(PortalForm):
    number = WholeField(label=_("How long is it kept?"), min_value=1, max_value=LONGEST)
    unit = forms.ChoiceField(
        label=_("Years, months or days?"), choices=SpanUnit.choices, widget=RadioSelect()
    )
    since = forms.DateField(
        label=_("From which day on?"),
        help_text=_("Today or later. What is over by then goes with the next run."),
    )
    cites = forms.CharField(
        label=_("Your state’s rule"),
        help_text=_("For example: Ohio Administrative Code 5122-27-08. Leave it empty if none."),
        max_length=200,
        required=False,
    )
    reason = forms.CharField(
        label=_("Why do you change it?"), max_length=300, widget=Textarea(rows=2)
    )

    @property
    def answers(self) -> dict[str, Any]:
        found = super().answers
        kept = SpanUnit(found.pop("unit")).span(found.pop("number"))
        return {**found, "kept": kept}
