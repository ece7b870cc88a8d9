"""Forms for a cost of taking part: miles, or an amount with its receipt."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.claims import doubts, rules
from compensation.claims.models import Claim, CostKind
from compensation.claims.receipt_field import ReceiptField
from compensation.policies import (
    CENT,
    MILES_AT_ONCE,
    mile_rate,
    mile_words,
    worth_of_miles,
)
from foundation.fields import DecimalField, MoneyField
from foundation.forms import PortalForm
from foundation.policies import Text
from foundation.widgets import HiddenInput, NumberInput

EXAMPLE: Mapping[CostKind, Text] = {
    CostKind.FARE: _("For example, the bus to the meeting and back."),
    CostKind.CHILDCARE: _("For example, a sitter during the meeting. Leave out names."),
    CostKind.MEAL: _("For example, lunch at the meeting."),
    CostKind.OTHER: _("For example, parking at the meeting."),
}


class _CostForm(PortalForm):
    """What the forms of this module share: doubts about an amount, a long ago day, a repetition."""

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member, self.agency = member, member.agency

    def worth(self) -> Decimal | None:
        """What is asked back, as far as it is known."""
        return self.cleaned_data.get("amount")

    def doubts(self) -> Mapping[str, str]:
        found = dict(super().doubts())
        on, amount = self.cleaned_data.get("on"), self.worth()
        if on is not None:
            found["on"] = doubts.day(on, self.agency)
            if amount is not None:
                found["what_for"] = doubts.twice(self.member, amount=amount, on=on)
        return {name: why for name, why in found.items() if why and name in self.cleaned_data}

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.agency.today():
            raise ValidationError(_("This day is still to come. Give the day of the cost."))
        return on


class CostForm(_CostForm):
    """A cost with its receipt, or with the reason why there is none."""

    mark_optional = False  # One of the last two is needed.

    what_for = forms.CharField(label=_("What was it for?"), max_length=200)
    amount = MoneyField(
        label=_("How many dollars?"), min_value=CENT, max_value=Decimal(9999), max_digits=6
    )
    on = forms.DateField(label=_("On which day?"))
    receipt = ReceiptField(label=_("A photo of the receipt"), required=False)
    no_receipt = forms.CharField(
        label=_("No receipt? Tell us why"),
        help_text=_("For example, the machine gave none."),
        required=False,
        max_length=200,
    )
    kind = forms.CharField(required=False, widget=HiddenInput(attrs={"id": False}))

    def __init__(self, *args: Any, kind: CostKind, **kwargs: Any) -> None:
        super().__init__(*args, initial={"kind": kind.value}, **kwargs)
        self.kind_of_cost = kind
        self.fields["what_for"].help_text = str(EXAMPLE[kind])
        amount: Any = self.fields["amount"]
        amount.doubt = lambda value: doubts.cost(value, self.agency)

    def clean_kind(self) -> CostKind:
        return self.kind_of_cost

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        why_not = cleaned.get("no_receipt", "")
        if self.has_error("receipt") or self.has_error("no_receipt"):
            return cleaned
        if refusal := rules.proving(
            has_receipt=cleaned.get("receipt") is not None, why_not=why_not
        ):
            self.add_error("receipt", str(refusal.instead))
        return cleaned


class MilesForm(_CostForm):
    """Miles of one day; `comes_to` is the amount that the person has seen, empty at first."""

    what_for = forms.CharField(
        label=_("From where to where?"),
        help_text=_("For example, home to the library and back."),
        max_length=200,
    )
    miles = DecimalField(
        label=_("How many miles?"),
        help_text=_("All miles of that day together, like 12.4."),
        min_value=Decimal("0.1"),
        max_value=Decimal(MILES_AT_ONCE.value),
        decimal_places=1,
        max_digits=4,
        widget=NumberInput(decimal=True),
    )
    on = forms.DateField(label=_("On which day?"))
    comes_to = forms.DecimalField(required=False, widget=HiddenInput(attrs={"id": False}))
    kind = forms.CharField(required=False, widget=HiddenInput(attrs={"id": False}))

    def __init__(self, *args: Any, again: Claim | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["kind"] = CostKind.MILES.value
        self.again = again
        if again is not None:
            del self.fields["on"]
        miles: Any = self.fields["miles"]
        miles.doubt = lambda value: doubts.miles(value, self.agency)

    def doubts(self) -> Mapping[str, str]:
        """None once the amount was seen: they were asked about before it."""
        return {} if self.cleaned_data.get("comes_to") is not None else super().doubts()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.day is not None and self.rate is None:
            self.add_error(
                "on" if "on" in self.fields else None, rules.NO_RATE % {"year": self.day.year}
            )
        return cleaned

    @property
    def day(self) -> date | None:
        return self.cleaned_data.get("on") if self.again is None else self.again.service_on

    @property
    def rate(self) -> Decimal | None:
        return None if self.day is None else mile_rate(self.agency, self.day)

    def worth(self) -> Decimal | None:
        miles, rate = self.cleaned_data.get("miles"), self.rate
        return None if miles is None or rate is None else worth_of_miles(miles, rate)

    @property
    def seen(self) -> bool:
        """Whether the person has seen what the miles come to now."""
        return bool(self.cleaned_data.get("comes_to") == self.worth())

    def hide(self) -> str:
        """Show the same answers unseen, to be sent once more; what they come to, in words."""
        assert self.rate is not None, "it needs a valid form"
        self.put("comes_to", self.worth())
        for field in self.fields.values():
            field.widget = HiddenInput(attrs={"id": False})
        return mile_words(self.rate)


class CostAgainForm(PortalForm):
    """The answer to a question about a cost."""

    what_for = forms.CharField(
        label=_("What was it for?"),
        help_text=_("Write your answer here, or change what is not right."),
        max_length=200,
    )
    amount = MoneyField(
        label=_("How many dollars?"), min_value=CENT, max_value=Decimal(9999), max_digits=6
    )
    receipt = ReceiptField(label=_("A new photo of the receipt"), required=False)

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        initial = {"what_for": claim.what_for, "amount": claim.amount}
        super().__init__(*args, initial=initial, **kwargs)
        if not claim.needs_receipt:
            del self.fields["receipt"]
        amount: Any = self.fields["amount"]
        amount.doubt = lambda value: doubts.cost(value, claim.agency)
        if claim.settles_id is not None:
            del self.fields["amount"]
