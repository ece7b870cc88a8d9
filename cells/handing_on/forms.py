"""Handing over what somebody was to do who is not there any more."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.handing_on.duties import DutyKind
from foundation.choosing import RowField, RowsField, offer
from foundation.forms import PortalForm
from foundation.widgets import CheckboxSelectMultiple


class HandOverForm(PortalForm):
    """Everything that was left behind, checked, and who goes on with it."""

    to: "RowField[Member]" = RowField(
        label=_("Who takes it over?"),
        help_text=_("You can hand it over in parts, to several people."),
        queryset=None,
        empty_label=None,
    )

    def __init__(
        self,
        *args: Any,
        left: Mapping[DutyKind, list[Any]],
        members: Iterable[Member],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {kind.code: kind for kind in left}
        for kind, rows in left.items():
            field = RowsField(
                label=kind.words,
                queryset=type(rows[0])
                .objects.within(rows[0].agency)
                .filter(pk__in=[row.pk for row in rows]),
                required=False,
                widget=CheckboxSelectMultiple(),
            )
            self.fields[kind.code] = field
            field.choices = [
                (field.coded(row), f"{row.duty_title} ({getattr(row, kind.field)})") for row in rows
            ]
            self.initial.setdefault(kind.code, [row.pk for row in rows])
        offer(self, "to", members)
        self.order_fields([*self.kinds, "to"])

    @property
    def given(self) -> dict[str, list[Any]]:
        return {code: list(self.cleaned_data.get(code) or []) for code in self.kinds}
