from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import EditForm, PortalForm
from foundation.widgets import CheckboxInput, Textarea


class DriverForm(PortalForm):
    text = forms.CharField(label=_("In a few words"), max_length=120)


class DriverEditForm(EditForm, DriverForm):
    """The same for existing words that others may change meanwhile."""


class FinishForm(EditForm):
    result = forms.CharField(
        label=_("What came of it?"),
        help_text=_("Say what is different now, and how you know."),
        max_length=2000,
        widget=Textarea(rows=5, warn_private=True),
    )
    told = forms.CharField(
        label=_("You said, we did"),
        help_text=_(
            "One or two short sentences for everyone. For example: You said the wait was too "
            "long. We opened a second desk in the morning."
        ),
        max_length=400,
        widget=Textarea(rows=3, count=True, warn_private=True),
    )
    knowing = forms.BooleanField(
        label=_("We know that a small test still goes on. Ask the cell all the same."),
        required=False,
        widget=CheckboxInput(),
    )

    def __init__(self, *args: Any, running: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not running:
            del self.fields["knowing"]
