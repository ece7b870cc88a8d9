from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cells.models import Opportunity, PriorityRound, RoundEntry
from cells.models.rounds import MOST_VOTES
from foundation.forms import PortalForm
from foundation.widgets import CheckboxSelectMultiple, NumberInput, RadioSelect, Textarea


class RoundForm(PortalForm):
    opportunities: "forms.ModelMultipleChoiceField[Opportunity]" = forms.ModelMultipleChoiceField(
        label=_("Which ideas are on the list?"),
        queryset=None,
        widget=CheckboxSelectMultiple(),
    )
    votes_each = forms.IntegerField(
        label=_("How many votes does each person have?"),
        help_text=_("Leave this empty for about one vote for every three ideas."),
        required=False,
        min_value=1,
        max_value=MOST_VOTES,
        widget=NumberInput(width=2),
    )
    closes_on = forms.DateField(label=_("What is the last day to vote?"))

    def __init__(self, *args: Any, opportunities: Iterable[Opportunity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opportunities"].queryset = opportunities  # type: ignore[attr-defined]


class LastDayForm(PortalForm):
    closes_on = forms.DateField(label=_("What is the new last day to vote?"))


class BallotForm(PortalForm):
    """Up to so many of the entries; nothing else is asked, and nothing of it is kept open."""

    choices: "forms.ModelMultipleChoiceField[RoundEntry]" = forms.ModelMultipleChoiceField(
        queryset=None, widget=CheckboxSelectMultiple()
    )

    def __init__(
        self, *args: Any, ranking: PriorityRound, entries: Iterable[RoundEntry], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["choices"]
        field.label = ngettext(
            "Choose %(votes)d idea", "Choose up to %(votes)d ideas", ranking.votes_each
        ) % {"votes": ranking.votes_each}
        field.error_messages["required"] = _t("Choose at least one idea.")
        field.queryset = entries  # type: ignore[attr-defined]
        field.label_from_instance = _entry_words  # type: ignore[attr-defined]
        field.widget.hints = {str(entry.pk): entry.opportunity.description for entry in entries}


def _entry_words(entry: RoundEntry) -> str:
    return entry.opportunity.title


class ChoiceForm(PortalForm):
    opportunity: "forms.ModelChoiceField[Opportunity]" = forms.ModelChoiceField(
        label=_("Which idea should the cell work on?"),
        queryset=None,
        empty_label=None,
        widget=RadioSelect(),
    )
    text = forms.CharField(
        label=_("Why this one?"),
        help_text=_("Everyone in the cell reads this before they decide."),
        max_length=2000,
        widget=Textarea(rows=4, warn_private=True),
    )

    def __init__(
        self,
        *args: Any,
        opportunities: Iterable[Opportunity],
        hints: dict[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["opportunity"]
        field.queryset = opportunities  # type: ignore[attr-defined]
        field.widget.hints = {str(key): hint for key, hint in hints.items()}
