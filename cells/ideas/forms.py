from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import Opportunity, OpportunityKind, OpportunityState
from foundation.choosing import RowField
from foundation.forms import EditForm, PlainForm, PortalForm
from foundation.widgets import RadioSelect, Select, Textarea

FEW = 7


class IdeaForm(PortalForm):
    """An improvement idea; `cells` to choose from if it is not raised inside one."""

    kind = forms.ChoiceField(
        label=_("What is your idea about?"),
        choices=OpportunityKind.choices,
        widget=RadioSelect(
            hints={
                OpportunityKind.PROBLEM: _("Something does not work well for people."),
                OpportunityKind.STRENGTH: _("Something works well, and we could do more of it."),
            }
        ),
    )
    title = forms.CharField(
        label=_("Say it in a few words"),
        help_text=_("For example: The wait at the front desk is too long."),
        max_length=120,
    )
    description = forms.CharField(
        label=_("Tell us more"),
        help_text=_("What happens now? What would be better?"),
        required=False,
        max_length=2000,
        widget=Textarea(rows=5, count=True, warn_private=True),
    )
    cell: "RowField[Cell]" = RowField(
        label=_("Which group should look at it?"), queryset=None, empty_label=None
    )
    on_behalf_of: "RowField[Member]" = RowField(
        label=_("Whose idea is it?"),
        help_text=_("Leave this empty if it is yours."),
        required=False,
        queryset=None,
        widget=Select(),
    )
    consented = forms.BooleanField(
        label=_("This person asked me to write it down, and agrees that others see their name"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        cells: Iterable[Cell] | None,
        members: Iterable[Member] | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if cells is None:
            del self.fields["cell"]
        else:
            listed = list(cells)
            field: Any = self.fields["cell"]
            field.widget = RadioSelect() if len(listed) <= FEW else Select()
            field.queryset = cells
            field.label_from_instance = _cell_words
            if len(listed) == 1:
                field.initial = listed[0].pk
        if members is None:
            del self.fields["on_behalf_of"]
            del self.fields["consented"]
        else:
            others = self.fields["on_behalf_of"]
            assert isinstance(others, RowField)
            others.queryset = members

    def clean(self) -> dict[str, Any]:
        """Require a name with consent: otherwise the idea would belong to whoever enters it."""
        answers = super().clean() or self.cleaned_data
        asked = answers.get("consented") and not self.has_error("on_behalf_of")
        if asked and not answers.get("on_behalf_of"):
            self.add_error(
                "on_behalf_of", _("Choose the person. If it is your idea, uncheck the box below.")
            )
        return answers


def _cell_words(cell: Cell) -> str:
    return f"{cell.group.name}: {cell.focus}"


class MergeForm(EditForm):
    into: "RowField[Opportunity]" = RowField(
        label=_("Which idea does it become a part of?"),
        help_text=_("Most similar first."),
        queryset=None,
        empty_label=None,
    )

    def __init__(self, *args: Any, ideas: "QuerySet[Opportunity]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["into"]
        assert isinstance(field, RowField)
        field.widget = RadioSelect() if len(ideas) <= FEW else Select()
        field.queryset = ideas


class SplitForm(EditForm):
    """Up to three parts; for more, split one of them again."""

    title_1 = forms.CharField(label=_("The first idea, in a few words"), max_length=120)
    description_1 = forms.CharField(
        label=_("More about the first idea"),
        required=False,
        max_length=2000,
        widget=Textarea(rows=3, warn_private=True),
    )
    title_2 = forms.CharField(label=_("The second idea, in a few words"), max_length=120)
    description_2 = forms.CharField(
        label=_("More about the second idea"),
        required=False,
        max_length=2000,
        widget=Textarea(rows=3),
    )
    title_3 = forms.CharField(
        label=_("A third idea, in a few words"), required=False, max_length=120
    )
    description_3 = forms.CharField(
        label=_("More about the third idea"),
        required=False,
        max_length=2000,
        widget=Textarea(rows=3),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("description_3") and not answers.get("title_3"):
            self.add_error("title_3", _("Say the third idea in a few words, too."))
        return answers

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Title and description of each part that was filled in."""
        answers = self.cleaned_data
        return [
            (answers[f"title_{n}"], answers[f"description_{n}"])
            for n in (1, 2, 3)
            if answers[f"title_{n}"]
        ]


class IdeasForm(PlainForm):
    """Which ideas of a cell to list."""

    OVERDUE = "overdue"

    mark_optional = False
    state = forms.ChoiceField(
        label=_("Which ideas?"),
        required=False,
        choices=[("", _("All ideas")), *OpportunityState.choices, (OVERDUE, _("Overdue ones"))],
    )


class IdeaReasonForm(EditForm):
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("The person who had the idea will read this. Be clear and kind."),
        max_length=1000,
        widget=Textarea(rows=4, warn_private=True),
    )
