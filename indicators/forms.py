from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from foundation import wholes
from foundation.fields import WholeField
from foundation.forms import PlainForm, PortalForm
from foundation.models import Agency
from foundation.policies import AnyPolicy, PolicyValue, Unit
from foundation.widgets import DateInput, NumberInput, RadioSelect, Textarea
from indicators import rules


class PastDayForm(PlainForm):
    """Choose a past day to look at."""

    mark_optional = False

    on = forms.DateField(label=_("Show how it stood on"), widget=DateInput())

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.agency.today():
            raise ValidationError(_("Choose today or a day before."))
        first = wholes.records_from(self.agency)
        if first is not None and on < first:
            raise ValidationError(
                _(
                    "Records from before %(day)s are destroyed, so nobody can say how it stood. "
                    "Choose %(day)s or later."
                )
                % {"day": date_format(first, "F j, Y")}
            )
        return on


def value_field(policy: AnyPolicy) -> forms.Field:
    """The field for a value of this policy."""
    if policy.unit is Unit.CHOICE:
        return forms.ChoiceField(
            label=str(policy.title),
            help_text=str(policy.help),
            choices=policy.choices,
            widget=RadioSelect(),
        )
    if policy.unit is Unit.BOOLEAN:
        return forms.TypedChoiceField(
            label=str(policy.title),
            help_text=str(policy.help),
            choices=(("yes", _("Yes")), ("no", _("No"))),
            coerce=lambda answer: answer == "yes",
            empty_value=None,
            widget=RadioSelect(inline=True),
        )
    low, high = policy.bounds
    suffix = "%" if policy.unit is Unit.PERCENT else ""
    return WholeField(
        label=str(policy.title),
        help_text=str(policy.help),
        min_value=low,
        max_value=high,
        widget=NumberInput(width=4, suffix=suffix),
    )


def written(value: PolicyValue) -> str:
    """A value as an address carries it; the policy's field parses it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


class ValueForm(PortalForm):
    """The first page of a change: the new value."""

    def __init__(self, *args: Any, policy: AnyPolicy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = value_field(policy)


class TriedForm(PlainForm):
    """The value carried in the addresses of the second and third page."""

    def __init__(self, *args: Any, policy: AnyPolicy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = value_field(policy)


class ChangeForm(PortalForm):
    """The last page of a change: start date and reason."""

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
