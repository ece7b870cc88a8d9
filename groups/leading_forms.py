"""The form on who may know that somebody leads a group."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Audience
from foundation.forms import PortalForm
from foundation.widgets import RadioSelect

NOBODY = "nobody"


class LeadingForm(PortalForm):
    audience = forms.ChoiceField(
        label=_("Who may know that you lead this group?"),
        choices=[
            (NOBODY, _("Nobody but those who lead it with me")),
            (Audience.GROUP, _("The people in this group")),
            (Audience.AGENCY, _("Everyone in the program")),
        ],
        widget=RadioSelect(),
    )
