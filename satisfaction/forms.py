"""Forms to open a round, type a code, and answer."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation import codes
from foundation.fields import WholeField
from foundation.forms import PlainForm, PortalForm
from foundation.widgets import DateInput, RadioSelect, Textarea, TextInput
from satisfaction.codes import LENGTH
from satisfaction.instrument import ANSWERS, Instrument
from satisfaction.models import AnswerSide
from satisfaction.models.answers import LONGEST_COMMENT

ITEM = "item_"


class ClosingDay(forms.DateField):
    """Ask for the last day to answer; the value is the closing day, one day later."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Last day to answer"), widget=DateInput(), **kwargs)

    def clean(self, value: Any) -> date:
        last: date = super().clean(value)
        try:
            return last + timedelta(days=1)
        except OverflowError:
            raise forms.ValidationError(_("Choose an earlier day."), code="far") from None


class OpenRoundForm(PlainForm):
    """The first of two steps: it changes nothing and leads to the page that says who is asked."""

    closes = ClosingDay(
        help_text=_("You can give people more time later. You can’t bring this day forward.")
    )


class SendForm(PortalForm):
    """The second step: open the round for as many people as the page said."""

    closes = forms.DateField(widget=forms.HiddenInput)
    people = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class ExtendForm(PortalForm):
    closes = ClosingDay()


class SheetsForm(PlainForm):
    """How many sheets to print; without a submission key, as the codes are shown only once."""

    sheets = WholeField(label=_("How many sheets?"), min_value=1, max_value=10_000)


class ReflectionForm(PortalForm):
    met_on = forms.DateField(label=_("When did you meet?"), widget=DateInput())
    peer = forms.CharField(
        label=_("Where does the outside peer come from?"),
        help_text=_("A peer who does not work here and gets no services here. Write no name."),
        max_length=200,
        widget=TextInput(),
    )
    text = forms.CharField(
        label=_("What do you say together?"),
        help_text=_("What is taking part like? What should change? Leave out names."),
        widget=Textarea(count=True, warn_private=True, rows=10),
        max_length=LONGEST_COMMENT,
    )
    alone = forms.BooleanField(label=_("We met without staff, with an outside peer"))


class ReflectionSayForm(PortalForm):
    """Agree with a reflection, or not yet."""

    agrees = forms.BooleanField(required=False, widget=forms.HiddenInput({"id": False}))


class CodeForm(PlainForm):
    """The code of a printed sheet."""

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


class EnterSheetForm(CodeForm):
    consent = forms.BooleanField(
        label=_("They agreed that I type in what they wrote"),
        help_text=_("Type just what is on the sheet. Then give the sheet back or shred it."),
    )


class AnswerForm(PlainForm):
    """All statements, or `only` one field; without a submission key: the code works only once."""

    def __init__(
        self, *args: Any, instrument: Instrument, only: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for item in instrument.items:
            self.fields[ITEM + item.code] = forms.TypedChoiceField(
                label=item.text, choices=list(ANSWERS.items()), coerce=int, widget=RadioSelect()
            )
        self.fields["side"] = forms.ChoiceField(
            label=_("How do you take part?"),
            help_text=_("This is only kept with your answers, and only for counting."),
            choices=AnswerSide.choices,
            widget=RadioSelect(),
        )
        self.fields["comment"] = forms.CharField(
            label=_("What else should we know?"),
            help_text=_(
                "These words are shown without a name, mixed with others, after the last day, if "
                "enough people have answered. Leave out names and things that only you would say."
            ),
            required=False,
            max_length=LONGEST_COMMENT,
            widget=Textarea(count=True, warn_private=True),
        )
        if only is not None:
            self.fields = {only: self.fields[only]}
            self.heads_page = only != "comment"

    def words(self, name: str) -> str:
        """The answer that was given to a field, as it is shown; empty for none."""
        value = self.cleaned_data.get(name)
        if name.startswith(ITEM):
            return "" if value is None else str(ANSWERS[value])
        return str(AnswerSide(value).label if name == "side" and value else value or "")

    @property
    def scores(self) -> dict[str, int]:
        return {
            name.removeprefix(ITEM): score
            for name, score in self.cleaned_data.items()
            if name.startswith(ITEM)
        }
