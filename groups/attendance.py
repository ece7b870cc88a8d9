"""Forms for attendance, and for voiding one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation import keys
from foundation.choosing import RowField
from foundation.fields import HoursField, WholeField
from foundation.forms import PortalForm
from foundation.models import Agency
from foundation.widgets import NumberInput, Textarea
from groups import doubts
from groups.models import MOST_GUESTS


@dataclass(frozen=True)
class AttendanceLine:
    """A line of the attendance form."""

    name: str
    here: BoundField | None
    """None for somebody who is already on record."""
    hours: BoundField
    attendance: int | None = None
    """The attendance key of somebody who is already on record."""


def _here(member: Member) -> str:
    """The name of the checkbox of somebody who may have come."""
    return f"here_{keys.code_of(member)}"


def hours_name(member: Member) -> str:
    """The name of somebody's hours field; an action's error is shown beside it."""
    return f"hours_{keys.code_of(member)}"


class AttendanceForm(PortalForm):
    """Who came, with each person's hours; for those already on record, only hours can change."""

    mark_optional = False

    other: "RowField[Member]" = RowField(
        label=_("Did somebody else come?"),
        help_text=_("Choose one. You can come back to this page to add more."),
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

    def __init__(
        self,
        *args: Any,
        expected: Iterable[Member],
        recorded: Mapping[Member, Decimal],
        attendances: Mapping[Member, int],
        others: Iterable[Member],
        hours: Decimal,
        agency: Agency,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        self.expected, self.recorded, self.length = list(expected), recorded, hours
        self.attendances = attendances
        self.fields["other"].queryset = others  # type: ignore[attr-defined]
        for member in self.expected:
            self.fields[_here(member)] = forms.BooleanField(label=str(member), required=False)
            self._add_hours(member, hours)
        for member, known in recorded.items():
            self._add_hours(member, known)

    def _add_hours(self, member: Member, hours: Decimal) -> None:
        field = HoursField(
            label=_t("Hours of %(name)s") % {"name": member},
            initial=hours,
            required=False,
            min_value=Decimal("0.01"),
            max_value=Decimal(24),
            max_digits=4,
            widget=NumberInput(width=10, decimal=True),
        )
        field.doubt = lambda value: doubts.hours(value, self.length, self.agency)
        self.fields[hours_name(member)] = field

    @property
    def people(self) -> list[AttendanceLine]:
        expected = [
            AttendanceLine(
                str(member),
                self[_here(member)],
                self[hours_name(member)],
            )
            for member in self.expected
        ]
        recorded = [
            AttendanceLine(str(member), None, self[hours_name(member)], self.attendances[member])
            for member in self.recorded
        ]
        return [*expected, *recorded]

    @property
    def present(self) -> dict[Member, Decimal]:
        """Everybody present, with hours: as given, as recorded, or the meeting's length."""
        answers = self.cleaned_data
        came = {member: self.length for member in self.expected if answers[_here(member)]}
        came.update(self.recorded)
        present = {member: answers[hours_name(member)] or hours for member, hours in came.items()}
        if answers.get("other"):
            present.setdefault(answers["other"], self.length)
        return present


class VoidForm(PortalForm):
    reason = forms.CharField(
        label=_("Why were they on the list?"),
        help_text=_("For example: the wrong box was ticked. It is kept with the list."),
        max_length=300,
        widget=Textarea(rows=3, warn_private=True),
    )
