"""The form for an address for calendar programs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import PortalForm
from foundation.widgets import RadioSelect

TIME, PLACE = "time", "place"


class FeedForm(PortalForm):
    shows = forms.ChoiceField(
        label=_("What does each meeting show?"),
        choices=(
            (TIME, _("Only the time")),
            (PLACE, _("The time, the room and the link to join")),
        ),
        widget=RadioSelect(),
    )

    @property
    def shows_place(self) -> bool:
        return bool(self.cleaned_data["shows"] == PLACE)
