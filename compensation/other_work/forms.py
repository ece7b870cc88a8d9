"""Minutes of other work: of everybody who came at once, of each person; an orientation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.forms import Field
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.other_work.models import OtherWork
from compensation.plan.models import WorkKind
from foundation import keys
from foundation.choosing import RowField
from foundation.fields import WholeField
from foundation.forms import PlainForm, PortalForm
from foundation.models import TenantQuerySet
from foundation.widgets import NumberInput, Select

MOST_MINUTES = 600
AN_HOUR = 60
LABELS = {
    WorkKind.PREPARATION: _("How many minutes did they prepare?"),
    WorkKind.TRAVEL: _("How many minutes did they travel, both ways?"),
}


def hours_of(minutes: int | None) -> Decimal:
    """Hours with two decimals, which tell every minute apart."""
    return (Decimal(minutes or 0) / AN_HOUR).quantize(Decimal("0.01"), ROUND_HALF_UP)


def minutes_of(hours: Decimal) -> int:
    return int((hours * AN_HOUR).to_integral_value(ROUND_HALF_UP))


def _minutes(label: Any) -> Field:
    return WholeField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_MINUTES,
        widget=NumberInput(width=4, suffix=_("minutes")),
    )


class ForAllForm(PlainForm):
    """The same minutes for everybody who came."""

    mark_optional = False

    def __init__(self, *args: Any, asked: Sequence[WorkKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = list(asked)
        for work in self.asked:
            self.fields[work] = _minutes(LABELS[work])

    @property
    def done(self) -> dict[WorkKind, Decimal]:
        """Hours by kind, only of what was filled in."""
        sent = {work: self.cleaned_data.get(work) for work in self.asked}
        return {work: hours_of(minutes) for work, minutes in sent.items() if minutes}


@dataclass(frozen=True)
class PersonLine:
    """Somebody who came, and their boxes."""

    name: str
    boxes: Sequence[BoundField]


class OtherWorkForm(PortalForm):
    """The minutes of each person who came."""

    mark_optional = False

    def __init__(
        self,
        *args: Any,
        came: Sequence[Member],
        asked: Sequence[WorkKind],
        known: Mapping[tuple[int, str], Decimal],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.came, self.asked = list(came), list(asked)
        for member in self.came:
            for work in self.asked:
                said = {"work": work.label, "name": member}
                field = _minutes(_t("%(name)s: %(work)s") % said)
                hours = known.get((member.pk, work))
                field.initial = minutes_of(hours) if hours else None
                self.fields[_name(member, work)] = field

    @property
    def lines(self) -> Iterator[PersonLine]:
        for member in self.came:
            yield PersonLine(str(member), [self[_name(member, work)] for work in self.asked])

    @property
    def done(self) -> dict[Member, dict[WorkKind, Decimal]]:
        sent = self.cleaned_data
        return {
            member: {work: hours_of(sent[_name(member, work)]) for work in self.asked}
            for member in self.came
        }


def _name(member: Member, work: WorkKind) -> str:
    return f"{work}_{keys.code_of(member)}"


class OrientationForm(PortalForm):
    """When somebody had an orientation, how long it took, and who gave it."""

    on = forms.DateField(label=_("On which day?"))
    minutes = WholeField(
        label=_("How many minutes did it take?"),
        min_value=1,
        max_value=MOST_MINUTES,
        widget=NumberInput(width=4, suffix=_("minutes")),
    )
    given_by: "RowField[Member]" = RowField(label=_("Who gave it?"), queryset=None, widget=Select())

    def __init__(self, *args: Any, people: TenantQuerySet[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_by"].queryset = people  # type: ignore[attr-defined]

    @property
    def answers(self) -> dict[str, Any]:
        sent = self.cleaned_data
        return {
            "on": sent["on"],
            "hours": hours_of(sent["minutes"]),
            "given_by": sent["given_by"],
        }


def first_orientation(row: OtherWork | None, by: Member) -> dict[str, Any]:
    """The first values of the form: what is on record, or that the writer gave it today."""
    if row is None:
        return {"on": by.agency.today(), "given_by": by}
    return {"on": row.on, "minutes": minutes_of(row.hours), "given_by": row.given_by}
