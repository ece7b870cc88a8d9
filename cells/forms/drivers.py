from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import EditForm, PortalForm


class DriverForm(PortalForm):
    text = forms.CharField(label=_("In a few words"), max_length=120)


class DriverEditForm(EditForm, DriverForm):
    """The same, over words that others may change meanwhile."""
