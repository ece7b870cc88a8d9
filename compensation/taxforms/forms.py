"""The form about forms W-9."""

from django import forms
from django.utils.translation import gettext_lazy as _

from compensation.taxforms.models import TaxFormState
from foundation.forms import PortalForm
from foundation.widgets import RadioSelect


class TaxFormNoteForm(PortalForm):
    state = forms.ChoiceField(
        label=_("What happened?"),
        choices=[
            (TaxFormState.REQUESTED.value, _("We asked for the form")),
            (TaxFormState.RECEIVED.value, _("We have the form")),
        ],
        widget=RadioSelect(),
    )
    on = forms.DateField(label=_("On which day?"))
