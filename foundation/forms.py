"""Forms of the portal: GOV.UK markup, plain errors, and keys against double and stale sending."""

import uuid
from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from foundation.fields import UNUSUAL, AskedBack, AsksBack, TypedNumber
from foundation.renderer import summary_context

# Without an id, so that two forms may stand on one page.
_KEY = forms.HiddenInput(attrs={"id": False})


class PlainForm(forms.Form):
    """Our controls, limits and words, without the keys: for searches and filters (GET).

    Of what can be read two ways, `NAME-meant` carries the reading that was chosen. Of one
    that is far from what is usual, `NAME-sure` carries the value that was checked: it is taken only
    while it is the same.
    """

    use_required_attribute = False
    mark_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        # By field, the value that is far from usual, as it is sent and in words.
        self.far_from_usual: dict[str, tuple[str, str]] = {}
        # The fields whose value the person has checked.
        self.checked_values: set[str] = set()

    def full_clean(self) -> None:
        self.far_from_usual, self.checked_values = {}, set()
        if self.is_bound:
            self._take_what_was_meant()
        super().full_clean()

    def _take_what_was_meant(self) -> None:
        """Put the chosen reading into its box: only one that the text there really has."""
        for name, field in self.fields.items():
            meant = self.data.get(f"{self.add_prefix(name)}-meant")
            if not meant or not isinstance(field, AsksBack):
                continue
            self[name]  # Gives the field its limits, without which more would be offered.
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
        """By field, why its value is far from what is usual and must be checked.

        What stood there first needs no check once more.
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
        """What a person confirms, as it is sent and in words; another value is asked again."""
        field, value = self.fields[name], self.cleaned_data[name]
        if isinstance(field, TypedNumber):
            return field.shown(value), field.words(value)
        return str(value), str(value)

    def put(self, name: str, value: object) -> None:
        """Give a field another value on the page that is shown again."""
        data = self.data.copy() if isinstance(self.data, QueryDict) else {**self.data}
        data[self.add_prefix(name)] = str(value)
        self.data = data

    @classmethod
    def from_request(cls, request: HttpRequest, **kwargs: Any) -> Self:
        """Bound to a POST, even an empty one; a fresh form otherwise."""
        if request.method == "POST":
            return cls(request.POST, request.FILES, **kwargs)
        return cls(**kwargs)

    @property
    def answers(self) -> dict[str, Any]:
        """What the person said: the cleaned data without our own hidden keys."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("submission", "version")
        }

    def error_summary(self) -> SafeString:
        """The list of mistakes with links to the fields; empty the second time, so that the
        layout can show it above the heading and the form does not repeat it."""
        return render_to_string("components/error_summary.html", summary_context(self))


class PortalForm(PlainForm):
    """A form that changes something; a second click finds the first one by its `submission`."""

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
            # The page that is shown now carries a key again.
            self.put("submission", uuid.uuid4())


class EditForm(PortalForm):
    """A form over something that others may change meanwhile: `version` is what was shown."""

    version = forms.IntegerField(
        widget=_KEY,
        error_messages={
            "required": _("Something was missing when this was sent. Please open the page again."),
            "invalid": _("Something was missing when this was sent. Please open the page again."),
        },
    )
