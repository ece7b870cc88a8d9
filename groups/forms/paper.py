"""Forms to record a decision taken in a room."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation import keys
from foundation.choosing import RowField
from foundation.fields import WholeField
from foundation.forms import PlainForm, PortalForm
from foundation.models import Agency
from foundation.widgets import NumberInput, RadioSelect, Select, Textarea
from groups.forms.groups import ask_why_late
from groups.models import Choice

SAID = (("", _("Nothing is written down")), *Choice.choices)


class PaperDayForm(PlainForm):
    """The day the group decided; asked first, since it determines who had a vote."""

    day = forms.DateField(label=_("On which day did the group decide?"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_t("This day is still to come. Choose one of the past."))
        return day


class SaidForm(PortalForm):
    """What each is on record as having said, and why the group went ahead without the others."""

    other: "RowField[Member]" = RowField(
        label=_("Did somebody else say what they think?"),
        help_text=_("Also somebody who had no vote in the portal that day."),
        required=False,
        queryset=None,
        widget=Select(),
    )
    other_said = forms.ChoiceField(label=_("What did they say?"), required=False, choices=SAID)
    waiver = forms.CharField(
        label=_("If not everyone was there, or somebody objected: why did the group decide?"),
        help_text=_("As it was written down, or as those who were there remember."),
        required=False,
        max_length=2000,
        widget=Textarea(rows=3, warn_private=True),
    )

    def __init__(
        self, *args: Any, voters: Sequence[Member], others: Iterable[Member], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.voters = list(voters)
        self.fields["other"].queryset = others  # type: ignore[attr-defined]
        for member in self.voters:
            self.fields[f"said_{keys.code_of(member)}"] = forms.ChoiceField(
                label=_t("What %(name)s said") % {"name": member}, choices=SAID, required=False
            )

    @property
    def people(self) -> list[BoundField]:
        return [self[f"said_{keys.code_of(member)}"] for member in self.voters]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("other") and not cleaned.get("other_said"):
            self.add_error("other_said", _t("Choose what they said, or leave the name empty."))
        return cleaned

    @property
    def said(self) -> dict[Member, str]:
        answers = self.cleaned_data
        found = {member: answers.get(f"said_{keys.code_of(member)}") for member in self.voters}
        if answers.get("other"):
            found[answers["other"]] = answers.get("other_said")
        return {member: choice for member, choice in found.items() if choice}


def _tally(label: Any) -> WholeField:
    return WholeField(
        label=label, required=False, min_value=0, max_value=9999, widget=NumberInput(width=5)
    )


class PaperForm(SaidForm):
    title = forms.CharField(label=_("Name it in a few words"), max_length=200)
    text = forms.CharField(
        label=_("What did the group decide on?"),
        help_text=_("In the words of the minutes, if there are any."),
        max_length=5000,
        widget=Textarea(rows=6, warn_private=True),
    )
    adopted = forms.ChoiceField(
        label=_("What did the group decide?"),
        choices=(("yes", _("It was agreed")), ("no", _("It was not agreed"))),
        widget=RadioSelect(),
    )
    agree = _tally(_("How many agreed?"))
    reservations = _tally(_("How many agreed with reservations?"))
    stand_aside = _tally(_("How many stood aside?"))
    object = _tally(_("How many objected?"))
    objections = forms.CharField(
        label=_("What was objected?"),
        required=False,
        max_length=2000,
        widget=Textarea(rows=3, warn_private=True),
    )
    outcome = forms.CharField(
        label=_("What happens next?"),
        required=False,
        max_length=2000,
        widget=Textarea(rows=3, warn_private=True),
    )
    late_reason = forms.CharField(
        label=_("If it was a while ago: why is it written down only now?"),
        required=False,
        max_length=500,
        widget=Textarea(rows=2, warn_private=True),
    )

    NUMBERS = ("agree", "reservations", "stand_aside", "object")

    def __init__(
        self, *args: Any, day: date, agency: Agency, reworded: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.day, self.agency = day, agency
        if reworded:
            del self.fields["title"], self.fields["text"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("late_reason"):
            ask_why_late(self, "late_reason", self.day, self.agency)
        return cleaned

    @property
    def record(self) -> dict[str, Any]:
        """The arguments for `actions.write_down`, except who said what."""
        answers = self.cleaned_data
        words = ("objections", "waiver", "outcome", "late_reason")
        return {
            "title": answers.get("title", ""),
            "text": answers.get("text", ""),
            "adopted": answers["adopted"] == "yes",
            "numbers": {name: answers.get(name) for name in self.NUMBERS},
            **{name: answers.get(name, "") for name in words},
        }
