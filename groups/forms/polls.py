"""Forms for dates that are offered for a meeting."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from foundation import keys
from foundation.fields import WholeField
from foundation.forms import PortalForm
from foundation.moments import MomentField
from foundation.presenting import written_time
from foundation.templatetags.components import day
from foundation.widgets import DateTimeInput, NumberInput, RadioSelect
from groups.forms.groups import BeyondField, RemoteLinkField
from groups.models import PollDate, Suits
from groups.policies import DATES_FEWEST, DATES_MOST


class OfferDatesForm(PortalForm):
    """The dates to ask about, and until when."""

    minutes_planned = WholeField(
        label=_("How long will it be, in minutes?"),
        min_value=1,
        max_value=24 * 60,
        widget=NumberInput(suffix=_("minutes")),
    )
    closes_on = forms.DateField(
        label=_("Last day for answers"), help_text=_("Before the first of the dates.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rest = dict(self.fields)
        self.fields.clear()
        self.names = [f"date_{number}" for number in range(1, DATES_MOST.value + 1)]
        for number, name in enumerate(self.names, 1):
            self.fields[name] = MomentField(
                label=_t("Date %(number)s") % {"number": number},
                required=number <= DATES_FEWEST.value,
                widget=DateTimeInput,
                error_messages={
                    "required": _t("Choose a day and an hour for date %(number)s.")
                    % {"number": number}
                },
            )
        self.fields.update(rest)

    @property
    def dates(self) -> list[datetime]:
        return [each for name in self.names if (each := self.cleaned_data.get(name)) is not None]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and len(set(self.dates)) < len(self.dates):
            raise ValidationError(_t("Two of these dates are the same."))
        return cleaned


class SuitsForm(PortalForm):
    """Whether each date suits somebody."""

    mark_optional = False

    def __init__(self, *args: Any, dates: Sequence[PollDate], said: dict[int, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.keys = {f"suits_{keys.code_of(each)}": each.pk for each in dates}
        for name, each in zip(self.keys, dates, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=day(each.starts_at, weekday=True, time=True),
                choices=Suits.choices,
                initial=said.get(each.pk),
                widget=RadioSelect(inline=True),
                error_messages={
                    "required": _t("Say yes, if needed, or no for %(moment)s.")
                    % {"moment": written_time(each.starts_at)}
                },
            )

    @property
    def suits(self) -> dict[int, Suits]:
        return {key: Suits(self.cleaned_data[name]) for name, key in self.keys.items()}


class ChooseDateForm(PortalForm):
    """Where the meeting on the chosen date is; why, if the budget is not enough (`over`)."""

    place = forms.CharField(
        label=_("Where?"),
        help_text=_("A room, an address, or a phone number to call."),
        required=False,
        max_length=200,
    )
    remote_link = RemoteLinkField()
    beyond = BeyondField()

    def __init__(self, *args: Any, over: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not over:
            del self.fields["beyond"]
