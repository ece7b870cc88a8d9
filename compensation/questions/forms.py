"""Forms for asking about pay, and for answering."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import PortalForm
from foundation.widgets import Textarea


class PayQuestionForm(PortalForm):
    words = forms.CharField(
        label=_("What do you want to know?"),
        max_length=500,
        widget=Textarea(rows=4, warn_private=True),
    )


class PayAnswerForm(PortalForm):
    words = forms.CharField(
        label=_("Your answer"),
        help_text=_("The person reads this. Use plain words."),
        max_length=1000,
        widget=Textarea(rows=5, warn_private=True),
    )
