from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import PortalForm
from foundation.widgets import Textarea


class DenialAnswerForm(PortalForm):
    answer = forms.CharField(
        label=_("What did you find out?"),
        help_text=_("The person reads this. Say what happened, and what is done about it."),
        max_length=2000,
        widget=Textarea(rows=5),
    )
