"""Forms for finished plans."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.plans.forms.plans import ReviewForm, outcomes
from cells.plans.models.plans import (
    ONCE_FINISHED,
    Cadence,
    ReviewOutcome,
)
from foundation.choosing import RowField, offer
from foundation.forms import EditForm
from foundation.widgets import RadioSelect, Select, Textarea


class FinishedReviewForm(ReviewForm):
    """The same for a finished plan, with only some of the answers."""

    outcome = forms.ChoiceField(
        label=_("What follows?"), choices=outcomes(ONCE_FINISHED), widget=RadioSelect()
    )

    def __init__(self, *args: Any, answers: Iterable[ReviewOutcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = outcomes(answers)


class SustainForm(EditForm):
    looked_at_by: "RowField[Member]" = RowField(
        label=_("Who will check?"), queryset=None, widget=Select()
    )
    cadence = forms.ChoiceField(
        label=_("How often?"), choices=Cadence.choices, widget=RadioSelect()
    )
    reopen_if = forms.CharField(
        label=_("What would make you take it up again?"),
        help_text=_("For example: Two months in a row below 60 percent."),
        max_length=1000,
        widget=Textarea(rows=3, warn_private=True),
    )

    def __init__(self, *args: Any, members: Iterable[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "looked_at_by", members)
