"""The form of a closing cell: how it went, and what happens to each piece of its work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.cell.models import Cell
from cells.handing_on.goes_on import HEADINGS, IDEA, MEASURE, WATCH, Child, ChildChoice, Key
from cells.handing_on.models import Fate, HowItWent
from foundation.choosing import RowField, offer
from foundation.forms import PortalForm
from foundation.widgets import RadioSelect, Select, Textarea
from groups.models import Seat


@dataclass(frozen=True)
class AskedThing:
    """One thing a closing cell asks about, with what shares its fate."""

    title: str
    with_it: Sequence[str]
    fields: Sequence[forms.BoundField]


@dataclass(frozen=True)
class ClosingSection:
    """The questions about one kind of things."""

    heading: str | Promise
    things: Sequence[AskedThing]


if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class ClosingForm(PortalForm):
    """Why and when a cell closes, and what happens to each piece of its work.

    Ideas that nobody works on yet share one explanation, and one destination.
    """

    mark_optional = False

    def __init__(
        self,
        *args: Any,
        children: list[Child],
        receivers: QuerySet[Seat],
        people: QuerySet[Member],
        cells: Mapping[int, Cell],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.children, self.cells = children, cells
        self.receivers, self.people = receivers, people
        self.places = list(receivers)
        self.waiting = [child for child in children if child.waits]
        for child in children:
            self._ask(child)
        if self.waiting:
            self.fields["waiting_why"] = _word(_("Why do these ideas end?"))
            if self.places:
                self.fields["waiting_to"] = self._taker(_("Who takes these ideas over, and where?"))
        self.fields["why"] = forms.CharField(
            label=_("Why does the cell close?"),
            max_length=500,
            widget=Textarea(rows=3, warn_private=True),
        )
        self.fields["on"] = forms.DateField(label=_("From which day on is it closed?"))
        self.fields["late_reason"] = forms.CharField(
            label=_("If this day has passed: why is it recorded only now?"),
            help_text=_("It changes the numbers of that day, and they will say so."),
            required=False,
            max_length=500,
            widget=Textarea(rows=2, warn_private=True),
        )

    def offered(self, child: Child) -> list[Fate]:
        """Possible fates: handing over only if somebody can receive it."""
        return [each for each in child.fates if each != Fate.HAND_OVER or self.places]

    def _ask(self, child: Child) -> None:
        offered = self.offered(child)
        if len(offered) > 1:
            self.fields[f"{child.name}_fate"] = forms.ChoiceField(
                label=_("What happens to “%(title)s”?") % {"title": child.title},
                choices=[(fate.value, _FATES[child.kind, fate]) for fate in offered],
                widget=RadioSelect(),
            )
        if child.waits:
            return
        if child.begun:
            self.fields[f"{child.name}_outcome"] = forms.ChoiceField(
                label=_("If it ends: how did it go?"),
                choices=[("", _("Choose one")), *HowItWent.choices],
                required=False,
                widget=Select(),
            )
        ends = _("If it ends: why, or what did you learn?")
        alone = _("Why does “%(title)s” end, or what did you learn?") % {"title": child.title}
        self.fields[f"{child.name}_why"] = _word(ends if len(offered) > 1 else alone)
        if Fate.HAND_OVER in offered:
            self.fields[f"{child.name}_to"] = self._taker(
                _("If it is handed over: who takes it over, and where?")
            )
        if Fate.SUSTAIN in offered:
            field: RowField[Member] = RowField(
                label=_("If it goes on: who checks, and records the numbers?"),
                queryset=None,
                required=False,
                widget=Select(),
            )
            self.fields[f"{child.name}_to"] = field
            offer(self, f"{child.name}_to", self.people)

    def _taker(self, label: "str | StrPromise") -> "RowField[Seat]":
        field: RowField[Seat] = RowField(
            label=label, queryset=None, required=False, widget=Select()
        )
        field.queryset = self.receivers
        by_cell: dict[str, list[tuple[str, str]]] = {}
        for seat in self.places:
            place = by_cell.setdefault(seat.group.name, [])
            place.append((field.coded(seat), f"{seat.member.shown_name} ({seat.group.name})"))
        field.choices = [("", _("Choose one")), *by_cell.items()]
        return field

    @property
    def sections(self) -> list[ClosingSection]:
        """The parts of the page, each with its heading and its things."""
        found = []
        for kind, heading in HEADINGS.items():
            own = [child for child in self.children if child.kind == kind and not child.waits]
            things = [
                AskedThing(child.title, child.with_it, [self[name] for name in self._names(child)])
                for child in own
            ]
            if things:
                found.append(ClosingSection(heading, things))
        return found

    def _names(self, child: Child) -> list[str]:
        names = [f"{child.name}_{part}" for part in ("fate", "outcome", "why", "to")]
        return [name for name in names if name in self.fields]

    @property
    def waiting_fields(self) -> list[forms.BoundField]:
        names = [f"{child.name}_fate" for child in self.waiting]
        names += ["waiting_to", "waiting_why"]
        return [self[name] for name in names if name in self.fields]

    @property
    def rest(self) -> list[forms.BoundField]:
        return [self[name] for name in ("why", "on", "late_reason")]

    def clean(self) -> dict[str, Any]:
        """Put each missing answer's error beside its question."""
        given = super().clean() or self.cleaned_data
        asked = [self._choice(child) for child in self.waiting]
        if any(each.fate == Fate.END for each in asked) and not given.get("waiting_why"):
            self.add_error("waiting_why", _("Say why they end. Their authors read it."))
        takes = any(each.fate == Fate.HAND_OVER for each in asked)
        if takes and given.get("waiting_to") is None:
            self.add_error("waiting_to", _("Choose who takes them over."))
        return given

    def _choice(self, child: Child) -> ChildChoice:
        given = self.cleaned_data
        offered = self.offered(child)
        fate = Fate(given.get(f"{child.name}_fate") or offered[0])
        shared = "waiting" if child.waits else child.name
        why = given.get(f"{shared}_why") or ""
        outcome = given.get(f"{child.name}_outcome") or ""
        taker = given.get(f"{shared}_to")
        if fate == Fate.HAND_OVER and isinstance(taker, Seat):
            return ChildChoice(fate, why, to=taker.member, to_cell=self.cells.get(taker.group_id))
        if fate == Fate.SUSTAIN and isinstance(taker, Member):
            return ChildChoice(fate, why, to=taker)
        return ChildChoice(fate, why, outcome)

    @property
    def choices(self) -> dict[Key, ChildChoice]:
        """The choices in the form that the action takes."""
        return {child.key: self._choice(child) for child in self.children}


_FATES: dict[tuple[str, Fate], str | Promise] = {
    (IDEA, Fate.END): _("It ends with the cell"),
    (IDEA, Fate.HAND_OVER): _("Another cell goes on with it"),
    (WATCH, Fate.END): _("Nobody checks any more"),
    (WATCH, Fate.SUSTAIN): _("Somebody keeps checking that it holds"),
    (MEASURE, Fate.END): _("Retire it"),
    (MEASURE, Fate.HAND_OVER): _("Another cell goes on with it"),
}


def _word(label: "str | StrPromise") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=500, widget=Textarea(rows=2, warn_private=True)
    )
