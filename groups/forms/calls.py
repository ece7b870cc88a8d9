"""The form of a list of people to call: for each, what came of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from accounts.models import Member
from foundation import keys
from foundation.forms import PortalForm
from foundation.widgets import RadioSelect
from groups.models import CallResult


class CallsForm(PortalForm):
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        people: Sequence[Member],
        ways: Mapping[int, str],
        results: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        """`ways`: how to reach each person; `results`: what came of it so far, both by key."""
        super().__init__(*args, **kwargs)
        self.keys = {f"call_{keys.code_of(each)}": each.pk for each in people}
        for name, each in zip(self.keys, people, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=str(each),
                help_text=ways[each.pk],
                required=False,
                choices=CallResult.choices,
                initial=results.get(each.pk),
                widget=RadioSelect(inline=True),
            )

    @property
    def results(self) -> dict[int, CallResult]:
        """The results that were chosen, by the key of the person."""
        said = ((key, self.cleaned_data[name]) for name, key in self.keys.items())
        return {key: CallResult(value) for key, value in said if value}
