"""What is asked when a ranking on paper is written down."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cells.models import Opportunity
from cells.policies import LISTED
from foundation import keys
from foundation.fields import WholeField
from foundation.forms import PortalForm
from foundation.widgets import NumberInput


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
