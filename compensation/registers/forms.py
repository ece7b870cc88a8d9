"""What a register is narrowed to."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compensation.registers.reading import PaidDays, RegisterGrouping
from foundation.forms import PlainForm


class RegisterForm(PlainForm):
    """Days of payment, both included, and how the register is grouped."""

    mark_optional = False
    since = forms.DateField(label=_("Paid from"))
    until = forms.DateField(label=_("Paid until"))
    by = forms.ChoiceField(label=_("One row for each"), choices=RegisterGrouping.choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day is before the first one."))
        return cleaned

    def chosen(self, today: date) -> tuple[PaidDays, RegisterGrouping]:
        """What was asked for; this month by person, if nothing was or it can't be understood."""
        if self.is_bound and self.is_valid():
            found = self.cleaned_data
            return PaidDays(found["since"], found["until"]), RegisterGrouping(found["by"])
        return PaidDays(today.replace(day=1), today), RegisterGrouping.PERSON
