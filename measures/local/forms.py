"""Forms for an agency's own indicators."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.choosing import RowField
from foundation.fields import DecimalField, WholeField
from foundation.forms import EditForm, PortalForm
from foundation.models import TenantQuerySet
from foundation.widgets import NumberInput, RadioSelect, Select, Textarea
from measures.definitions.models import Measure
from measures.local.counting import choices
from measures.local.models import LocalGoal, LocalReaders, LocalSource


def counting_choices() -> list[tuple[str, Any]]:
    """What can be counted, after an empty choice."""
    return [("", _("Choose one")), *choices()]


class LocalIndicatorForm(PortalForm):
    """What an indicator means, where its answer comes from, and who sees it."""

    name = forms.CharField(
        label=_("What is it called?"),
        help_text=_("Such as: Peer support is offered in the first week"),
        max_length=120,
    )
    definition = forms.CharField(
        label=_("What does it mean, and why does it matter?"),
        max_length=1000,
        widget=Textarea(rows=3, free=False),
    )
    source = forms.ChoiceField(
        label=_("Where does its answer come from?"),
        choices=LocalSource.choices,
        widget=RadioSelect(
            hints={
                LocalSource.MEASURE: _("Say below which measure, when it is met, and the goal."),
                LocalSource.RECORDS: _(
                    "Say below what is counted, over how many months, when it is met, and the goal."
                ),
                LocalSource.ATTESTED: _("Say below for how many months that counts."),
            }
        ),
    )
    measure = RowField[Measure](
        label=_("Which measure?"), queryset=None, required=False, widget=Select()
    )
    counted = forms.ChoiceField(
        label=_("What is counted?"),
        help_text=_("Nothing of hidden groups is counted."),
        choices=counting_choices,
        required=False,
        widget=Select(),
    )
    direction = forms.ChoiceField(
        label=_("When is it met?"),
        choices=LocalGoal.choices,
        required=False,
        widget=RadioSelect(inline=True),
    )
    goal = DecimalField(
        label=_("Which number is the goal?"),
        help_text=_(
            "In the unit of the measure (for a share, the percentage), or how many records."
        ),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=4,
        widget=NumberInput(decimal=True, width=10),
    )
    months = WholeField(
        label=_("How many months?"),
        help_text=_("Over how many records are counted, or for how many somebody’s word counts."),
        required=False,
        min_value=1,
        max_value=24,
        widget=NumberInput(width=4),
    )
    readers = forms.ChoiceField(
        label=_("Who sees it?"), choices=LocalReaders.choices, widget=RadioSelect()
    )

    def __init__(self, *args: Any, measures: TenantQuerySet[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["measure"]
        assert isinstance(field, RowField)
        field.queryset = measures


class LocalIndicatorEditForm(EditForm, LocalIndicatorForm):
    """The same for an existing draft that others may change meanwhile."""


class LocalTestForm(EditForm):
    """Confirms what was shown; `version` is the edit version that was tried."""


class AttestForm(PortalForm):
    holds = forms.TypedChoiceField(
        label=_("Does it hold today?"),
        choices=(("yes", _("Yes")), ("no", _("No"))),
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        widget=RadioSelect(inline=True),
    )
    evidence = forms.CharField(
        label=_("What does that rest on?"),
        help_text=_("Such as: the minutes of May 4, 2026. Your name is shown with it."),
        max_length=1000,
        widget=Textarea(rows=4, count=True, warn_private=True),
    )


class RetireLocalForm(PortalForm):
    reason = forms.CharField(
        label=_("Why is it retired?"),
        max_length=1000,
        widget=Textarea(rows=3, warn_private=True),
    )
