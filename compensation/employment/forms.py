"""The form for a decision on how people are paid."""

from django import forms
from django.utils.translation import gettext_lazy as _

from compensation.employment.models import EmploymentKind
from foundation.forms import PortalForm
from foundation.widgets import RadioSelect, Textarea


class EmploymentForm(PortalForm):
    kind = forms.ChoiceField(
        label=_("How are people paid for their time?"),
        choices=EmploymentKind.choices,
        widget=RadioSelect,
    )
    words = forms.CharField(
        label=_("If in another way: in which?"),
        help_text=_("Everyone who is paid can read this."),
        max_length=300,
        required=False,
        widget=Textarea(rows=2, free=False),
    )
    decided_by = forms.CharField(
        label=_("Who decided this?"),
        help_text=_("For example the board of directors."),
        max_length=200,
    )
    advice = forms.CharField(
        label=_("On whose advice?"),
        help_text=_("For example your accountant’s. If nobody advised them, write that."),
        max_length=300,
    )
    decided_on = forms.DateField(label=_("On which day was it decided?"))
