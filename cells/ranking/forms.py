from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypedDict

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.html import escape
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cells.ideas.models import Opportunity, OpportunityKind
from cells.policies import LISTED, VOTES_EACH
from cells.ranking.counting import ImpactAndEffort
from cells.ranking.models import HIGHEST, VOTED, PriorityRound, RankingMethod, RoundEntry
from foundation import keys
from foundation.choosing import RowField, RowsField, offer
from foundation.fields import WholeField
from foundation.forms import PortalForm
from foundation.widgets import CheckboxSelectMultiple, NumberInput, RadioSelect, Textarea


class RoundForm(PortalForm):
    method = forms.ChoiceField(
        label=_("How do you put the ideas in order?"),
        choices=[(method.value, method.label) for method in VOTED],
        initial=RankingMethod.MULTIVOTING,
        widget=RadioSelect(
            hints={
                RankingMethod.MULTIVOTING: _("Quick. Good for a first choice. Up to 30 ideas."),
                RankingMethod.MATRIX: _(
                    "Each idea gets two numbers from 1 to 5, and all are drawn in one picture. "
                    "Up to 10 ideas."
                ),
                RankingMethod.NOMINAL: _(
                    "Each person gives a 1 to what matters most, then a 2, and so on. "
                    "Up to 50 ideas."
                ),
            }
        ),
    )
    opportunities: "RowsField[Opportunity]" = RowsField(
        label=_("Which ideas are on the list?"),
        queryset=None,
        widget=CheckboxSelectMultiple(),
    )
    votes_each = WholeField(
        label=_("How many votes does each person have?"),
        help_text=_(
            "Only if each person has votes. Leave this empty for about one for every three ideas."
        ),
        required=False,
        min_value=1,
        max_value=VOTES_EACH.value,
        widget=NumberInput(width=2),
    )
    closes_on = forms.DateField(label=_("What is the last day to vote?"))

    def __init__(self, *args: Any, opportunities: Iterable[Opportunity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "opportunities", opportunities)


class GatherForm(PortalForm):
    question = forms.CharField(
        label=_("What do you ask everyone?"),
        help_text=_("For example: What would make the first visit easier?"),
        max_length=200,
    )


class SilentIdeaForm(PortalForm):
    kind = forms.ChoiceField(
        label=_("What is your idea about?"), choices=OpportunityKind.choices, widget=RadioSelect()
    )
    title = forms.CharField(label=_("Say it in a few words"), max_length=120)
    description = forms.CharField(
        label=_("Tell us more"),
        required=False,
        max_length=2000,
        widget=Textarea(rows=3, warn_private=True),
    )


class RankForm(PortalForm):
    """After the talk: which ideas are on the list, and the last day to rank them."""

    opportunities: "RowsField[Opportunity]" = RowsField(
        label=_("Which ideas are on the list?"), queryset=None, widget=CheckboxSelectMultiple()
    )
    closes_on = forms.DateField(label=_("What is the last day to vote?"))

    def __init__(self, *args: Any, opportunities: Iterable[Opportunity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["opportunities"]
        assert isinstance(field, RowsField)
        field.queryset = opportunities


class LastDayForm(PortalForm):
    closes_on = forms.DateField(label=_("What is the new last day to vote?"))


class MarkedBallot(TypedDict, total=False):
    """What the action takes: the chosen entries, or the ratings of each."""

    choices: list[RoundEntry]
    ratings: dict[RoundEntry, ImpactAndEffort]


class BallotForm(PortalForm):
    """One person's vote, and nothing else.

    Each of its kinds, in `BALLOTS`, has the `ballot` that the action takes.
    """

    mark_optional = False

    def __init__(
        self, *args: Any, ranking: PriorityRound, entries: Sequence[RoundEntry], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ranking, self.entries = ranking, entries


class VotesForm(BallotForm):
    """Multivoting: at most `votes_each` of the entries; radio buttons if there is one vote."""

    choices = forms.MultipleChoiceField(widget=CheckboxSelectMultiple())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one = self.ranking.votes_each == 1
        if one:
            self.fields["choices"] = forms.ChoiceField(widget=RadioSelect())
        field = self.fields["choices"]
        assert isinstance(field, forms.ChoiceField)
        field.label = ngettext(
            "Choose %(votes)d idea", "Choose up to %(votes)d ideas", self.ranking.votes_each
        ) % {"votes": self.ranking.votes_each}
        required = _t("Choose one idea.") if one else _t("Choose at least one idea.")
        field.error_messages["required"] = required
        field.choices = [(keys.code_of(entry), entry.opportunity.title) for entry in self.entries]
        field.widget.hints = {
            keys.code_of(entry): entry.opportunity.description for entry in self.entries
        }

    @property
    def ballot(self) -> MarkedBallot:
        answer = self.cleaned_data["choices"]
        chosen = {answer} if self.ranking.votes_each == 1 else set(answer)
        return {"choices": [entry for entry in self.entries if keys.code_of(entry) in chosen]}


class CardsForm(BallotForm):
    """Nominal group technique: a number for the ideas that matter most, from 1 on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for entry in self.entries:
            self.fields[f"card_{keys.code_of(entry)}"] = WholeField(
                label=entry.opportunity.title,
                help_text=escape(entry.opportunity.description),
                required=False,
                min_value=1,
                max_value=self.ranking.votes_each,
                widget=NumberInput(width=2),
            )

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        given: dict[int, str] = {}
        for entry in self.entries:
            name = f"card_{keys.code_of(entry)}"
            number = answers.get(name)
            if number in given:
                self.add_error(
                    name, _t("You gave the number %(number)d twice.") % {"number": number}
                )
            elif number is not None:
                given[number] = name
        wanted = range(1, self.ranking.votes_each + 1)
        missing = [str(number) for number in wanted if number not in given]
        if missing and not self.errors:
            empty = next(
                name
                for name in (f"card_{keys.code_of(entry)}" for entry in self.entries)
                if name not in given.values()
            )
            self.add_error(
                empty,
                _t("Use each number from 1 to %(last)d once. Not used yet: %(missing)s.")
                % {"last": self.ranking.votes_each, "missing": ", ".join(missing)},
            )
        return answers

    @property
    def ballot(self) -> MarkedBallot:
        cards = {entry: self.cleaned_data[f"card_{keys.code_of(entry)}"] for entry in self.entries}
        chosen = [entry for entry, number in cards.items() if number]
        return {"choices": sorted(chosen, key=lambda entry: cards[entry])}


class RatingsForm(BallotForm):
    """Matrix: how much each idea would help, and how hard it would be."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for entry in self.entries:
            for name, label in (
                ("impact", _("%(title)s: how much would it help?")),
                ("effort", _("%(title)s: how hard would it be?")),
            ):
                self.fields[f"{name}_{keys.code_of(entry)}"] = forms.TypedChoiceField(
                    label=label % {"title": entry.opportunity.title},
                    choices=[(number, str(number)) for number in range(1, HIGHEST + 1)],
                    coerce=int,
                    widget=RadioSelect(inline=True),
                    error_messages={"required": _("Choose a number from 1 to 5.")},
                )

    @property
    def ballot(self) -> MarkedBallot:
        answers = self.cleaned_data
        return {
            "ratings": {
                entry: ImpactAndEffort(answers[f"impact_{code}"], answers[f"effort_{code}"])
                for code, entry in ((keys.code_of(entry), entry) for entry in self.entries)
            }
        }


type AnyBallotForm = VotesForm | CardsForm | RatingsForm


BALLOTS: dict[str, type[VotesForm] | type[CardsForm] | type[RatingsForm]] = {
    RankingMethod.MULTIVOTING: VotesForm,
    RankingMethod.MATRIX: RatingsForm,
    RankingMethod.NOMINAL: CardsForm,
}


class ChoiceForm(PortalForm):
    opportunity: "RowField[Opportunity]" = RowField(
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
        assert isinstance(field, RowField)
        field.queryset = opportunities
        field.widget.hints = {field.coded(key): hint for key, hint in hints.items()}


class PaperRankingForm(PortalForm):
    mark_optional = False

    on = forms.DateField(label=_("On which day did the cell put its ideas in order?"))
    took_part = WholeField(
        label=_("How many people took part?"),
        help_text=_("Leave this empty if nobody counted."),
        required=False,
        min_value=1,
        max_value=9999,
        widget=NumberInput(width=4),
    )

    def __init__(
        self, *args: Any, ideas: Sequence[Opportunity], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ideas, self.today = ideas, today
        for idea in ideas:
            self.fields[f"place_{keys.code_of(idea)}"] = WholeField(
                label=idea.title,
                required=False,
                min_value=1,
                max_value=LISTED.value,
                widget=NumberInput(width=2),
            )

    @property
    def lines(self) -> list[BoundField]:
        return [self[f"place_{keys.code_of(idea)}"] for idea in self.ideas]

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError(_t("This day is still to come. Choose one of the past."))
        return on

    @property
    def places(self) -> dict[Opportunity, int]:
        found = {idea: self.cleaned_data.get(f"place_{keys.code_of(idea)}") for idea in self.ideas}
        return {idea: int(place) for idea, place in found.items() if place}
