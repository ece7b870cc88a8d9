"""Forms to open a dialogue, and to agree on its rules and leaders."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, StandingKind
from dialogues.dialogue.models import DialogueKind
from foundation.choosing import RowField
from foundation.forms import PortalForm
from foundation.models import Agency
from foundation.widgets import DateInput, HiddenInput, RadioSelect, Textarea
from starters.beginning import language_of

HIDDEN_LABEL = _("Only people who take part may know of it")


class OpenForm(PortalForm):
    name = forms.CharField(label=_("Name of the dialogue"), max_length=120)
    purpose = forms.CharField(
        label=_("What is it for?"),
        help_text=_("One or two sentences that everyone understands."),
        max_length=1000,
        required=False,
        widget=Textarea(rows=3),
    )
    kind = forms.ChoiceField(
        label=_("What kind of dialogue is it?"),
        choices=DialogueKind.choices,
        initial=DialogueKind.OPEN,
        widget=RadioSelect(
            hints={
                DialogueKind.OPEN: _("People speak about what they experience with each other."),
                DialogueKind.FOCUSED: _(
                    "It is about one issue, and looks for what to make better."
                ),
            }
        ),
    )
    concern = forms.CharField(
        label=_("Which issue is it about?"),
        help_text=_("For a focused dialogue. For example: having a say in your own plan."),
        max_length=500,
        required=False,
        widget=Textarea(rows=2),
    )
    on = forms.DateField(label=_("First day"), widget=DateInput())
    hidden = forms.BooleanField(label=HIDDEN_LABEL, required=False)


class GrowForm(PortalForm):
    concern = forms.CharField(
        label=_("Which issue is it about?"),
        help_text=_("For example: having a say in your own plan."),
        max_length=500,
        widget=Textarea(rows=2),
    )
    name = forms.CharField(label=_("Name of the new dialogue"), max_length=120)
    purpose = forms.CharField(
        label=_("What is it for?"), max_length=1000, required=False, widget=Textarea(rows=3)
    )
    on = forms.DateField(label=_("First day"), widget=DateInput())
    hidden = forms.BooleanField(label=HIDDEN_LABEL, required=False)


class CoFacilitatorForm(PortalForm):
    member: "RowField[Member]" = RowField(label=_("Who will facilitate?"), queryset=None)
    standing = forms.ChoiceField(
        label=_("For which side?"),
        choices=[
            (StandingKind.PRIMARY_CONSUMER, _("For the people who use services")),
            (StandingKind.PROVIDER, _("For the front-line staff")),
        ],
        widget=RadioSelect(),
    )
    since = forms.DateField(label=_("From which day?"), widget=DateInput())
    agreed = forms.BooleanField(
        label=_("I asked them, and they agreed"),
        help_text=_(
            "Others read only that both sides lead. Whether their name is shown, they choose "
            "themselves: they get a message about it."
        ),
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Member.objects.within(agency).on(agency.today()).order_by("shown_name", "pk")
        self.fields["member"].queryset = members  # type: ignore[attr-defined]


class GroundRulesForm(PortalForm):
    text = forms.CharField(
        label=_("What we agree on"),
        help_text=_("One rule on a line. Everyone is asked to read them again."),
        max_length=4000,
        widget=Textarea(rows=12),
    )
    starter = forms.CharField(required=False, max_length=40, widget=HiddenInput())

    @property
    def answers(self) -> dict[str, Any]:
        return {**super().answers, "starter": language_of(self.cleaned_data["starter"])}


class ReadRulesForm(PortalForm):
    """Confirm having read the ground rules, in the version that was shown."""

    number = forms.IntegerField(min_value=1, max_value=9999, widget=HiddenInput())
