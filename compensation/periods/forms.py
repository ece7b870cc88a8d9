"""The form that asks to close the books."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import PortalForm


class AskToCloseForm(PortalForm):
    last = forms.DateField(
        label=_("Through which day?"),
        help_text=_("Often the last day of a month. It has to be over."),
    )


class CloseBooksForm(PortalForm):
    """Nothing to type: it only says yes."""
