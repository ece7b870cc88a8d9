"""Forms to speak: with an account, for somebody from paper, or anonymously."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from dialogues.dialogue.models import Dialogue, DialogueQuerySet
from dialogues.voices import receipts
from dialogues.voices.actions import LONGEST
from dialogues.voices.models import Prompt
from foundation import codes
from foundation.choosing import RowField
from foundation.forms import PlainForm, PortalForm
from foundation.models import Agency
from foundation.widgets import HiddenInput, RadioSelect, Textarea, TextInput

NAMED, UNNAMED = "named", "unnamed"


def prompts() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("What is it about?"), choices=Prompt.choices, widget=RadioSelect()
    )


def words(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST, widget=Textarea(rows=8, count=True, warn_private=True)
    )


class SayForm(PortalForm):
    prompt = prompts()
    text = words(_("What do you want to say?"))
    dialogue: "RowField[Dialogue]" = RowField(
        label=_("Who should hear it?"),
        queryset=None,
        required=False,
        empty_label=_("The whole program"),
    )
    named = forms.ChoiceField(
        label=_("Who should see your name?"),
        choices=[(NAMED, ""), (UNNAMED, _("Nobody. Show my words without a name"))],
        widget=RadioSelect(
            hints={
                UNNAMED: _(
                    "The portal keeps that they are yours, so that you can hear what came of them."
                )
            }
        ),
    )
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        member: Member,
        dialogues: DialogueQuerySet,
        fixed: bool = False,
        program: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["named"].choices = [  # type: ignore[attr-defined]
            (NAMED, _("The people who read my words. Show it as %(name)s") % {"name": member}),
            (UNNAMED, _("Nobody. Show my words without a name")),
        ]
        if fixed:
            del self.fields["dialogue"]
        else:
            self.fields["dialogue"].queryset = dialogues  # type: ignore[attr-defined]
            _needs_dialogue(self, program)


def _needs_dialogue(form: forms.Form, program: bool) -> None:
    """Require a dialogue unless somebody reads words to the whole program."""
    if not program:
        field: Any = form.fields["dialogue"]
        field.required, field.empty_label = True, _("Choose a dialogue")
        field.error_messages["required"] = _("Choose the dialogue in which you want to say it.")


class EnterForSomeoneForm(PortalForm):
    author: "RowField[Member]" = RowField(
        label=_("Whose words are they?"),
        help_text=_("They hear what came of it. Without a name here, nobody can be told."),
        queryset=None,
        required=False,
        empty_label=_("Somebody who is not on this list"),
    )
    dialogue: "RowField[Dialogue]" = RowField(
        label=_("Who should hear it?"),
        queryset=None,
        required=False,
        empty_label=_("The whole program"),
    )
    prompt = prompts()
    text = words(_("What they wrote"))
    named = forms.BooleanField(label=_("They want their name to be shown"), required=False)
    consented = forms.BooleanField(
        label=_("They agreed that I type this in"),
        help_text=_("Type just what they wrote. Then give the paper back or shred it."),
    )
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        agency: Agency,
        dialogues: DialogueQuerySet,
        program: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        members = Member.objects.within(agency).on(agency.today()).order_by("shown_name", "pk")
        self.fields["author"].queryset = members  # type: ignore[attr-defined]
        self.fields["dialogue"].queryset = dialogues  # type: ignore[attr-defined]
        _needs_dialogue(self, program)


class VoiceForm(PlainForm):
    """The first page of speaking anonymously."""

    prompt = prompts()
    text = words(_("What do you want to say?"))


class SendVoiceForm(VoiceForm):
    """The second page: the text and the code for the reply, all hidden."""

    seal = forms.CharField(max_length=200, widget=HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("prompt", "text"):
            self.fields[name].widget = HiddenInput()

    def clean_seal(self) -> str:
        code = receipts.unsealed(self.cleaned_data["seal"])
        if code is None:
            raise forms.ValidationError(
                _("Something was missing when this was sent. Please send it again.")
            )
        return code


class ReceiptForm(PlainForm):
    code = forms.CharField(
        label=_("Your code"),
        help_text=_("You got it when you sent your words. It looks like this: ABCD-EFGH-JKMN."),
        max_length=40,
        widget=TextInput({"autocomplete": "off", "autocapitalize": "characters"}, width=20),
    )

    def clean_code(self) -> str:
        code = codes.typed(self.cleaned_data["code"])
        if len(code) != receipts.LENGTH:
            raise forms.ValidationError(_("A code has 12 letters and digits. Please check it."))
        return code
