"""Forms for a line of the budget."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from compensation.budget.models import Covers
from foundation.fields import MoneyField
from foundation.forms import PortalForm
from foundation.widgets import RadioSelect


class LineForm(PortalForm):
    name = forms.CharField(
        label=_("Name of the line"), help_text=_("As in the budget."), max_length=120
    )
    covers = forms.ChoiceField(
        label=_("What does it cover?"),
        choices=Covers.choices,
        widget=RadioSelect(
            hints={
                Covers.MEETINGS: _("Time in meetings, at the plan’s hourly rate."),
                Covers.OTHER_PAY: _("Work with a rate of its own in the plan, like dialogues."),
                Covers.COSTS: _("Miles, fares, childcare, meals and the like."),
            }
        ),
    )
    since = forms.DateField(label=_("First day"))
    last_day = forms.DateField(label=_("Last day"))
    amount = MoneyField(
        label=_("Sum, in dollars"),
        min_value=Decimal("0.01"),
        max_value=Decimal(99_999_999),
        max_digits=10,
    )
    decided_on = forms.DateField(label=_("On which day was it decided?"))
    decided_by = forms.CharField(
        label=_("Who decided it?"),
        help_text=_("For example, the board of directors. Whoever plans more asks them."),
        max_length=120,
    )


class OutForm(PortalForm):
    why = forms.CharField(
        label=_("Why is it taken out?"),
        help_text=_("For example: the board changed the sum."),
        max_length=300,
    )
