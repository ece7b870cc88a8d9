"""Forms about the plan."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compensation.plan import doubts
from foundation.fields import MoneyField, WholeField
from foundation.forms import EditForm, PortalForm
from foundation.models import Agency
from foundation.widgets import NumberInput, Textarea

CENT = Decimal("0.01")


class PlanForm(EditForm):
    text = forms.CharField(
        label=_("What does the plan say?"),
        help_text=_("Who is paid, for what, how, and how soon. People who take part read this."),
        widget=Textarea(rows=10, free=False),
    )
    hourly_rate = MoneyField(
        label=_("Dollars for an hour"),
        help_text=_("Washington State suggested $57 an hour for 2025 and 2026."),
        min_value=CENT,
        max_digits=7,
    )
    daily_cap = MoneyField(
        label=_("Most dollars for one day"),
        help_text=_("Leave empty for no limit. Washington State suggested $200."),
        required=False,
        min_value=CENT,
        max_digits=8,
    )
    due_days = WholeField(
        label=_("Days until it is paid"),
        min_value=1,
        max_value=90,
        initial=14,
        widget=NumberInput(suffix=_("days")),
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rate: Any = self.fields["hourly_rate"]
        rate.doubt = lambda value: doubts.rate(value, agency)
        cap: Any = self.fields["daily_cap"]
        cap.doubt = lambda value: doubts.daily_cap(value, agency)


class AdoptForm(PortalForm):
    on = forms.DateField(
        label=_("From which day?"),
        help_text=_("Today or later. What was earned before keeps its rate."),
    )
