"""Forms for money that is handed out on the day of a meeting."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compensation.payments.models import PaymentMethod
from compensation.same_day.models import DRAWN, IN_HAND, LONGEST, DayFund, FundCard
from compensation.same_day.reading import SheetRow
from foundation.choosing import RowField, RowsField
from foundation.fields import MoneyField, WholeField
from foundation.forms import PortalForm
from foundation.models import TenantQuerySet
from foundation.presenting import written
from foundation.templatetags.components import dollars
from foundation.widgets import (
    CheckboxSelectMultiple,
    DrawingInput,
    NumberInput,
    RadioSelect,
    Textarea,
    TextInput,
)
from groups.models import Meeting


class FundedMeetingField(RowField[Meeting]):
    def label_from_instance(self, obj: Meeting) -> str:
        said = gettext("%(group)s, %(day)s")
        return said % {"group": obj.group.name, "day": written(obj.on)}


class PreApproveForm(PortalForm):
    meeting: "FundedMeetingField" = FundedMeetingField(label=_("Which meeting?"), queryset=None)
    people_most = WholeField(
        label=_("How many people at most?"), min_value=1, max_value=999, widget=NumberInput(width=3)
    )
    each_most = MoneyField(label=_("How much for one person at most?"), max_digits=9)
    total = MoneyField(
        label=_("How much in all?"),
        help_text=_("The payer can take out as much as this, and no more."),
        max_digits=9,
    )
    reason = forms.CharField(
        label=_("Why on the day?"), max_length=200, widget=Textarea(rows=2, warn_private=True)
    )

    def __init__(
        self, *args: Any, meetings: TenantQuerySet[Meeting], each_hint: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]
        self.fields["each_most"].help_text = each_hint
        for name in ("each_most", "total"):
            self.fields[name].min_value = Decimal("0.01")  # type: ignore[attr-defined]


class TakeOutForm(PortalForm):
    # Which of the two is asked for depends on the first answer.
    mark_optional = False

    method = forms.ChoiceField(
        label=_("What do you take out?"),
        choices=[(each.value, each.label) for each in IN_HAND],
        widget=RadioSelect(inline=True),
    )
    taken = MoneyField(label=_("How much cash?"), max_digits=9, required=False)
    cards = forms.CharField(
        label=_("Which gift cards?"),
        help_text=_("One card a line: its serial number, a comma, and what it is worth."),
        required=False,
        max_length=20_000,
        widget=Textarea(rows=4, free=False),
    )

    def clean_cards(self) -> list[tuple[str, Decimal]]:
        lines = enumerate(self.cleaned_data["cards"].splitlines(), 1)
        return [_card(place, line) for place, line in lines if line.strip()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        asked = {
            PaymentMethod.CASH.value: ("taken", gettext("Enter how much cash you take out.")),
            PaymentMethod.GIFT_CARD.value: ("cards", gettext("Enter the cards you take out.")),
        }
        name, words = asked.get(cleaned.get("method", ""), ("", ""))
        if name and name not in self.errors and not cleaned.get(name):
            self.add_error(name, words)
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        if self.cleaned_data["method"] == PaymentMethod.CASH:
            return {"taken": self.cleaned_data["taken"]}
        return {"cards": self.cleaned_data["cards"]}


def _card(place: int, line: str) -> tuple[str, Decimal]:
    """A serial number and a value. ValidationError: it is no such line."""
    serial, _comma, worth = line.rpartition(",")
    try:
        value = Decimal(worth.strip().lstrip("$"))
    except InvalidOperation:
        value = Decimal(0)
    said = gettext("Line %(place)s is no card. Type its number, a comma, and its value.")
    exact = value.is_finite() and 0 < value < 100_000 and value == round(value, 2)
    if not serial.strip() or len(serial.strip()) > 40 or not exact:
        raise ValidationError(said % {"place": place})
    return serial.strip(), value


class CardsField(RowsField[FundCard]):
    def label_from_instance(self, obj: FundCard) -> str:
        said = gettext("%(serial)s, worth %(value)s")
        return said % {"serial": obj.serial, "value": dollars(obj.value)}


def _cards(form: forms.Form, cards: TenantQuerySet[FundCard] | None) -> None:
    if cards is None:
        del form.fields["cards"]
    else:
        form.fields["cards"].queryset = cards  # type: ignore[attr-defined]


class HandForm(PortalForm):
    """One person gets their money, and says so: by their name, their initials, or on paper."""

    # One of several ways to sign.
    mark_optional = False

    # What the payer saw; the page has it in words.
    amount = forms.DecimalField(widget=forms.HiddenInput, max_digits=9, decimal_places=2)
    cards: "CardsField" = CardsField(
        label=_("Which cards?"), queryset=None, widget=CheckboxSelectMultiple(), required=False
    )
    drawing = forms.CharField(
        label=_("Sign here"), required=False, max_length=LONGEST, widget=DrawingInput()
    )
    initials = forms.CharField(
        label=_("Or type your initials"),
        required=False,
        max_length=10,
        widget=TextInput({"autocomplete": "off"}, width=5),
    )
    handed = forms.BooleanField(label=_("This was handed to me"), required=False)
    paper = forms.BooleanField(label=_("They signed the paper sheet instead"), required=False)

    def __init__(self, *args: Any, choices: TenantQuerySet[FundCard] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _cards(self, choices)

    def clean_drawing(self) -> str:
        drawing: str = self.cleaned_data["drawing"]
        if drawing and not DRAWN.fullmatch(drawing):
            raise ValidationError(gettext("The signature did not arrive. Sign again."))
        return drawing

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        signed = cleaned.get("drawing") or cleaned.get("paper") or cleaned.get("initials")
        if not signed and "drawing" not in self.errors:
            self.add_error("initials", gettext("Sign, type your initials, or tick the paper."))
        elif cleaned.get("initials") and not (cleaned.get("handed") or cleaned.get("drawing")):
            self.add_error("handed", gettext("Tick that it was handed to you."))
        return cleaned

    @property
    def answers(self) -> dict[str, Any]:
        found = {name: self.cleaned_data[name] for name in ("amount", "drawing", "initials")}
        return {**found, "cards": list(self.cleaned_data.get("cards", ()))}


class TickOffForm(PortalForm):
    """Who signed the paper sheet; a box says number and amount, so that it fits what was seen."""

    rows = forms.MultipleChoiceField(
        label=_("Who signed?"),
        widget=CheckboxSelectMultiple(),
        error_messages={"invalid_choice": _("The sheet has changed. Look at it again.")},
    )

    def __init__(self, *args: Any, rows: Sequence[SheetRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered: Mapping[str, SheetRow] = {f"{row.number}-{row.amount}": row for row in rows}
        said = gettext("%(number)s. %(name)s, %(amount)s")
        self.fields["rows"].choices = [  # type: ignore[attr-defined]
            (
                value,
                said
                % {
                    "number": row.number,
                    "name": row.member.full_name,
                    "amount": dollars(row.amount),
                },
            )
            for value, row in self.offered.items()
        ]

    @property
    def answers(self) -> dict[str, Any]:
        ticked = [self.offered[value] for value in self.cleaned_data["rows"]]
        return {"rows": {row.number: (row.lines, row.amount) for row in ticked}}


class CountBackForm(PortalForm):
    brought_back = MoneyField(
        label=_("How much do you bring back?"),
        help_text=_("Count it first. Nothing is 0."),
        max_digits=9,
    )
    cards: "CardsField" = CardsField(
        label=_("Which cards do you bring back?"),
        queryset=None,
        widget=CheckboxSelectMultiple(),
        required=False,
    )
    reason = forms.CharField(
        label=_("If it differs: why?"),
        help_text=_("A second person confirms it. The oversight committee reads it."),
        required=False,
        max_length=300,
        widget=Textarea(rows=2, warn_private=True),
    )

    def __init__(
        self,
        *args: Any,
        fund: DayFund,
        choices: TenantQuerySet[FundCard] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _cards(self, choices)
        if fund.method == PaymentMethod.GIFT_CARD:
            del self.fields["brought_back"]
        else:
            self.fields["brought_back"].min_value = Decimal(0)  # type: ignore[attr-defined]


class SureForm(PortalForm):
    """Nothing to type."""
