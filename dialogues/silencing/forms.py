"""Forms to set words aside for one of the reasons, and for their author's answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogues.silencing.actions import LONGEST
from dialogues.silencing.reasons import SilenceCode
from dialogues.voices import receipts
from foundation.forms import PlainForm, PortalForm
from foundation.widgets import HiddenInput, RadioSelect, Textarea

HINTS = {
    SilenceCode.SPAM: _("At once, until another facilitator undoes it."),
    SilenceCode.IDENTIFIES: _("At once, for a few days. It then shows again by itself."),
    SilenceCode.THREAT: _("Somebody from the other side has to agree."),
    SilenceCode.PRIVATE_PERSON: _("Somebody from the other side has to agree."),
    SilenceCode.NOT_OURS: _("Somebody from the other side has to agree."),
}


class SetAsideForm(PortalForm):
    code = forms.ChoiceField(
        label=_("Why?"),
        help_text=_("Words that criticize staff or the agency are never set aside for it."),
        choices=SilenceCode.choices,
        widget=RadioSelect(hints=HINTS),
    )


class AppealForm(PlainForm):
    """Without a submission key: only one appeal is possible, and no time is stored with it."""

    text = forms.CharField(
        label=_("What do you want to tell them?"),
        max_length=LONGEST,
        required=False,
        widget=Textarea(rows=4, warn_private=True),
    )


class UnnamedAppealForm(PlainForm):
    """Sent from the page that a receipt opened; the sealed code goes with it."""

    seal = forms.CharField(max_length=200, widget=HiddenInput())
    text = forms.CharField(
        label=_("What do you want to tell them?"),
        max_length=LONGEST,
        required=False,
        widget=Textarea(rows=4, warn_private=True),
    )

    def clean_seal(self) -> str:
        code = receipts.unsealed(self.cleaned_data["seal"])
        if code is None:
            raise forms.ValidationError(
                _("Something was missing when this was sent. Please send it again.")
            )
        return code


class VoteForm(PortalForm):
    back = forms.TypedChoiceField(
        label=_("What do you think?"),
        choices=[
            ("yes", _("Bring the words back")),
            ("no", _("They stay set aside")),
        ],
        coerce=lambda value: value == "yes",
        widget=RadioSelect(),
    )
