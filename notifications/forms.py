"""Forms for texts to a person's phone."""

from datetime import time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import time_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation import attempts
from foundation.forms import PortalForm
from foundation.widgets import CheckboxSelectMultiple, RadioSelect, Select, TextInput
from notifications import numbers
from notifications.actions.numbers import asked_number
from notifications.models import CODE_DIGITS, Often, TextNumber
from notifications.policies import (
    TEXT_CODE,
    TEXT_CODE_TRIES,
    TEXT_CODES,
    TEXT_CODES_IN,
    TEXT_CODES_OF_ONE,
    TEXT_CODES_TO_ONE,
)
from notifications.topics import Topic

ALONE, SHARED = "alone", "shared"
WHO_READS = (
    (ALONE, _("Nobody else reads texts on it")),
    (SHARED, _("Somebody else may read them")),
)
TOO_MANY_CODES = _("We texted too many codes today. Try again tomorrow.")


class PhoneForm(PortalForm):
    number = forms.CharField(
        label=_("Your cell phone number"),
        help_text=_("With the area code, for example 212 555 0123."),
        max_length=30,
        error_messages={"required": _("Write your number.")},
        widget=TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}, width=20),
    )
    who = forms.ChoiceField(
        label=_("Who reads texts on this phone?"),
        help_text=_("If others may read them, our texts say even less."),
        choices=WHO_READS,
        widget=RadioSelect(),
    )
    agree = forms.BooleanField(
        label=_("Yes, send texts to this number"),
        error_messages={"required": _("Check the box if you want texts.")},
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_number(self) -> str:
        return numbers.normalized(self.cleaned_data["number"])

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return found
        if not self._may_text(found["number"]):
            raise ValidationError(TOO_MANY_CODES)
        return found

    def _may_text(self, number: str) -> bool:
        """Count one more code for this person and this number.

        What others asked for never keeps somebody from their first code to a number: else whoever
        types it in too often locks out its owner.
        """
        within, asker = TEXT_CODES_IN.span.total_seconds(), f"member {self.member.pk}"
        if attempts.count("text codes", asker, seconds=within) > TEXT_CODES.value:
            return False
        own = attempts.count("text codes", asker, number, seconds=within)
        if own > TEXT_CODES_OF_ONE.value:
            return False
        in_all = attempts.count("text codes", number, seconds=within)
        return own == 1 or in_all <= TEXT_CODES_TO_ONE.value


class PhoneCodeForm(PortalForm):
    """The code from the phone; each try counts, also one that is wrong."""

    code = forms.CharField(
        label=_("The code from the text"),
        max_length=20,
        error_messages={"required": _("Write the code from the text.")},
        widget=TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}, width=10),
    )

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_code(self) -> str:
        code = "".join(each for each in self.cleaned_data["code"] if each.isdigit())
        asked = asked_number(self.member)
        if asked is None:
            raise ValidationError(_t("The time for this code is over. Ask for a new code."))
        name = ("text code", str(asked.pk))
        if attempts.count(*name, seconds=TEXT_CODE.span.total_seconds()) > TEXT_CODE_TRIES.value:
            raise ValidationError(_t("There were too many tries. Ask for a new code."))
        if len(code) != CODE_DIGITS or code != asked.code:
            raise ValidationError(_t("That is not the code. Check the text again."))
        return code


def _hours() -> list[tuple[int, str]]:
    return [(hour, time_format(time(hour), "g:i a")) for hour in range(24)]


class TextsForm(PortalForm):
    """What somebody gets texts for, how often, and when not."""

    topics = forms.MultipleChoiceField(
        label=_("What do you want texts for?"),
        choices=Topic.choices,
        widget=CheckboxSelectMultiple(),
        error_messages={"required": _("Choose at least one. Or stop all texts.")},
    )
    often = forms.ChoiceField(
        label=_("How many texts at most?"),
        choices=Often.choices,
        widget=RadioSelect(
            hints={
                Often.DAY: _("If a meeting is called off later that day, no second text tells you.")
            }
        ),
    )
    quiet_from = forms.TypedChoiceField(
        label=_("No texts from"), choices=_hours, coerce=int, widget=Select()
    )
    quiet_until = forms.TypedChoiceField(
        label=_("No texts until"),
        help_text=_("What comes in between is one text in the morning."),
        choices=_hours,
        coerce=int,
        widget=Select(),
    )
    who = forms.ChoiceField(
        label=_("Who reads texts on this phone?"), choices=WHO_READS, widget=RadioSelect()
    )

    @classmethod
    def of(cls, number: TextNumber) -> dict[str, Any]:
        """The form's initial values."""
        return {
            "topics": [each for each in Topic.values if getattr(number, each)],
            "often": number.often,
            "quiet_from": number.quiet_from,
            "quiet_until": number.quiet_until,
            "who": SHARED if number.shared else ALONE,
        }
