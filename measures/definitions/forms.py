from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation import keys
from foundation.choosing import RowField, offer
from foundation.fields import DecimalField, WholeField
from foundation.forms import EditForm, PlainForm, PortalForm
from foundation.models import TenantQuerySet
from foundation.widgets import HiddenInput, NumberInput, RadioSelect, Select, Textarea, TextInput
from groups.models import Seat
from measures.definitions.models import Frequency
from measures.kinds.shape import BetterWay, MeasureKind
from measures.kinds.shapes import SHAPES
from measures.policies import LAG, LONGEST_LAG


class KindForm(PlainForm):
    """The first question about a new measure; further questions depend on the answer.

    The other fields carry which plan needs it, and on which page.
    """

    standard = forms.CharField(required=False, max_length=keys.LENGTH, widget=HiddenInput())
    watch = forms.CharField(required=False, max_length=keys.LENGTH, widget=HiddenInput())

    kind = forms.ChoiceField(
        label=_("What kind of number is it?"),
        choices=MeasureKind.choices,
        widget=RadioSelect(hints={kind: shape.hint for kind, shape in SHAPES.items()}),
    )


class MeasureForm(PortalForm):
    """An operational definition; its fields fit the kind."""

    name = forms.CharField(
        label=_("What is it called?"),
        help_text=_("Such as: First visit within a week"),
        max_length=120,
    )
    numerator = forms.CharField(max_length=300)
    denominator = forms.CharField(label=_("Out of what?"), max_length=300)
    per = WholeField(
        label=_("For how many is the rate shown?"),
        help_text=_("Such as 1000, for so many in every 1,000 days."),
        min_value=1,
        max_value=1_000_000,
        widget=NumberInput(width=10),
    )
    unit = forms.CharField(
        label=_("In which unit?"),
        help_text=_("Such as: days, points, calls"),
        required=False,
        max_length=40,
        widget=TextInput(width=20),
    )
    direction = forms.ChoiceField(
        label=_("Which way is better?"), choices=BetterWay.choices, widget=RadioSelect()
    )
    frequency = forms.ChoiceField(
        label=_("How often is it counted?"), choices=Frequency.choices, widget=RadioSelect()
    )
    source = forms.CharField(
        label=_("Where does the number come from?"),
        help_text=_("Such as: the appointment book at the front desk"),
        max_length=300,
    )
    lag = WholeField(
        label=_("How many days after is it late?"),
        help_text=_("Days after a period ends. Its number is late from the next day on."),
        min_value=0,
        max_value=LONGEST_LAG.value,
        initial=LAG.default,
        widget=NumberInput(width=4),
    )
    collected_by: "RowField[Member]" = RowField(
        label=_("Who writes it down?"), queryset=None, widget=Select()
    )
    inclusion = forms.CharField(
        label=_("Who or what counts?"),
        required=False,
        max_length=1000,
        widget=Textarea(rows=2, free=False),
    )
    exclusion = forms.CharField(
        label=_("Who or what does not count?"),
        required=False,
        max_length=1000,
        widget=Textarea(rows=2, free=False),
    )

    lowest = DecimalField(
        label=_("What is the least that you expect?"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=4,
        widget=NumberInput(decimal=True, width=10),
    )
    highest = DecimalField(
        label=_("What is the most that you expect?"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=4,
        widget=NumberInput(decimal=True, width=10),
    )

    def __init__(self, *args: Any, kind: str, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "collected_by", members)
        shape = SHAPES[MeasureKind(kind)]
        for name in shape.leaves_out:
            del self.fields[name]
        for name, asked in shape.asks.items():
            field: Any = self.fields[name]
            field.label = asked.label or field.label
            field.help_text = asked.help or field.help_text
            if asked.choices:
                field.choices = asked.choices


class MeasureEditForm(EditForm, MeasureForm):
    """The same for an existing measure that others may change meanwhile."""

    reason = forms.CharField(
        label=_("If what it counts changes: why?"),
        help_text=_("Once there are numbers, the reason stays on record."),
        required=False,
        max_length=500,
        widget=Textarea(rows=2, warn_private=True),
    )


class NewOwnerForm(EditForm):
    """The group and member who take over a measure, and from which day."""

    to: "RowField[Seat]" = RowField(
        label=_("Who takes it over, and where?"),
        help_text=_("This person writes down its numbers from then on."),
        queryset=None,
        widget=Select(),
    )
    on = forms.DateField(label=_("From which day on?"))
    mark_optional = False

    def __init__(self, *args: Any, seats: TenantQuerySet[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.queryset = seats
        by_group: dict[str, list[tuple[str, str]]] = {}
        for seat in seats:
            place = by_group.setdefault(seat.group.name, [])
            place.append((field.coded(seat), f"{seat.member.shown_name} ({seat.group.name})"))
        field.choices = [("", _("Choose one")), *by_group.items()]
        self.is_possible = bool(by_group)
