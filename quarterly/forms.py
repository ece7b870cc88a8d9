"""Writing the first paragraph, asking for its release, and management's reply."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.forms import EditForm, PortalForm
from foundation.quarters import Quarter
from foundation.widgets import RadioSelect, Textarea


def _opening() -> forms.CharField:
    return forms.CharField(
        label=_("The first paragraph"),
        help_text=_(
            "What mattered most to the people who use the services: what was heard, what got "
            "better, what is still missing. The rest comes from the records. No names."
        ),
        max_length=1500,
        widget=Textarea(rows=8, count=True, warn_private=True),
    )


class BeginAccountForm(PortalForm):
    since = forms.TypedChoiceField(
        label=_("Which quarter is it about?"),
        coerce=date.fromisoformat,
        empty_value=None,
        widget=RadioSelect(),
    )
    opening = _opening()

    def __init__(self, *args: Any, quarters: list[Quarter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["since"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(quarter.since.isoformat(), str(quarter)) for quarter in quarters]


class OpeningForm(EditForm):
    opening = _opening()


class AskConsumersForm(PortalForm):
    """Nothing to fill in."""


class AccountReplyForm(PortalForm):
    replies = forms.ChoiceField(
        label=_("Do you add a reply?"),
        choices=(
            ("yes", _("Yes, it stands below the Account")),
            ("no", _("No, the Account can go out as it is")),
        ),
        widget=RadioSelect(),
    )
    text = forms.CharField(
        label=_("The reply"),
        required=False,
        max_length=1500,
        widget=Textarea(rows=8, count=True, warn_private=True),
    )

    def clean(self) -> None:
        super().clean()
        replies, text = self.cleaned_data.get("replies"), self.cleaned_data.get("text", "")
        if replies == "yes" and not text.strip():
            self.add_error("text", ValidationError(_("Write the reply.")))
        if replies == "no" and text.strip():
            self.add_error(
                "replies", ValidationError(_("You wrote a reply. Say yes, or take the text out."))
            )
