"""Parsing and validating what people send about money."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from compensation import doubts
from compensation.models import Choice, Claim, Method
from compensation.rules import CHANGED
from foundation.fields import MoneyField, WholeField
from foundation.forms import EditForm, PortalForm
from foundation.models import Agency, TenantQuerySet
from foundation.widgets import (
    CheckboxSelectMultiple,
    NumberInput,
    RadioSelect,
    Textarea,
)

CENT = Decimal("0.01")


class ElectionForm(PortalForm):
    choice = forms.ChoiceField(
        label=_("What would you like?"),
        choices=Choice.choices,
        widget=RadioSelect(
            hints={
                Choice.ACCEPT: _("You are paid for each hour you give."),
                Choice.DECLINE: _("You take part just the same. You can change this on any day."),
                Choice.DONATE: _("We pay it to a group outside of this agency that you name."),
            }
        ),
    )
    recipient = forms.CharField(
        label=_("If you give it to a cause: which one?"), required=False, max_length=120
    )


class CostForm(PortalForm):
    what_for = forms.CharField(
        label=_("What was it for?"),
        help_text=_("For example, a bus ticket to the meeting."),
        max_length=200,
    )
    amount = MoneyField(
        label=_("How many dollars?"),
        min_value=CENT,
        max_value=Decimal(9999),
        max_digits=6,
    )
    on = forms.DateField(label=_("On which day?"))

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        amount: Any = self.fields["amount"]
        amount.doubt = lambda value: doubts.cost(value, agency)

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > self.agency.today():
            raise ValidationError(_("This day is still to come. Give the day of the cost."))
        return on


class CostAgainForm(PortalForm):
    what_for = forms.CharField(label=_("What was it for?"), max_length=200)
    amount = MoneyField(
        label=_("How many dollars?"),
        min_value=CENT,
        max_value=Decimal(9999),
        max_digits=6,
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amount: Any = self.fields["amount"]
        amount.doubt = lambda value: doubts.cost(value, agency)


class ClaimChoiceField(forms.ModelMultipleChoiceField[Claim]):
    def label_from_instance(self, obj: Claim) -> str:
        return _("%(name)s, %(day)s, $%(amount)s") % {
            "name": obj.member.name,
            "day": obj.service_on.isoformat(),
            "amount": obj.amount,
        }


class LinesForm(PortalForm):
    """Lines ticked in a list; only those that the list may hold can be chosen."""

    claims = ClaimChoiceField(
        label=_("Lines"),
        queryset=None,
        widget=CheckboxSelectMultiple(),
        error_messages={
            "required": _("Tick at least one line."),
            "invalid_choice": CHANGED,
            "invalid_pk_value": CHANGED,
        },
    )

    def __init__(self, *args: Any, lines: TenantQuerySet[Claim], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claims"].queryset = lines  # type: ignore[attr-defined]

    def tick(self, lines: list[Claim]) -> None:
        """A fresh list begins with all its lines ticked; one that was sent stays as it was sent."""
        self.initial["claims"] = [line.pk for line in lines]

    def clean_claims(self) -> list[Claim]:
        """The list sends the amount of each line, so that nobody agrees to one they did not see."""
        claims = list(self.cleaned_data["claims"])
        for claim in claims:
            if self.data.get(f"amount_{claim.pk}", str(claim.amount)) != str(claim.amount):
                raise ValidationError(CHANGED)
        return claims


class PayForm(LinesForm):
    paid_on = forms.DateField(label=_("On which day were they paid?"))
    method = forms.ChoiceField(
        label=_("How?"), choices=Method.choices, widget=RadioSelect(inline=True)
    )
    reference = forms.CharField(
        label=_("Check number or other reference"), required=False, max_length=60
    )


class ReasonForm(PortalForm):
    reason = forms.CharField(
        label=_("What is the question or the reason?"),
        help_text=_("The person reads this."),
        max_length=300,
        widget=Textarea(rows=3, warn_private=True),
    )


class PlanForm(EditForm):
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


class AdoptForm(PortalForm):
    on = forms.DateField(
        label=_("From which day?"),
        help_text=_("Today or later. What was earned before keeps its rate."),
    )
