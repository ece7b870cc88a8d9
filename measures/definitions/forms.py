from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation import keys
from foundation.choosing import RowField, offer
from foundation.fields import DecimalField, WholeField
from foundation.forms import EditForm, PlainForm, PortalForm
from foundation.widgets import HiddenInput, NumberInput, RadioSelect, Select, Textarea, TextInput
from measures.definitions.models import BetterWay, Frequency, MeasureKind
from measures.policies import LAG, LONGEST_LAG


class KindForm(PlainForm):
    """The first question about a new measure; what is asked next depends on it.

    The others carry on which plan asked for it, and on which of its pages.
    """

    standard = forms.CharField(required=False, max_length=keys.LENGTH, widget=HiddenInput())
    watch = forms.CharField(required=False, max_length=keys.LENGTH, widget=HiddenInput())

    kind = forms.ChoiceField(
        label=_("What kind of number is it?"),
        choices=MeasureKind.choices,
        widget=RadioSelect(
            hints={
                MeasureKind.PROPORTION: _(
                    "Such as people seen within a week, out of all. Take this for ratings from 1 "
                    "to 5, too: people who gave 4 or 5, out of all who answered."
                ),
                MeasureKind.COUNT: _("Such as calls that nobody answered."),
                MeasureKind.RATE: _("Such as falls for every 1,000 days of care."),
                MeasureKind.SCORE: _(
                    "Such as an average that a report gives you. If you have the single values, "
                    "the next kind shows more."
                ),
                MeasureKind.VALUES: _(
                    "Such as the wait of each person in days. Nothing is written down about the "
                    "person."
                ),
                MeasureKind.EVENTS: _(
                    "Such as falls, or times that somebody was held. If it happens less than about "
                    "twice a month, the days between show more than a count."
                ),
            }
        ),
    )


WORDS: dict[str, tuple[Any, Any]] = {
    MeasureKind.PROPORTION: (
        _("Which people or things are counted?"),
        _("Such as: people who had a first visit within 7 days"),
    ),
    MeasureKind.COUNT: (_("What is counted?"), _("Such as: calls that nobody answered")),
    MeasureKind.RATE: (_("What is counted?"), _("Such as: falls")),
    MeasureKind.SCORE: (
        _("What is the number, and how is it worked out?"),
        _("Such as: days from the first call to the first visit, the average of the month"),
    ),
    MeasureKind.VALUES: (
        _("What is one value?"),
        _("Such as: days from the first call to the first visit, of one person"),
    ),
    MeasureKind.EVENTS: (_("What is it that happens?"), _("Such as: somebody fell")),
}
# Of rare things the direction is that of the days between; people think of the thing itself.
OF_EVENTS = [
    (BetterWay.INCREASE, _("No. More days between are better")),
    (BetterWay.DECREASE, _("Yes. Fewer days between are better")),
    (BetterWay.NEUTRAL, _("Neither")),
]
# What has no meaning for days on which something happened.
OF_PERIODS = ("unit", "frequency", "lag", "lowest", "highest")


EXPECTED: dict[str, Any] = {
    MeasureKind.PROPORTION: _("In percent. Whoever writes down another number is asked again."),
    MeasureKind.RATE: _("Of the rate. Whoever writes down another number is asked again."),
    MeasureKind.COUNT: _("Whoever writes down another number is asked again."),
    MeasureKind.SCORE: _("Whoever writes down another number is asked again."),
    MeasureKind.VALUES: _("Of each value. Whoever writes down another one is asked again."),
}


class MeasureForm(PortalForm):
    """An operational definition; the fields fit the kind."""

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
        label, example = WORDS[kind]
        self.fields["numerator"].label, self.fields["numerator"].help_text = label, example
        if kind not in (MeasureKind.PROPORTION, MeasureKind.RATE):
            del self.fields["denominator"]
        if kind != MeasureKind.RATE:
            del self.fields["per"]
        if kind == MeasureKind.PROPORTION:
            del self.fields["unit"]
        if kind == MeasureKind.EVENTS:
            self._ask_of_events()
        else:
            self.fields["lowest"].help_text = self.fields["highest"].help_text = EXPECTED[kind]

    def _ask_of_events(self) -> None:
        for name in OF_PERIODS:
            del self.fields[name]
        self.fields["name"].help_text = _("Such as: Falls in the house")
        direction: Any = self.fields["direction"]
        direction.label, direction.choices = _("Is it good when it happens?"), OF_EVENTS
        self.fields["source"].label = _("Where is it written down?")
        self.fields["source"].help_text = _("Such as: the night book")


class MeasureEditForm(EditForm, MeasureForm):
    """The same, over a measure that others may change meanwhile."""

    reason = forms.CharField(
        label=_("If what it counts changes: why?"),
        help_text=_("Once there are numbers, the reason stays on record."),
        required=False,
        max_length=500,
        widget=Textarea(rows=2, warn_private=True),
    )
