"""Forms for what people need at meetings."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation import keys
from foundation.choosing import RowField
from foundation.forms import PortalForm
from foundation.presenting import written_time
from foundation.widgets import CheckboxSelectMultiple, RadioSelect, TextInput
from groups.models import AccessNeed, Arrangement, Meeting, Need


class MeetingField(RowField[Meeting]):
    def label_from_instance(self, obj: Meeting) -> str:
        return f"{written_time(obj.starts_at)}, {obj.group.name}"


class NeedForm(PortalForm):
    kind = forms.ChoiceField(
        label=_("What do you need?"), choices=Need.choices, widget=RadioSelect()
    )
    words = forms.CharField(
        label=_("In a few words"),
        help_text=_("For example the language. Say what you need, not why."),
        max_length=200,
        required=False,
        widget=TextInput(warn_private=True),
    )
    meeting = MeetingField(
        label=_("For which meeting?"),
        queryset=None,
        required=False,
        empty_label=_("All my meetings"),
    )

    def __init__(self, *args: Any, meetings: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings  # type: ignore[attr-defined]


class ArrangeForm(PortalForm):
    """Which of the things that people need are arranged."""

    done = forms.MultipleChoiceField(
        label=_("What is arranged?"), required=False, widget=CheckboxSelectMultiple()
    )

    def __init__(
        self,
        *args: Any,
        needs: Iterable[AccessNeed],
        arranged: Iterable[Arrangement],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.keys = {keys.code("accessneed", each.pk): each.pk for each in needs}
        field = self.fields["done"]
        assert isinstance(field, forms.MultipleChoiceField)
        assert isinstance(field.widget, CheckboxSelectMultiple)
        by_key = {each.pk: each for each in needs}
        field.choices = [
            (code, f"{by_key[key].get_kind_display()}: {by_key[key].member}")
            for code, key in self.keys.items()
        ]
        field.widget.hints = {
            code: by_key[key].words for code, key in self.keys.items() if by_key[key].words
        }
        done = {each.need_id for each in arranged if each.done}
        self.initial["done"] = [code for code, key in self.keys.items() if key in done]

    @property
    def chosen(self) -> set[int]:
        """The keys of what is arranged."""
        return {self.keys[code] for code in self.cleaned_data["done"]}
