"""Forms about the plan."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.plan import doubts
from compensation.plan.models import RateBasis, WorkKind
from compensation.plan.rates import OWN_RULE, RateTable
from compensation.plan.words import empty_means
from foundation.choosing import RowField
from foundation.fields import MoneyField, WholeField
from foundation.forms import EditForm, PortalForm
from foundation.models import Agency, TenantQuerySet
from foundation.widgets import HiddenInput, NumberInput, Select, Textarea
from starters.beginning import language_of

CENT = Decimal("0.01")
MOST_HOURS_AHEAD = 7 * 24


@dataclass(frozen=True)
class RateLine:
    """A line of the table of rates: how much, and how often."""

    pays: BoundField
    basis: BoundField


def _how_often(work: WorkKind) -> forms.Field:
    """By the hour, each time or by the day; what is called off late is paid each time."""
    if work == WorkKind.LATE_CANCELLATION:
        return WholeField(
            label=_t("Late is less than so many hours ahead"),
            required=False,
            min_value=1,
            max_value=MOST_HOURS_AHEAD,
            widget=NumberInput(width=4, suffix=_("hours")),
        )
    each_time = [(RateBasis.SESSION.value, RateBasis.SESSION.label)]
    return forms.ChoiceField(
        label=_t("%(work)s: how often") % {"work": work.label},
        choices=each_time if work == WorkKind.SURVEY else RateBasis.choices,
        initial=RateBasis.SESSION if work == WorkKind.SURVEY else RateBasis.HOUR,
        required=False,
        widget=Select(),
    )


class PlanForm(EditForm):
    mark_optional = False

    text = forms.CharField(
        label=_("What does the plan say?"),
        help_text=_("Who is paid, for what, how, and how soon. People who take part read this."),
        widget=Textarea(rows=10, free=False),
    )
    hourly_rate = MoneyField(
        label=_("Dollars for an hour"),
        help_text=_("Washington State suggested $57 an hour for 2025 and 2026."),
        min_value=CENT,
        max_digits=7,
    )
    daily_cap = MoneyField(
        label=_("Most dollars for one day"),
        help_text=_("Leave empty for no limit. Washington State suggested $200."),
        required=False,
        min_value=CENT,
        max_digits=8,
    )
    due_days = WholeField(
        label=_("Days until it is paid"),
        min_value=1,
        max_value=90,
        initial=14,
        widget=NumberInput(suffix=_("days")),
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rate: Any = self.fields["hourly_rate"]
        rate.doubt = lambda value: doubts.rate(value, agency)
        cap: Any = self.fields["daily_cap"]
        cap.doubt = lambda value: doubts.daily_cap(value, agency)
        for work in OWN_RULE:
            pays = MoneyField(
                label=work.label,
                help_text=empty_means(work),
                required=False,
                min_value=CENT,
                max_digits=7,
            )
            pays.doubt = cap.doubt
            self.fields[f"pays_{work}"] = pays
            self.fields[f"basis_{work}"] = _how_often(work)

    @property
    def rate_lines(self) -> list[RateLine]:
        return [RateLine(self[f"pays_{work}"], self[f"basis_{work}"]) for work in OWN_RULE]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ahead = f"basis_{WorkKind.LATE_CANCELLATION}"
        paid = cleaned.get(f"pays_{WorkKind.LATE_CANCELLATION}")
        if paid and not cleaned.get(ahead) and ahead not in self.errors:
            self.add_error(ahead, _t("Say how many hours ahead is late."))
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        """The answers, with what other work is paid as `rates`."""
        given = super().answers
        rates: dict[WorkKind, tuple[Any, ...]] = {}
        for work in OWN_RULE:
            amount, how = given.pop(f"pays_{work}"), given.pop(f"basis_{work}")
            if amount is not None and work == WorkKind.LATE_CANCELLATION:
                rates[work] = (amount, RateBasis.SESSION, how)
            elif amount is not None and work == WorkKind.SURVEY:
                rates[work] = (amount, RateBasis.SESSION)
            elif amount is not None:
                rates[work] = (amount, RateBasis(how or RateBasis.HOUR))
        return {**given, "rates": rates}


def first_rates(rates: RateTable) -> dict[str, Any]:
    """The first values of a form's rates."""
    first: dict[str, Any] = {}
    for work in OWN_RULE:
        if (rate := rates.own.get(work)) is not None:
            first[f"pays_{work}"] = rate.amount
            first[f"basis_{work}"] = rate.hours_ahead or rate.basis
    return first


class FoundingPlanForm(PortalForm):
    """What a paper says about a plan for the founding, and who can confirm it."""

    on = forms.DateField(label=_("On which day was it decided?"))
    text = forms.CharField(
        label=_("What does the paper say?"),
        help_text=_("Copy its words, and say who decided it."),
        max_length=8000,
        widget=Textarea(rows=6, warn_private=True),
    )
    asked: "RowField[Member]" = RowField(
        label=_("Who was there and can confirm it?"),
        help_text=_("This person is asked. From the day they say yes, time is paid."),
        queryset=None,
        widget=Select(),
    )

    def __init__(self, *args: Any, members: TenantQuerySet[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["asked"].queryset = members  # type: ignore[attr-defined]


class NewPlanForm(PlanForm):
    """The first words of a version, which may come from a starter text."""

    starter = forms.CharField(required=False, max_length=40, widget=HiddenInput())

    @property
    def answers(self) -> dict[str, Any]:
        return {**super().answers, "starter": language_of(self.cleaned_data["starter"])}


class AdoptForm(PortalForm):
    on = forms.DateField(
        label=_("From which day?"),
        help_text=_("Today or later. What was earned before keeps its rate."),
    )
