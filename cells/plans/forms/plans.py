from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.plans.models.drivers import Driver
from cells.plans.models.plans import (
    WHILE_ACTIVE,
    ActionStep,
    Cadence,
    ReviewOutcome,
    StandardRole,
)
from foundation import keys
from foundation.choosing import RowField, RowsField, offer
from foundation.fields import DecimalField
from foundation.forms import EditForm, PortalForm
from foundation.models import TenantQuerySet
from foundation.widgets import CheckboxSelectMultiple, NumberInput, RadioSelect, Select, Textarea
from groups.models import Meeting
from measures.charting.findings import found
from measures.charting.reading import Numbers
from measures.definitions import wording
from measures.definitions.models import Measure

FEW = 7


class AimForm(EditForm):
    aim = forms.CharField(
        label=_("What do you want to make better?"),
        help_text=_(
            "Say what will be better, for whom, and by when. For example: By June, people wait "
            "less than ten minutes at the front desk."
        ),
        max_length=1000,
        widget=Textarea(rows=4, warn_private=True),
    )


class StandardForm(EditForm):
    measure: "RowField[Measure]" = RowField(
        label=_("Which number will show it?"), queryset=None, empty_label=None
    )
    baseline = DecimalField(
        label=_("Where do you start from?"),
        help_text=_("The usual number now. For a share, give the percent, such as 40."),
        required=False,
        max_digits=14,
        decimal_places=4,
        widget=NumberInput(decimal=True, width=10),
    )
    target = DecimalField(
        label=_("Where do you want to get?"),
        required=False,
        max_digits=14,
        decimal_places=4,
        widget=NumberInput(decimal=True, width=10),
    )
    target_on = forms.DateField(label=_("By when?"), required=False)
    baseline_through = forms.DateField(
        label=_("Which is the last day of the start?"),
        help_text=_(
            "Numbers up to that day are the start, and later ones are held against them. Leave it "
            "empty to use the day on which the plan starts."
        ),
        required=False,
    )
    reason = forms.CharField(
        label=_("If you change where the plan starts from: why?"),
        required=False,
        max_length=500,
        widget=Textarea(rows=2, warn_private=True),
    )
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        measures: Iterable[Measure],
        numbers: Mapping[int, Numbers],
        begun: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not begun:
            del self.fields["reason"]
        listed = list(measures)
        field = self.fields["measure"]
        field.widget = (
            RadioSelect(
                hints={keys.code_of(each): middle(each, numbers[each.pk]) for each in listed}
            )
            if len(listed) <= FEW
            else Select()
        )
        offer(self, "measure", measures, _measure_words)
        if len(listed) == 1:
            self.initial["measure"] = listed[0].pk


class BaselineForm(EditForm):
    """A plan's baseline after it was changed, and its goal."""

    baseline = DecimalField(
        label=_("What is the baseline now?"),
        required=False,
        max_digits=14,
        decimal_places=4,
        widget=NumberInput(decimal=True, width=10),
    )
    target = DecimalField(
        label=_("What is the goal?"),
        required=False,
        max_digits=14,
        decimal_places=4,
        widget=NumberInput(decimal=True, width=10),
    )
    target_on = forms.DateField(label=_("By when?"), required=False)
    reason = forms.CharField(
        label=_("Why is this right?"),
        help_text=_("It stays on record with the plan."),
        max_length=500,
        widget=Textarea(rows=2, warn_private=True),
    )
    mark_optional = False


def middle(measure: Measure, numbers: Numbers) -> str:
    """The usual middle of the numbers so far."""
    usual = found(measure, numbers).middle
    if usual is None:
        return ""
    return str(measure.shape.words.usual_middle) % {"value": wording.amount(measure, usual)}


def _measure_words(measure: Measure) -> str:
    unit = wording.unit(measure).strip()
    return f"{measure.name} ({unit})" if unit else measure.name


class WatchForm(EditForm):
    """A further measure of the plan: of the process, or of side effects."""

    role = forms.ChoiceField(
        label=_("What will it show?"),
        choices=[(role.value, role.label) for role in StandardRole if role != StandardRole.OUTCOME],
        widget=RadioSelect(),
    )
    measure: "RowField[Measure]" = RowField(
        label=_("Which number?"), queryset=None, widget=Select()
    )

    def __init__(self, *args: Any, measures: Iterable[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "measure", measures, _measure_words)


class StepForm(PortalForm):
    what = forms.CharField(label=_("What will be done?"), max_length=200)
    owner: "RowField[Member]" = RowField(
        label=_("Who will do it?"), required=False, queryset=None, widget=Select()
    )
    co_owner: "RowField[Member]" = RowField(
        label=_("Who helps?"),
        required=False,
        queryset=None,
        empty_label=_("Nobody"),
        widget=Select(),
    )
    due = forms.DateField(label=_("By when?"), required=False)
    needs: "RowsField[ActionStep]" = RowsField(
        label=_("Which steps must be done first?"),
        required=False,
        queryset=None,
        widget=CheckboxSelectMultiple(),
    )
    change_idea: "RowField[Driver]" = RowField(
        label=_("Which change idea of the diagram is it?"),
        required=False,
        queryset=None,
        empty_label=_("None of them"),
        widget=Select(),
    )
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        members: Iterable[Member],
        steps: TenantQuerySet[ActionStep],
        change_ideas: TenantQuerySet[Driver],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if change_ideas:
            offer(self, "change_idea", change_ideas)
        else:
            del self.fields["change_idea"]
        offer(self, "owner", members)
        offer(self, "co_owner", members)
        offer(self, "needs", steps)
        if not steps:
            del self.fields["needs"]


class StepEditForm(EditForm, StepForm):
    """The same for an existing step that others may change meanwhile."""


class DropForm(EditForm):
    reason = forms.CharField(
        label=_("Why will it not be done?"),
        max_length=1000,
        widget=Textarea(rows=3, warn_private=True),
    )


class EvaluationForm(EditForm):
    looked_at_by: "RowField[Member]" = RowField(
        label=_("Who will look at how it goes?"), required=False, queryset=None, widget=Select()
    )
    cadence = forms.ChoiceField(
        label=_("How often?"), required=False, choices=Cadence.choices, widget=RadioSelect()
    )
    adapt_if = forms.CharField(
        label=_("What would make you change the plan, or stop?"),
        help_text=_("For example: No change after three months, or people tell us it is worse."),
        required=False,
        max_length=1000,
        widget=Textarea(rows=3, warn_private=True),
    )
    mark_optional = False

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "looked_at_by", members)


def outcomes(offered: Iterable[ReviewOutcome]) -> list[tuple[str, str | Promise]]:
    return [(outcome.value, outcome.label) for outcome in offered]


class ReviewForm(EditForm):
    note = forms.CharField(
        label=_("What do you see?"),
        help_text=_("What do the numbers say? What do people say?"),
        max_length=2000,
        widget=Textarea(rows=5, warn_private=True),
    )
    outcome = forms.ChoiceField(
        label=_("What follows?"), choices=outcomes(WHILE_ACTIVE), widget=RadioSelect()
    )
    meeting: "RowField[Meeting]" = RowField(
        label=_("Did you look at it together, in a meeting?"),
        required=False,
        queryset=None,
        empty_label=_("No, not in a meeting"),
        widget=Select(),
    )

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "meeting", meetings, _meeting_words)


def _meeting_words(meeting: Meeting) -> str:
    return f"{meeting.on:%B} {meeting.on.day}, {meeting.on.year}"
