"""Forms for asking about pay, and for answering."""

from django import forms
from django.utils.translation import gettext_lazy as _

from compensation.offers.models import Agreement
from foundation.forms import PortalForm
from foundation.widgets import RadioSelect, Textarea


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


class AskedForForm(PortalForm):
    """What somebody on paper wants to know, and how they said it."""

    words = forms.CharField(
        label=_("What do they want to know?"),
        help_text=_("In their words."),
        max_length=500,
        widget=Textarea(rows=4, warn_private=True),
    )
    said_how = forms.ChoiceField(
        label=_("How did they tell you?"), choices=Agreement.choices, widget=RadioSelect()
    )
    said_on = forms.DateField(label=_("On which day?"))


class ToldForm(PortalForm):
    on = forms.DateField(label=_("On which day did they get the answer?"))
