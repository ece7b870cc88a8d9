"""Forms to name readers of words to the whole program."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from dialogues.readers.models import ReaderSide
from foundation.choosing import RowField
from foundation.forms import PortalForm
from foundation.models import TenantQuerySet
from foundation.widgets import RadioSelect


class NameReaderForm(PortalForm):
    member: "RowField[Member]" = RowField(
        label=_("Who?"),
        help_text=_("Facilitators, and people who lead a dialogue. They get a message about it."),
        queryset=None,
    )
    side = forms.ChoiceField(
        label=_("For which side?"), choices=ReaderSide.choices, widget=RadioSelect()
    )
    since = forms.DateField(label=_("First day"))

    def __init__(self, *args: Any, members: TenantQuerySet[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]


class EndReaderForm(PortalForm):
    on = forms.DateField(label=_("First day on which they no longer read"))
