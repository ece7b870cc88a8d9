"""Forms of a small test, part by part."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.plans.models.cycles import CycleOutcome, Foretold
from cells.plans.models.drivers import Driver
from foundation.choosing import RowField, offer
from foundation.forms import EditForm, PortalForm
from foundation.widgets import RadioSelect, Select, Textarea
from measures.definitions.models import Measure


class CycleForm(PortalForm):
    """Its plan; everything but the title may follow until it starts."""

    title = forms.CharField(label=_("What will you try?"), max_length=120)
    objective = forms.CharField(
        label=_("What do you want to learn?"),
        required=False,
        max_length=1000,
        widget=Textarea(rows=2, warn_private=True),
    )
    prediction = forms.CharField(
        label=_("What do you think will happen?"),
        help_text=_("Say it before you start. Give a number if you can."),
        required=False,
        max_length=1000,
        widget=Textarea(rows=2),
    )
    what = forms.CharField(
        label=_("What exactly will be done?"),
        required=False,
        max_length=1000,
        widget=Textarea(rows=3),
    )
    leader: "RowField[Member]" = RowField(
        label=_("Who is in charge?"), required=False, queryset=None, widget=Select()
    )
    who = forms.CharField(
        label=_("Who takes part?"),
        help_text=_("Say the team or the role, not the names of people who use services."),
        required=False,
        max_length=200,
    )
    where = forms.CharField(label=_("Where?"), required=False, max_length=200)
    scale = forms.CharField(
        label=_("How small do you start?"),
        help_text=_("For example: one desk, one morning, three people."),
        required=False,
        max_length=200,
    )
    from_day = forms.DateField(label=_("First day"), required=False)
    to_day = forms.DateField(label=_("Last day"), required=False)
    measure: "RowField[Measure]" = RowField(
        label=_("Which number will show it?"),
        required=False,
        queryset=None,
        empty_label=_("None of our numbers"),
        widget=Select(),
    )
    looked_at = forms.CharField(
        label=_("What else will you look at?"),
        help_text=_("For example: what people tell us at the desk."),
        required=False,
        max_length=500,
        widget=Textarea(rows=2),
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
        measures: Iterable[Measure],
        change_ideas: Iterable[Driver],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "change_idea", change_ideas)
        offer(self, "leader", members)
        offer(self, "measure", measures)


class PaperCycleForm(PortalForm):
    """A test done outside the portal."""

    title = forms.CharField(label=_("What did you try?"), max_length=120)
    what = forms.CharField(
        label=_("What exactly was done?"), max_length=1000, widget=Textarea(rows=3)
    )
    from_day = forms.DateField(label=_("What was the first day?"))
    to_day = forms.DateField(label=_("What was the last day?"))
    happened = forms.CharField(
        label=_("What happened?"), max_length=2000, widget=Textarea(rows=4, warn_private=True)
    )
    unexpected = forms.CharField(
        label=_("What did nobody expect?"),
        required=False,
        max_length=2000,
        widget=Textarea(rows=3, warn_private=True),
    )


class CycleEditForm(EditForm, CycleForm):
    """The same for an existing test that others may change meanwhile."""


class DoForm(EditForm):
    happened = forms.CharField(
        label=_("What happened?"),
        required=False,
        max_length=2000,
        widget=Textarea(rows=4, warn_private=True),
    )
    unexpected = forms.CharField(
        label=_("What did nobody expect?"),
        help_text=_("Good or bad: this is often what we learn most from."),
        required=False,
        max_length=2000,
        widget=Textarea(rows=3),
    )
    mark_optional = False


class StudyForm(EditForm):
    foretold = forms.ChoiceField(
        label=_("Did it come as you expected?"), choices=Foretold.choices, widget=RadioSelect()
    )
    learned = forms.CharField(
        label=_("What did you learn?"),
        max_length=2000,
        widget=Textarea(rows=4, warn_private=True),
    )


class ActForm(EditForm):
    outcome = forms.ChoiceField(
        label=_("What do you do now?"), choices=CycleOutcome.choices, widget=RadioSelect()
    )
    reason = forms.CharField(
        label=_("Why?"), max_length=1000, widget=Textarea(rows=3, warn_private=True)
    )
