"""The form to reassign the duties of people who are gone."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.handing_on.duties import DutyKind, DutyRow, LeftBehind
from foundation.choosing import RowField, RowsField, offer
from foundation.forms import PortalForm
from foundation.widgets import CheckboxSelectMultiple


class HandOverForm(PortalForm):
    """All unattended duties, checked, and the person who takes them over."""

    to: "RowField[Member]" = RowField(
        label=_("Who takes it over?"),
        help_text=_("You can hand it over in parts, to several people."),
        queryset=None,
        empty_label=None,
    )

    def __init__(
        self,
        *args: Any,
        left: Mapping[DutyKind, list[LeftBehind]],
        members: Iterable[Member],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {kind.code: kind for kind in left}
        for kind, duties in left.items():
            keys = [duty.row.pk for duty in duties]
            field = RowsField(
                label=kind.words,
                queryset=kind.model.objects.within(duties[0].row.agency).filter(pk__in=keys),
                required=False,
                widget=CheckboxSelectMultiple(),
            )
            self.fields[kind.code] = field
            field.choices = [
                (field.coded(duty.row), f"{duty.title} ({duty.person})") for duty in duties
            ]
            self.initial.setdefault(kind.code, keys)
        offer(self, "to", members)
        self.order_fields([*self.kinds, "to"])

    @property
    def given(self) -> dict[str, list[DutyRow]]:
        return {code: list(self.cleaned_data.get(code) or []) for code in self.kinds}
