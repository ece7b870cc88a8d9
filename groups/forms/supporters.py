"""The form that asks somebody to help."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.choosing import RowField
from foundation.forms import PortalForm
from foundation.widgets import CheckboxSelectMultiple, Select

HELPS = (
    ("sees_dates", _("They see on which days I have meetings")),
    ("gets_reminders", _("They get the reminders of my meetings, too")),
    ("enters_away", _("They enter for me that I am away, if I ask them to")),
)
# The same, as whoever helps reads it.
TO_WHOEVER_HELPS = {
    "sees_dates": _("You see on which days they have meetings."),
    "gets_reminders": _("You get the reminders of their meetings, too."),
    "enters_away": _("You enter for them that they are away, if they ask you to."),
}


class SupporterForm(PortalForm):
    supporter: "RowField[Member]" = RowField(label=_("Who?"), queryset=None, widget=Select())
    helps = forms.MultipleChoiceField(
        label=_("What do they help with?"), choices=HELPS, widget=CheckboxSelectMultiple()
    )

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supporter"].queryset = members  # type: ignore[attr-defined]

    @property
    def ticked(self) -> dict[str, bool]:
        return {code: code in self.cleaned_data["helps"] for code, _words in HELPS}
