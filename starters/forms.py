"""The blanks of a starter text as a form that changes nothing."""

from collections.abc import Mapping
from typing import Any

from django import forms

from foundation.forms import PlainForm
from foundation.widgets import HiddenInput, TextInput
from starters.texts import StarterText

LONGEST = 200


class BlanksForm(PlainForm):
    """One field a blank, none of them required: what is left open stays marked in the text."""

    mark_optional = False

    def __init__(self, *args: Any, text: StarterText, known: Mapping[str, str], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["starter"] = forms.CharField(initial=text.language, widget=HiddenInput())
        for blank in text.blanks:
            self.fields[blank.name] = forms.CharField(
                label=blank.label,
                help_text=blank.hint,
                initial=known.get(blank.name, ""),
                max_length=LONGEST,
                required=False,
                widget=TextInput(),
            )
