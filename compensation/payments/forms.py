"""Forms for payers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from compensation.claims.forms import LinesForm
from compensation.payments.models import PaymentMethod
from foundation.widgets import RadioSelect


class PayForm(LinesForm):
    paid_on = forms.DateField(label=_("On which day were they paid?"))
    method = forms.ChoiceField(
        label=_("How?"), choices=PaymentMethod.choices, widget=RadioSelect(inline=True)
    )
    reference = forms.CharField(
        label=_("Check number or other reference"), required=False, max_length=60
    )
