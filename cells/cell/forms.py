"""Forms to open or edit a cell."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import EditForm, PortalForm
from foundation.widgets import Textarea


class CellForm(PortalForm):
    name = forms.CharField(label=_("What is the cell called?"), max_length=120)
    focus = forms.CharField(
        label=_("What is it about?"),
        help_text=_("In one line, such as: how people are welcomed at the front door."),
        max_length=200,
    )
    mission = forms.CharField(
        label=_("What does it want to reach?"),
        required=False,
        max_length=2000,
        widget=Textarea(rows=4),
    )
    hidden = forms.BooleanField(
        label=_("Hide this cell"),
        help_text=_("Only its members, facilitators and administrators will know of it."),
        required=False,
    )


class CellEditForm(EditForm, CellForm):
    """The same for an existing cell that others may change meanwhile."""
