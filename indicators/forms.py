from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.forms import PlainForm, PortalForm
from foundation.widgets import DateInput, NumberInput, RadioSelect, Textarea
from indicators import rules, thresholds
from indicators.registry import Kind, Setting, SettingValue


class AsOfForm(PlainForm):
    """Looks at a past day."""

    mark_optional = False

    on = forms.DateField(label=_("Show how it stood on"), widget=DateInput())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError(_("Choose today or a day before."))
        return on


def value_field(setting: Setting) -> forms.Field:
    """The field in which a setting of this kind is given."""
    if setting.kind is Kind.CHOICE:
        return forms.ChoiceField(
            label=str(setting.title),
            help_text=str(setting.help),
            choices=setting.choices,
            widget=RadioSelect(),
        )
    if setting.kind is Kind.BOOLEAN:
        return forms.TypedChoiceField(
            label=str(setting.title),
            help_text=str(setting.help),
            choices=(("yes", _("Yes")), ("no", _("No"))),
            coerce=lambda answer: answer == "yes",
            empty_value=None,
            widget=RadioSelect(inline=True),
        )
    low, high = thresholds.limits(setting)
    suffix = "%" if setting.kind is Kind.PERCENT else ""
    return forms.IntegerField(
        label=str(setting.title),
        help_text=str(setting.help),
        min_value=low,
        max_value=high,
        widget=NumberInput(width=4, suffix=suffix),
    )


def written(value: SettingValue) -> str:
    """How an address carries a value; the setting's field reads it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


class ValueForm(PortalForm):
    """The first page of a change: which value instead."""

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = value_field(setting)


class TriedForm(PlainForm):
    """The value that the addresses of the second and third page carry."""

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = value_field(setting)


class ChangeForm(PortalForm):
    """The last page of a change: from when, and why."""

    since = forms.DateField(
        label=_("From which day does it count?"),
        help_text=_("Today or later. What was shown before that day stays as it was."),
        widget=DateInput(),
    )
    reason = forms.CharField(
        label=_("Why does it change?"),
        help_text=_("Everybody in the program can read this beside the setting."),
        max_length=1000,
        widget=Textarea(rows=4, count=True, warn_private=True),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_since(self) -> date:
        since: date = self.cleaned_data["since"]
        if mistake := rules.backdating(since, self.today):
            raise ValidationError(mistake)
        return since
