"""The form for an address for calendar programs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import PortalForm


class FeedForm(PortalForm):
    shows_place = forms.BooleanField(
        label=_("Show the room and the link to join, too"),
        help_text=_("Without it, each meeting has only a time."),
        required=False,
    )
