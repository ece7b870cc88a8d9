"""Forms for governing documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import StandingKind
from documents.actions import Answer
from documents.checklists import ChecklistItem
from documents.models import DecidesBy, DocumentKind, Form, Version
from documents.policies import CHARTER_IN_A_ROW, CHARTER_SEATS, CHARTER_TERM
from documents.terms import LABELS, SECTIONS
from foundation.choosing import RowField
from foundation.fields import WholeField
from foundation.forms import EditForm, PlainForm, PortalForm
from foundation.widgets import HiddenInput, NumberInput, RadioSelect, Textarea
from starters.beginning import language_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class DraftForm(PortalForm):
    text = forms.CharField(
        label=_("The text"), max_length=20_000, widget=Textarea(rows=16, free=False)
    )
    form = forms.ChoiceField(
        label=_("What is it?"),
        choices=Form.choices,
        widget=RadioSelect(
            hints={
                Form.CHART: _("Write one step on each line."),
                Form.STEPS: _(
                    "Write here what comes before the steps, for example which mission statement "
                    "they follow. You add the steps on the next page."
                ),
            }
        ),
    )
    text_equivalent = forms.CharField(
        label=_("The same in sentences"),
        help_text=_("Needed for a chart, for people who can’t see it."),
        required=False,
        max_length=20_000,
        widget=Textarea(rows=8, free=False),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_be_chart = kind == DocumentKind.PROCESS
        if not self.may_be_chart:
            del self.fields["form"], self.fields["text_equivalent"]

    @property
    def words(self) -> dict[str, str]:
        """The version's text, in the fields its kind has."""
        return {"form": Form.NARRATIVE, "text_equivalent": "", **self.answers}


class NewDraftForm(DraftForm):
    """The first words of a version, which may come from a starter text."""

    starter = forms.CharField(required=False, max_length=40, widget=HiddenInput())

    @property
    def words(self) -> dict[str, str]:
        return {name: value for name, value in super().words.items() if name != "starter"}

    @property
    def began_from(self) -> str:
        """The language of the starter text; empty for none."""
        return language_of(self.cleaned_data["starter"])


class DraftEditForm(EditForm, DraftForm):
    """The same for an existing draft that others may change meanwhile."""


class ProcessStepForm(PortalForm):
    """One step of a process."""

    name = forms.CharField(label=_("What happens in this step?"), max_length=120)
    who_decides = forms.CharField(
        label=_("Who decides?"),
        help_text=_("For example: the cell, by consent."),
        max_length=300,
        widget=Textarea(rows=2, free=False),
    )
    consumers = forms.CharField(
        label=_("Where do consumers take part?"),
        help_text=_("For example: they vote as everybody does."),
        max_length=300,
        widget=Textarea(rows=2, free=False),
    )
    feedback = forms.CharField(
        label=_("Who is told what came of it, and by when?"),
        required=False,
        max_length=300,
        widget=Textarea(rows=2, free=False),
    )
    appeal = forms.CharField(
        label=_("What can somebody do who doesn’t agree?"),
        required=False,
        max_length=300,
        widget=Textarea(rows=2, free=False),
    )
    measure = forms.CharField(
        label=_("How do you know that it worked?"),
        required=False,
        max_length=300,
        widget=Textarea(rows=2, free=False),
    )


class ProcessStepEditForm(EditForm, ProcessStepForm):
    """The same for an existing step that others may change meanwhile."""


def _number(
    label: str,
    *,
    most: int,
    least: int = 0,
    required: bool = True,
    help_text: "str | StrPromise" = "",
    suffix: "str | StrPromise" = "",
) -> WholeField:
    return WholeField(
        label=LABELS[label],
        help_text=help_text,
        required=required,
        min_value=least,
        max_value=most,
        widget=NumberInput(width=3, suffix=suffix),
    )


def _said(label: str, help_text: "str | StrPromise") -> forms.CharField:
    return forms.CharField(
        label=LABELS[label],
        help_text=help_text,
        required=False,
        max_length=4_000,
        widget=Textarea(rows=4, free=False),
    )


def _box(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=LABELS[label], required=False)


@dataclass(frozen=True)
class AskedSection:
    """A section of the terms on the form."""

    heading: "str | StrPromise"
    hint: "str | StrPromise"
    fields: list[BoundField]


class CharterTermsForm(EditForm):
    """The terms of a charter, in sections; `version` is 0 until they are entered."""

    seats_consumers = _number("seats_consumers", most=CHARTER_SEATS.value, least=1)
    seats_family = _number("seats_family", most=CHARTER_SEATS.value)
    seats_staff = _number("seats_staff", most=CHARTER_SEATS.value)
    seats_others = _number("seats_others", most=CHARTER_SEATS.value)
    term_months = _number("term_months", most=CHARTER_TERM.value, least=1, suffix=_("months"))
    terms_in_a_row = _number(
        "terms_in_a_row",
        most=CHARTER_IN_A_ROW.value,
        least=1,
        required=False,
        help_text=_("How many one person can serve. Leave it empty if there is no limit."),
    )
    quorum_percent = _number(
        "quorum_percent",
        most=100,
        least=1,
        suffix="%",
        help_text=_("The share of those with a vote who have to take part in a decision."),
    )
    quorum_consumers = _number(
        "quorum_consumers",
        most=CHARTER_SEATS.value,
        least=1,
        help_text=_("How many consumers have to take part, or all of them if there are fewer."),
    )
    decides_by = forms.ChoiceField(
        label=LABELS["decides_by"],
        choices=DecidesBy.choices,
        widget=RadioSelect(
            hints={
                DecidesBy.MAJORITY: _(
                    "Decisions here are adopted only if nobody objects. A charter that lets a "
                    "majority decide is shown as different from that."
                )
            }
        ),
    )
    chair = _box("chair")
    co_chair = _box("co_chair")
    note_taker = _box("note_taker")
    grounds = _said(
        "grounds",
        _("On which grounds a seat can be ended. Whoever proposes to end one quotes from here."),
    )
    powers = _said("powers", _("What the committee decides by itself, and what it can ask for."))
    budget = _said("budget", _("What money it has, for what, and who decides on it."))
    disputes = _said("disputes", _("Who decides if people in the committee can’t agree."))
    minutes_to_board = _box("minutes_to_board")
    minutes_to_program = _box("minutes_to_program")
    minutes_to_public = _box("minutes_to_public")

    @property
    def sections(self) -> list[AskedSection]:
        return [
            AskedSection(each.heading, each.hint, [self[name] for name in each.names])
            for each in SECTIONS
        ]


class CompareForm(PlainForm):
    old: "RowField[Version]" = RowField(label=_("The older version"), queryset=None)
    new: "RowField[Version]" = RowField(label=_("The newer version"), queryset=None)

    def __init__(self, *args: Any, versions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("old", "new"):
            field = self.fields[name]
            field.queryset = versions  # type: ignore[attr-defined]
            field.label_from_instance = _numbered  # type: ignore[attr-defined]


def _numbered(version: Version) -> str:
    return _t("Version %(number)d") % {"number": version.number}


YES_NO = (("yes", _("Yes")), ("no", _("No")))


@dataclass(frozen=True)
class AskedItem:
    """One checklist item on the form."""

    item: ChecklistItem
    present: BoundField
    words: BoundField
    said: tuple[str, ...]
    """What the steps of the version say about it."""


class RatingForm(PortalForm):
    """Item by item: is it there, and which words show it?"""

    mark_optional = False

    standing = forms.ChoiceField(
        label=_("As what do you take part here?"),
        help_text=_("Your name is not shown with what you say."),
        widget=RadioSelect(),
    )

    def __init__(
        self,
        *args: Any,
        items: Sequence[ChecklistItem],
        standings: Sequence[StandingKind],
        said: Mapping[str, tuple[str, ...]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.said = items, said
        if len(standings) > 1:
            choices = [(kind.value, kind.label) for kind in standings]
            self.fields["standing"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["standing"]
        for item in items:
            self.fields[f"{item.code}_present"] = forms.ChoiceField(
                label=str(item.question), choices=YES_NO, widget=RadioSelect(inline=True)
            )
            self.fields[f"{item.code}_words"] = forms.CharField(
                label=_t("If yes: which words show it?"),
                required=False,
                max_length=1000,
                widget=Textarea(rows=2),
            )

    @property
    def asked(self) -> list[AskedItem]:
        return [
            AskedItem(
                item,
                self[f"{item.code}_present"],
                self[f"{item.code}_words"],
                self.said.get(item.code, ()),
            )
            for item in self.items
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for item in self.items:
            found = cleaned.get(f"{item.code}_present") == "yes"
            words = f"{item.code}_words"
            if found and words in cleaned and not cleaned[words].strip():
                error = ValidationError(
                    _t("Copy the words that show it: %(item)s") % {"item": item.title}
                )
                self.add_error(words, error)
        return cleaned

    @property
    def found(self) -> dict[str, Answer]:
        """By item code: whether it is there, and the words."""
        return {
            item.code: (
                self.cleaned_data[f"{item.code}_present"] == "yes",
                self.cleaned_data[f"{item.code}_words"],
            )
            for item in self.items
        }
