"""Forms that offer seats to several people: who, and then what each of them gets."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from foundation import keys
from foundation.choosing import RowsField
from foundation.forms import PortalForm
from foundation.widgets import NamesSelectMultiple, RadioSelect, Select
from groups.forms.groups import YES_NO, late_reason
from groups.models import Group, Office, SeatWish

VOTING, READING, NONE = "voting", "reading", "none"


class SeveralSeatsForm(PortalForm):
    """Who is asked, and what all of them have in common."""

    members: "RowsField[Member]" = RowsField(
        label=_("Whom do you ask?"), queryset=None, widget=NamesSelectMultiple()
    )
    voting = forms.ChoiceField(
        label=_("Do they decide with the others?"),
        help_text=_("You can change this for each of them on the next page."),
        choices=YES_NO,
        widget=RadioSelect(inline=True),
    )
    since = forms.DateField(
        label=_("Starting on which day?"),
        help_text=_("A seat begins when they accept, and not before this day."),
    )
    late_reason = late_reason()

    def __init__(self, *args: Any, group: Group, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        self.fields["members"].queryset = members  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since = cleaned.get("since")
        if since is None:
            return cleaned
        if not self.group.is_open(since):
            self.add_error("since", _t("The group does not exist on that day."))
        if since < self.group.agency.today() and not cleaned.get("late_reason", "").strip():
            words = _t("This day has passed. Say why the seats are entered only now.")
            self.add_error("late_reason", words)
        return cleaned


class SeatsReviewForm(PortalForm):
    """What each of them gets; whoever can't be asked is left out here."""

    mark_optional = False

    def __init__(self, *args: Any, members: Sequence[Member], voting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = list(members)
        for each in self.members:
            name = {"name": each}
            self.fields[seat_field(each)] = forms.ChoiceField(
                label=_t("What %(name)s gets") % name,
                choices=[
                    (VOTING, _t("A seat with a vote")),
                    (READING, _t("A seat without a vote")),
                    (NONE, _t("No seat: leave them out")),
                ],
                initial=VOTING if voting else READING,
                widget=Select(),
                error_messages={"required": _t("Choose what %(name)s gets.") % name},
            )
            self.fields[_office(each)] = forms.ChoiceField(
                label=_t("What %(name)s does in the group") % name,
                choices=Office.choices,
                required=False,
                widget=Select(),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.wishes:
            raise ValidationError(_t("Choose a seat for at least one of them."))
        return cleaned

    @property
    def wishes(self) -> list[SeatWish]:
        """The seats to offer; nobody who is left out."""
        given = ((each, self.cleaned_data[seat_field(each)]) for each in self.members)
        return [
            SeatWish(each, voting=what == VOTING, office=self.cleaned_data[_office(each)])
            for each, what in given
            if what != NONE
        ]

    @property
    def people(self) -> list[tuple[Member, forms.BoundField, forms.BoundField]]:
        """Each person with their two fields."""
        return [(each, self[seat_field(each)], self[_office(each)]) for each in self.members]


def seat_field(member: Member) -> str:
    """The field in which a refusal about this person is shown."""
    return f"seat_{keys.code_of(member)}"


def _office(member: Member) -> str:
    return f"office_{keys.code_of(member)}"
