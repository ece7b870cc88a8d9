"""Forms of lists of people: the list, its columns, its rows; and of open invitations."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict, ErrorList
from django.utils.html import escape
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.actions.open_invitations import ForMany
from accounts.lists.planning import OTHER_PERSON, ListRow, Match, PlannedRow, RowOutcome
from accounts.lists.reading import ListTable, stripped, table_of, wrong_columns
from accounts.lists.words import Column, roles_of
from accounts.models import Invitation
from accounts.permissions import Role
from foundation import keys
from foundation.forms import EditForm, PortalForm
from foundation.models import TenantQuerySet
from foundation.renderer import Mistake
from foundation.widgets import (
    CheckboxSelectMultiple,
    HiddenInput,
    RadioSelect,
    Select,
    Textarea,
    TextInput,
)

LEAVE_OUT = "-"
# Marks a role that was not understood, until somebody chooses one.
AS_IT_IS = "?"


class PeopleListForm(PortalForm):
    """Pasted text or a file, and that everybody on it was asked."""

    mark_optional = False
    pasted = forms.CharField(
        label=_("Paste the list here"),
        help_text=_(
            "One person on each line: the name, and an e-mail address or phone number if you have "
            "one. You can copy rows from a spreadsheet."
        ),
        required=False,
        max_length=500_000,
        strip=False,
        widget=Textarea({"autocomplete": "off", "spellcheck": "false"}, rows=8, free=False),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        help_text=_("A CSV or Excel (.xlsx) file."),
        required=False,
    )
    attested = forms.BooleanField(
        label=_("Each person on this list was asked, and said yes"),
        error_messages={
            "required": _("Check the box once each person on the list was asked and said yes.")
        },
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        pasted, file = cleaned.get("pasted", "").strip(), cleaned.get("file")
        if pasted and file:
            self.add_error("file", _t("Use the box or a file, not both."))
        elif not pasted and not file and not {"pasted", "file"} & set(self.errors):
            self.add_error("pasted", _t("Paste a list, or choose a file."))
        return cleaned


class ListColumnsForm(PortalForm):
    """Which column is which; the table itself travels in the form, so that nobody keeps it."""

    mark_optional = False
    table = forms.CharField(max_length=4_000_000, widget=HiddenInput(attrs={"id": False}))

    def __init__(self, *args: Any, table: ListTable | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if table is None:
            table = table_of(_lines(self.data.get("table", "")))
        self.read = table
        self.initial["table"] = json.dumps(stripped(table))
        choices = [("", _t("Choose what it is")), *Column.choices]
        choices.append((LEAVE_OUT, _t("Leave it out")))
        for each in table.columns:
            if each.left_out is not None:
                continue
            examples = ", ".join(each.examples)
            name = each.heading or _t("Column %(number)d") % {"number": each.at + 1}
            self.fields[f"column_{each.at}"] = forms.ChoiceField(
                label=name,
                help_text=escape(
                    _t("For example: %(cells)s") % {"cells": examples} if examples else ""
                ),
                choices=choices,
                initial=each.is_what or "",
                widget=Select(),
                error_messages={"required": _t("Say what this column is, or leave it out.")},
            )

    @property
    def meaning(self) -> dict[int, Column]:
        return {
            int(name.removeprefix("column_")): Column(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("column_") and value != LEAVE_OUT
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and (why := wrong_columns(list(self.meaning.values()))):
            self.add_error(next(n for n in self.fields if n.startswith("column_")), why)
        return cleaned


def _lines(text: str) -> list[list[str]]:
    """The lines of a table that came back; ValidationError unless they are cells of text."""
    try:
        found = json.loads(text)
        if all(isinstance(cell, str) for line in found for cell in line):
            return [list(line) for line in found]
    except (TypeError, ValueError):
        pass
    raise ValidationError(_t("Something was missing when this was sent. Bring the list again."))


@dataclass(frozen=True)
class RowFields:
    """The fields of one row, together under its number and name."""

    row: int
    title: str
    fields: Sequence[BoundField]


class ListRowsForm(EditForm):
    """The rows to mend, the questions who somebody is, and rows that are being changed.

    What is wrong stands at the fields from the start; saving checks it anew.
    """

    mark_optional = False

    def __init__(
        self, *args: Any, rows: Sequence[PlannedRow], roles: Iterable[Role], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.roles = [role for role in Role if role in set(roles)]
        for each in rows:
            if each.outcome is RowOutcome.ASK:
                self._ask(each)
            else:
                self._mend(each)
        if not self.is_bound:
            self._errors = ErrorDict()
            for each in rows:
                for name, why in each.wrong.items():
                    said = _t("Row %(row)d: %(why)s") % {"row": each.row.row, "why": why}
                    self._errors[f"r{each.row.row}_{name}"] = ErrorList([said])

    @property
    def groups(self) -> list[RowFields]:
        found = []
        for each in self.rows:
            prefix = f"r{each.row.row}_"
            fields = [self[name] for name in self.fields if name.startswith(prefix)]
            number = {"row": each.row.row, "name": each.row.called or _t("no name")}
            found.append(RowFields(each.row.row, _t("Row %(row)d: %(name)s") % number, fields))
        return found

    @property
    def mistakes(self) -> list[Mistake]:
        """What is wrong from the start; once sent, the layout says it."""
        if self.is_bound:
            return []
        return [
            Mistake(str(error), self[name].auto_id)
            for name, errors in self.errors.items()
            for error in errors
        ]

    def _ask(self, planned: PlannedRow) -> None:
        row = planned.row
        choices = [
            (match.value, _t("Yes: %(name)s (%(why)s)") % {"name": _who(match), "why": match.why})
            for match in planned.matches
        ]
        self.fields[f"r{row.row}_same"] = forms.ChoiceField(
            label=_t("Is this the same person? %(name)s") % {"name": _reached(row)},
            choices=[*choices, (OTHER_PERSON, _t("No, somebody else"))],
            required=False,
            widget=RadioSelect(),
        )
        self._leave_out(row)

    def _mend(self, planned: PlannedRow) -> None:
        row = planned.row
        name, email, phone = (_t("Name"), 120), (_t("E-mail"), 254), (_t("Phone"), 120)
        initial = {"name": row.called, "email": row.email, "phone": row.phone}
        for key, (label, longest) in zip(initial, (name, email, phone), strict=True):
            self.fields[f"r{row.row}_{key}"] = forms.CharField(
                label=label,
                initial=initial[key],
                required=False,
                max_length=longest,
                widget=TextInput({"autocomplete": "off"}),
            )
        self.fields[f"r{row.row}_role"] = forms.ChoiceField(
            label=_t("Role"),
            choices=self._role_choices(planned),
            initial=_role_value(planned),
            required=False,
            widget=Select(),
        )
        self._leave_out(row)

    def _leave_out(self, row: ListRow) -> None:
        self.fields[f"r{row.row}_out"] = forms.BooleanField(
            label=_t("Leave this row out"), initial=row.out, required=False
        )

    def _role_choices(self, planned: PlannedRow) -> list[tuple[str, Any]]:
        several = roles_of(planned.row.role)[0] if "role" not in planned.wrong else ()
        own = [(_joined(several), ", ".join(str(each.label) for each in several))]
        return [
            *([(AS_IT_IS, _t("Choose one"))] if "role" in planned.wrong else []),
            ("", _t("No role")),
            *((role.value, role.label) for role in self.roles),
            *(own if len(several) > 1 else []),
        ]

    @property
    def answers_by_row(self) -> dict[int, dict[str, Any]]:
        found: dict[int, dict[str, Any]] = {}
        for name, value in self.cleaned_data.items():
            row, _sign, key = name.removeprefix("r").partition("_")
            if not name.startswith("r") or not row.isdigit() or value == AS_IT_IS:
                continue
            said = found.setdefault(int(row), {})
            said[key] = value.strip().lower() if key == "email" else value
            if key == "name":
                said["shown"] = self._shown(int(row), value)
        return found

    def _shown(self, number: int, name: str) -> str:
        """The chosen name stays beside a full name, and goes with a name that is changed."""
        row = next(each.row for each in self.rows if each.row.row == number)
        return row.shown if row.name and name == row.called else ""


def _joined(roles: Sequence[Role]) -> str:
    return ",".join(each.value for each in roles)


def _role_value(planned: PlannedRow) -> str:
    return AS_IT_IS if "role" in planned.wrong else _joined(roles_of(planned.row.role)[0])


def _who(match: Match) -> str:
    if match.person is None:
        return _t("row %(row)d, %(name)s") % {"row": match.row, "name": match.name}
    return match.name


def _reached(row: ListRow) -> str:
    return ", ".join(each for each in (row.called, row.email, row.phone) if each)


def sent_rows(data: Mapping[str, Any]) -> set[int]:
    """The numbers of the rows that a sent form holds."""
    parts = (name.partition("_") for name in data)
    return {int(row[1:]) for row, _sign, _key in parts if row[:1] == "r" and row[1:].isdigit()}


class InvitationsForm(PortalForm):
    """Open invitations that are ticked, and what to do with them."""

    mark_optional = False
    what = forms.ChoiceField(
        label=_("What should happen?"),
        choices=[
            (ForMany.REMIND, _("Remind: send the same e-mail once more")),
            (ForMany.RENEW, _("Send a new invitation by e-mail")),
            (ForMany.PRINT, _("Print the letters again")),
            (ForMany.WITHDRAW, _("Take the invitations back")),
        ],
        widget=RadioSelect(
            hints={
                ForMany.RENEW: _("For those that have expired or could not be delivered."),
                ForMany.PRINT: _("Letters that have expired get a new code."),
                ForMany.WITHDRAW: _("Their links and codes stop working."),
            }
        ),
    )
    invitations = forms.MultipleChoiceField(
        label=_("Invitations"), required=False, widget=CheckboxSelectMultiple()
    )
    kept = forms.CharField(
        required=False, max_length=500_000, widget=HiddenInput(attrs={"id": False})
    )

    def __init__(self, *args: Any, open_: TenantQuerySet[Invitation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open = open_
        sent = self.data.getlist("invitations") if hasattr(self.data, "getlist") else []
        # Those that are gone by now are left out on the next page, not refused.
        self.fields["invitations"].choices = [(each, each) for each in sent]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[int]:
        """The keys of the ticked invitations, or of those that were reviewed."""
        if self.data.get("step") == "all":
            return list(self.open.values_list("pk", flat=True))
        codes = [*self.data.get("kept", "").split(","), *self.cleaned_data.get("invitations", [])]
        found = (keys.key("invitation", code) for code in codes)
        return [key for key in dict.fromkeys(found) if key is not None]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "what" in cleaned and not self.chosen:
            self.add_error("invitations", _t("Tick at least one invitation."))
        return cleaned


def kept(chosen: Iterable[Invitation]) -> str:
    return ",".join(keys.code_of(each) for each in chosen)
