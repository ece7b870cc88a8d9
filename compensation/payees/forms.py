"""The form for who gets what is still owed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import PortalForm


class NamedPayeeForm(PortalForm):
    name = forms.CharField(
        label=_("Who gets the money?"),
        help_text=_("The name of a person or an organization."),
        max_length=120,
    )
    reaches = forms.CharField(
        label=_("How does it reach them?"),
        help_text=_("For example, a postal address for a check. Never a bank account number."),
        max_length=300,
    )
