"""The form for the rule of a special case."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import PortalForm
from foundation.widgets import Textarea


class SpecialCaseForm(PortalForm):
    words = forms.CharField(
        label=_("The rule"),
        help_text=_("Everybody who is offered pay can read this."),
        max_length=1000,
        widget=Textarea(rows=6, free=False),
    )
    contact = forms.CharField(
        label=_("Whom do people call about it?"),
        help_text=_("A name and a phone number."),
        max_length=200,
    )
    decided_by = forms.CharField(
        label=_("Who decided this?"),
        help_text=_("For example the board of directors."),
        max_length=200,
    )
    advice = forms.CharField(
        label=_("On whose advice?"),
        help_text=_("For example a lawyer’s. If nobody advised them, write that."),
        max_length=300,
    )
    decided_on = forms.DateField(label=_("On which day was it decided?"))
