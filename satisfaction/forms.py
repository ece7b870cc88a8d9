"""Opening a round, typing a code, answering."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation import codes
from foundation.forms import PlainForm, PortalForm
from foundation.widgets import DateInput, RadioSelect, Textarea, TextInput
from satisfaction.actions.answers import LONGEST_COMMENT
from satisfaction.codes import LENGTH
from satisfaction.instrument import ANSWERS, Instrument
from satisfaction.models import Audience

ITEM = "item_"


class OpenRoundForm(PortalForm):
    audience = forms.ChoiceField(
        label=_("Who is asked?"),
        choices=Audience.choices,
        initial=Audience.CONSUMERS,
        widget=RadioSelect(
            hints={
                Audience.CONSUMERS: _("Everyone who uses services and took part in this time."),
                Audience.EVERYONE: _(
                    "Staff and others as well. Counted apart where there are enough."
                ),
            }
        ),
    )
    since = forms.DateField(
        label=_("First day of the time you ask about"),
        help_text=_("Start where the last survey ended, so that nobody is left out."),
        widget=DateInput(),
    )
    until = forms.DateField(label=_("Last day of the time you ask about"), widget=DateInput())
    closes = forms.DateField(
        label=_("Last day to answer"),
        help_text=_("Two or three weeks from now is a good time."),
        widget=DateInput(),
    )

    @property
    def days(self) -> dict[str, Any]:
        """The answers with half-open dates."""
        answers = self.answers
        for name in ("until", "closes"):
            last: date = answers[name]
            answers[name] = last + timedelta(days=1)
        return answers


class CodeForm(PlainForm):
    """Typing the code of a printed sheet."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("It is on your sheet. It looks like this: ABCD-EFGH-JKMN."),
        max_length=40,
        widget=TextInput({"autocomplete": "off", "autocapitalize": "characters"}, width=20),
    )

    def clean_code(self) -> str:
        code = codes.typed(self.cleaned_data["code"])
        if len(code) != LENGTH:
            raise forms.ValidationError(_("A code has 12 letters and digits. Please check it."))
        return code


class EnterForSomeoneForm(CodeForm):
    consent = forms.BooleanField(
        label=_("They agreed that I type in what they wrote"),
        help_text=_("Type just what is on the sheet. Then give the sheet back or shred it."),
    )


class AnswerForm(PlainForm):
    """All statements on one page. It has no key of its own: the code can be used only once."""

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in instrument.items:
            self.fields[ITEM + item.code] = forms.TypedChoiceField(
                label=item.text, choices=list(ANSWERS.items()), coerce=int, widget=RadioSelect()
            )
        self.fields["comment"] = forms.CharField(
            label=_("What else should we know?"),
            help_text=_(
                "These words are shown without a name, mixed with others, once five people or "
                "more have answered. Leave out names and things that only you would say."
            ),
            required=False,
            max_length=LONGEST_COMMENT,
            widget=Textarea(count=True, warn_private=True),
        )

    @property
    def scores(self) -> dict[str, int]:
        return {
            name.removeprefix(ITEM): score
            for name, score in self.cleaned_data.items()
            if name.startswith(ITEM)
        }
