"""The form of the ten minutes after a meeting: who came, what was decided, what comes next."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation.choosing import RowField, RowsField
from foundation.fields import HoursField, WholeField
from foundation.forms import EditForm
from foundation.models import Agency
from foundation.moments import MomentField
from foundation.widgets import (
    CheckboxSelectMultiple,
    HiddenInput,
    NumberInput,
    RadioSelect,
    Textarea,
)
from groups import doubts
from groups.forms.groups import ask_why_late
from groups.models import MOST_GUESTS
from groups.policies import DECISIONS_AT_ONCE

# Boxes for decisions before anybody asks for more.
BOXES = 2
AGREED = (("yes", _("It was agreed")), ("no", _("It was not agreed")))
SENTENCE = 200


@dataclass(frozen=True)
class Decided:
    """One sentence that the group decided on, and whether it agreed."""

    text: str
    adopted: bool


@dataclass(frozen=True)
class DecisionBox:
    """The two fields of one decision."""

    number: int
    text: BoundField
    agreed: BoundField


@dataclass(frozen=True)
class AskedAfter:
    """What the form asks of this member, by the rules and the facts of the meeting.

    `decisions`: they may write them down; `next`: no next meeting is planned, and they may plan
    one; `late`: the meeting was so long ago that decisions need a reason.
    """

    decisions: bool
    next: bool
    late: bool


class AfterForm(EditForm):
    """The parts of groups; parts of upper apps are forms of their own beside it."""

    mark_optional = False

    came: "RowsField[Member]" = RowsField(
        label=_("Who came?"), required=False, queryset=None, widget=CheckboxSelectMultiple()
    )
    other: "RowField[Member]" = RowField(
        label=_("Did somebody else come?"),
        help_text=_("Choose one. You can add more afterwards."),
        required=False,
        queryset=None,
    )
    guests = WholeField(
        label=_("How many guests came, whose names you don’t write down?"),
        required=False,
        min_value=0,
        max_value=MOST_GUESTS,
        widget=NumberInput(width=3),
    )
    took = HoursField(
        label=_("How long did it take, in hours?"),
        help_text=_("It counts for everyone who came. You can change single people afterwards."),
        min_value=Decimal("0.01"),
        max_value=Decimal(24),
        max_digits=4,
        widget=NumberInput(width=10, decimal=True),
    )
    boxes = forms.IntegerField(required=False, widget=HiddenInput(attrs={"id": False}))
    next_at = MomentField(
        label=_("When is the next meeting?"),
        help_text=_("Everyone gets a message. Leave it empty if you don’t know yet."),
        required=False,
    )
    late_reason = forms.CharField(
        label=_("The meeting was a while ago: why is it written down only now?"),
        required=False,
        max_length=500,
        widget=Textarea(rows=2, warn_private=True),
    )
    waiver = forms.CharField(
        label=_("Why did the group decide without the others?"),
        help_text=_(
            "You can leave it empty. Then the decisions are on record, and count once everyone "
            "with a vote is."
        ),
        required=False,
        max_length=2000,
        widget=Textarea(rows=3, warn_private=True),
    )
    tell = forms.BooleanField(
        label=_("Let those who were missed know what was decided"), required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,
        expected: Sequence[Member],
        others: Iterable[Member],
        asked: AskedAfter,
        length: Decimal,
        agency: Agency,
        on: Any,
        more: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.agency, self.on, self.asked = agency, on, asked
        self.expected = list(expected)
        people = Member.objects.within(agency).filter(pk__in=[each.pk for each in self.expected])
        came: Any = self.fields["came"]
        came.queryset = people
        # Read already, so that they are not read again for the boxes.
        came.choices = [(came.coded(each), str(each)) for each in self.expected]
        self.fields["other"].queryset = others  # type: ignore[attr-defined]
        took: Any = self.fields["took"]
        took.doubt = lambda value: doubts.hours(value, length, agency)
        unasked = {
            "next_at": not asked.next,
            "late_reason": not (asked.decisions and asked.late),
            "waiver": not asked.decisions,
        }
        for name, gone in unasked.items():
            if gone:
                del self.fields[name]
        self.count = self._boxes(more) if asked.decisions else 0
        for number in range(1, self.count + 1):
            self._add_box(number)

    def _boxes(self, more: bool) -> int:
        """How many decisions there is room for; `more`: two are added."""
        sent = str(self.data.get("boxes", "")) if self.is_bound else ""
        count = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 4 else BOXES
        count = min(max(count, BOXES) + (BOXES if more else 0), DECISIONS_AT_ONCE.value)
        self.initial["boxes"] = count
        if self.is_bound:
            self.put("boxes", count)
        return count

    def _add_box(self, number: int) -> None:
        self.fields[f"decided_{number}"] = forms.CharField(
            label=_t("Decision %(n)s, in one sentence") % {"n": number},
            required=False,
            max_length=SENTENCE,
            widget=Textarea(rows=2, warn_private=number == 1),
        )
        self.fields[f"agreed_{number}"] = forms.ChoiceField(
            label=_t("Decision %(n)s: was it agreed?") % {"n": number},
            required=False,
            choices=AGREED,
            widget=RadioSelect(inline=True),
        )

    @property
    def decision_boxes(self) -> Iterator[DecisionBox]:
        for number in range(1, self.count + 1):
            yield DecisionBox(number, self[f"decided_{number}"], self[f"agreed_{number}"])

    @property
    def may_add(self) -> bool:
        return 0 < self.count < DECISIONS_AT_ONCE.value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "came" not in self.errors and not cleaned.get("came") and not cleaned.get("other"):
            self.add_error("came", _t("Tick everyone who was there, at least one person."))
        for number in range(1, self.count + 1):
            text, agreed = cleaned.get(f"decided_{number}"), cleaned.get(f"agreed_{number}")
            if text and not agreed:
                self.add_error(f"agreed_{number}", _t("Choose if the group agreed to it."))
            if agreed and not text and f"decided_{number}" not in self.errors:
                self.add_error(f"decided_{number}", _t("Write down what it was about."))
        if "late_reason" in self.fields and self.decided and not cleaned.get("late_reason"):
            ask_why_late(self, "late_reason", self.on, self.agency)
        return cleaned

    @property
    def decided(self) -> list[Decided]:
        sent = self.cleaned_data
        found = []
        for number in range(1, self.count + 1):
            text = (sent.get(f"decided_{number}") or "").strip()
            if text:
                found.append(Decided(text, sent.get(f"agreed_{number}") == "yes"))
        return found

    @property
    def present(self) -> dict[Member, Decimal]:
        """Everybody who came, each for the hours that it took."""
        sent = self.cleaned_data
        people = list(sent["came"])
        if sent.get("other") is not None:
            people.append(sent["other"])
        return dict.fromkeys(people, sent["took"])

    @property
    def next_start(self) -> datetime | None:
        return self.cleaned_data.get("next_at")
