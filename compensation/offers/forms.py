"""Forms for administrators about organizations for donations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import PortalForm


class OrganizationForm(PortalForm):
    name = forms.CharField(
        label=_("Name of the organization"),
        help_text=_("An organization outside of your agency that can receive donations."),
        max_length=120,
    )
