"""Forms of the portal: GOV.UK markup, plain errors, and keys against double and stale sending."""

import uuid
from typing import Any, Self

from django import forms
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from foundation.renderer import summary_context

# Without an id, so that two forms may stand on one page.
_KEY = forms.HiddenInput(attrs={"id": False})


class PlainForm(forms.Form):
    """Our controls, limits and words, without the keys: for searches and filters (GET)."""

    use_required_attribute = False
    mark_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

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

    def put(self, name: str, value: object) -> None:
        """Give one of the hidden fields another value on the page that is shown again."""
        data = self.data.copy() if isinstance(self.data, QueryDict) else {**self.data}
        data[self.add_prefix(name)] = str(value)
        self.data = data


class EditForm(PortalForm):
    """A form over something that others may change meanwhile: `version` is what was shown."""

    version = forms.IntegerField(
        widget=_KEY,
        error_messages={
            "required": _("Something was missing when this was sent. Please open the page again."),
            "invalid": _("Something was missing when this was sent. Please open the page again."),
        },
    )
