"""The portal's forms: GOV.UK markup, plain errors, and keys against double or stale sending."""

import uuid
from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from foundation.fields import UNUSUAL, AskedBack, AsksBack, TypedNumber
from foundation.renderer import summary_context

# No id, so that a page can hold two forms.
_KEY = forms.HiddenInput(attrs={"id": False})


class PlainForm(forms.Form):
    """A form with our widgets, limits and words but no keys, for searches and filters (GET).

    `NAME-meant` carries the chosen reading of ambiguous input. `NAME-sure` carries an unusual value
    that the person checked; it counts only while the value stays the same.
    """

    use_required_attribute = False
    mark_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        # Values far from usual, by field: as sent, and in words.
        self.far_from_usual: dict[str, tuple[str, str]] = {}
        # Fields whose value the person has checked.
        self.checked_values: set[str] = set()

    def full_clean(self) -> None:
        self.far_from_usual, self.checked_values = {}, set()
        if self.is_bound:
            self._take_what_was_meant()
        super().full_clean()

    def _take_what_was_meant(self) -> None:
        """Put the chosen reading into its box, if the text there can really be read that way."""
        for name, field in self.fields.items():
            meant = self.data.get(f"{self.add_prefix(name)}-meant")
            if not meant or not isinstance(field, AsksBack):
                continue
            self[name]  # Gives the field its limits, which narrow the readings.
            try:
                field.read(self.data.get(self.add_prefix(name)))
            except AskedBack as asked:
                if meant in [value for value, _words in asked.readings]:
                    self.put(name, meant)
            except ValidationError:
                continue

    def _clean_form(self) -> None:
        super()._clean_form()  # type: ignore[misc]
        for name, why in self.doubts().items():
            if name in self.errors:
                continue
            self.far_from_usual[name] = value, _words = self.checked_value(name)
            if self.data.get(f"{self.add_prefix(name)}-sure") == value:
                self.checked_values.add(name)
            else:
                self.add_error(name, ValidationError(why, code=UNUSUAL))

    def doubts(self) -> Mapping[str, str]:
        """Fields whose value is far from usual and must be checked, with the reason.

        A value that was there before needs no second check.
        """
        found = {}
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if not isinstance(field, TypedNumber) or field.doubt is None or value is None:
                continue
            if value != self.get_initial_for_field(field, name):
                found[name] = field.doubt(value)
        return {name: why for name, why in found.items() if why}

    def checked_value(self, name: str) -> tuple[str, str]:
        """What a person confirms, as sent and in words; a different value is asked about again."""
        field, value = self.fields[name], self.cleaned_data[name]
        if isinstance(field, TypedNumber):
            return field.shown(value), field.words(value)
        return str(value), str(value)

    def leave_unchecked(self) -> None:
        """Show what was sent with nothing said about it yet, when only the page changes."""
        self._errors = ErrorDict()

    def put(self, name: str, value: object) -> None:
        """Replace a field's value on the page that is shown again."""
        data = self.data.copy() if isinstance(self.data, QueryDict) else {**self.data}
        data[self.add_prefix(name)] = str(value)
        self.data = data

    @classmethod
    def from_request(cls, request: HttpRequest, **kwargs: Any) -> Self:
        """Bind a POST, even an empty one; make a fresh form otherwise."""
        if request.method == "POST":
            return cls(request.POST, request.FILES, **kwargs)
        return cls(**kwargs)

    @property
    def answers(self) -> dict[str, Any]:
        """The person's answers: the cleaned data without our hidden keys."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("submission", "version")
        }

    def error_summary(self) -> SafeString:
        """The list of errors with links to the fields; empty on the second call.

        So the layout can show it above the heading without the form repeating it.
        """
        return render_to_string("components/error_summary.html", summary_context(self))


class PortalForm(PlainForm):
    """A form that changes something; `submission` lets a second click find the first one."""

    submission = forms.UUIDField(
        widget=_KEY,
        initial=uuid.uuid4,
        error_messages={
            "required": _("Something was missing when this was sent. Please send it again."),
            "invalid": _("Something was missing when this was sent. Please send it again."),
        },
    )

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.has_error("submission"):
            # Give the page a new key, since it can be sent again.
            self.put("submission", uuid.uuid4())


class EditForm(PortalForm):
    """A form that edits what others may change meanwhile: `version` is the version shown."""

    version = forms.IntegerField(
        widget=_KEY,
        error_messages={
            "required": _("Something was missing when this was sent. Please open the page again."),
            "invalid": _("Something was missing when this was sent. Please open the page again."),
        },
    )
