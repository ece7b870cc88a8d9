"""Forms for the disposition and the reply."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.cell.models import Cell
from cells.ideas.models import OpportunityKind
from dialogues.told_back.models import DispositionKind
from foundation.choosing import RowField
from foundation.forms import PortalForm
from foundation.widgets import RadioSelect, Textarea


class DispositionForm(PortalForm):
    kind = forms.ChoiceField(
        label=_("What happens next?"),
        choices=[
            (kind.value, kind.label) for kind in DispositionKind if kind != DispositionKind.CELL
        ],
        widget=RadioSelect(
            hints={
                DispositionKind.ANSWERED: _("Write the answer below. People get it at once."),
                DispositionKind.PARKED: _("Say why below."),
                DispositionKind.NOT_OURS: _("Say why below, and who you gave it to."),
            }
        ),
    )
    reason = forms.CharField(
        label=_("Why"), max_length=1000, required=False, widget=Textarea(rows=3)
    )
    went_to = forms.CharField(label=_("Who you gave it to"), max_length=200, required=False)
    answer = forms.CharField(
        label=_("The answer"), max_length=2000, required=False, widget=Textarea(rows=4)
    )


class ReplyForm(PortalForm):
    text = forms.CharField(
        label=_("You said, we did"),
        help_text=_("Say it in plain words: what people said, what was done, or why not."),
        max_length=2000,
        widget=Textarea(rows=6, count=True),
    )


class ConvertForm(PortalForm):
    """To which cell a theme goes: one there is, or a new one, for those who may open it."""

    cell: "RowField[Cell]" = RowField(
        label=_("Which cell should take it up?"), queryset=None, required=False
    )
    new_cell = forms.CharField(
        label=_("If a new cell: what is it called?"),
        help_text=_("You open it with this idea. Then you give people a seat in it."),
        max_length=120,
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=OpportunityKind.choices, widget=RadioSelect()
    )
    title = forms.CharField(label=_("Name it in a few words"), max_length=120)
    description = forms.CharField(
        label=_("What happens now, and what would be better?"),
        max_length=4000,
        required=False,
        widget=Textarea(rows=6, warn_private=True),
    )

    def __init__(self, *args: Any, member: Member, opens: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = member.agency.today()
        cells = Cell.objects.within(member.agency).visible_to(member, today).open(today)
        self.fields["cell"].queryset = cells.select_related("group")  # type: ignore[attr-defined]
        if not opens:
            del self.fields["new_cell"]
            self.fields["cell"].required = True

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(answers.get("cell")) == bool(answers.get("new_cell")):
            self.add_error("cell", _("Choose a cell, or name a new one."))
        return answers
