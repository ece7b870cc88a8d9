"""The review of a payer: day, method, and a number for each person."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from compensation.claims.ticking import PayeeShare
from compensation.payments.models import Payment, PaymentMethod
from compensation.payments.reading import used_before
from foundation.forms import PortalForm
from foundation.models import Agency
from foundation.presenting import written
from foundation.widgets import RadioSelect, Textarea, TextInput

# What stands before the digits that count up, and these.
NUMBER = re.compile(r"(.*?)(\d+)")
# Between a name and its number, the likeliest first: a name can contain a comma.
BETWEEN = ("\t", ";", ",")
# Steps that put numbers into the boxes, and record nothing.
FILLS = frozenset({"count", "same", "paste"})


class PayForm(PortalForm):
    paid_on = forms.DateField(label=_("On which day were they paid?"))
    method = forms.ChoiceField(
        label=_("How?"), choices=PaymentMethod.choices, widget=RadioSelect(inline=True)
    )
    first = forms.CharField(
        label=_("First check number or other reference"),
        help_text=_("We count up from it in the order of the list, or give everybody the same."),
        required=False,
        max_length=60,
        widget=TextInput({"autocomplete": "off"}, width=10),
    )
    pasted = forms.CharField(
        label=_("Or paste a list of numbers"),
        help_text=_(
            "One number a line, in the order of the list. Or a name and a number on each line, as "
            "a spreadsheet copies them."
        ),
        required=False,
        max_length=100_000,
        widget=Textarea(rows=3, free=False),
    )

    def __init__(
        self, *args: Any, shares: Sequence[PayeeShare], agency: Agency, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.agency = agency
        self.shares = {f"reference_{share.code}": share for share in shares}
        for name, share in self.shares.items():
            self.fields[name] = forms.CharField(
                label=gettext("Number for %(name)s") % {"name": share.member.full_name},
                required=False,
                max_length=60,
                widget=TextInput({"autocomplete": "off"}, width=10),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        without = [
            name for name in self.shares if not cleaned.get(name) and name not in self.errors
        ]
        if cleaned.get("method") == PaymentMethod.CHECK and without:
            said = ngettext(
                "%(n)d check has no number. Type it, or count up from the first one.",
                "%(n)d checks have no number. Type them, or count up from the first one.",
                len(without),
            )
            self.add_error(without[0], said % {"n": len(without)})
        return cleaned

    @property
    def _handed_over(self) -> list[str]:
        """The fields of those who get something: corrections can take it all."""
        return [name for name, share in self.shares.items() if share.amount]

    def doubts(self) -> dict[str, str]:
        """Numbers that were used before, or twice now for different payees."""
        found = dict(super().doubts())
        method = self.cleaned_data.get("method", "")
        given = {name: self.cleaned_data.get(name, "") for name in self.shares}
        used = used_before(self.agency, method, filter(None, given.values()))
        others: dict[str, PayeeShare] = {}
        for name, number in given.items():
            share = self.shares[name]
            if number in used:
                found[name] = _used(number, used[number])
            elif method == PaymentMethod.CHECK and number:
                other = others.setdefault(number, share)
                # One check can carry several people's donations to one organization.
                if other != share and not (
                    share.organization and other.organization == share.organization
                ):
                    said = gettext("%(number)s is also the number for %(name)s.")
                    found[name] = said % {"number": number, "name": other.member.full_name}
        return found

    @property
    def answers(self) -> dict[str, Any]:
        return {
            "paid_on": self.cleaned_data["paid_on"],
            "method": self.cleaned_data["method"],
            "references": {
                share.destination: self.cleaned_data[name] for name, share in self.shares.items()
            },
        }

    def fill(self, step: str) -> str:
        """Put numbers into the boxes, and say so; nothing else of the form is checked yet.

        Without a number to begin with, or with a list that does not fit, only that is told.
        """
        field = "pasted" if step == "paste" else "first"
        given = self.data.get(field, "").strip()
        filled = self._pasted(given) if step == "paste" else self._counted(given, step)
        self.leave_unchecked()
        self.cleaned_data = {}
        if isinstance(filled, str):
            self.add_error(field, filled)
            return ""
        # Emptied, so that no key pressed by chance fills over what is corrected by hand.
        for name, number in {**filled, field: ""}.items():
            self.put(name, number)
        numbers, n = [*filled.values()], len(filled)
        said = ngettext("%(n)d number is filled in.", "%(n)d numbers are filled in.", n)
        if step == "count" and n > 1:
            said = gettext("%(n)d numbers are filled in, from %(first)s to %(last)s.")
        return said % {"n": n, "first": numbers[0], "last": numbers[-1]} if n else ""

    def _counted(self, given: str, step: str) -> dict[str, str] | str:
        """By field; or what is wrong with the first number."""
        if step == "same" and given:
            return dict.fromkeys(self._handed_over, given)
        number = NUMBER.fullmatch(given)
        if number is None:
            return gettext("Type the first number. It has to end in a digit to be counted up.")
        before, digits = number.groups()
        return {
            name: f"{before}{int(digits) + place:0{len(digits)}}"
            for place, name in enumerate(self._handed_over)
        }

    def _pasted(self, given: str) -> dict[str, str] | str:
        """By field; or what is wrong with the list."""
        rows = [_cells(row) for row in given.splitlines() if row.strip()]
        if all(len(row) == 1 for row in rows):
            names = self._handed_over
            if len(rows) != len(names):
                said = gettext("The list has %(lines)d numbers for %(people)d people.")
                return said % {"lines": len(rows), "people": len(names)}
            return {name: row[0] for name, row in zip(names, rows, strict=True)}
        return self._by_name(rows)

    def _by_name(self, rows: list[list[str]]) -> dict[str, str] | str:
        filled: dict[str, str] = {}
        for row in rows:
            names = [*self._named(row[0])]
            if len(names) != 1 or names[0] in filled:
                said = gettext(
                    "“%(name)s” does not stand for one person of the list. Type their number below."
                )
                return said % {"name": row[0]}
            filled[names[0]] = row[-1]
        return filled

    def _named(self, name: str) -> Iterator[str]:
        for field, share in self.shares.items():
            if share.member.full_name.casefold() == name.casefold():
                yield field


def _cells(row: str) -> list[str]:
    """The number alone, or a name and its number."""
    for between in BETWEEN:
        if between in row:
            name, _between, number = row.rpartition(between)
            return [name.strip(), number.strip()]
    return [row.strip()]


def _used(number: str, payment: Payment) -> str:
    said = gettext("%(number)s was used for %(name)s on %(day)s.")
    return said % {
        "number": number,
        "name": payment.member.full_name,
        "day": written(payment.paid_on),
    }


class RunForm(PortalForm):
    """Nothing to type about a run as a whole."""
