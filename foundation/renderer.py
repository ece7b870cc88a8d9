"""The renderer of every form, including Django's and allauth's, with GOV.UK markup."""

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, Field, Textarea, widgets
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import pretty_name
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from foundation.fields import AskedBack
from foundation.form_words import prepare
from foundation.writing import is_free

# The CSS class of each kind of control; the first match counts.
_CLASSES: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.FileInput, "govuk-file-upload"),
    (widgets.CheckboxInput, ""),
    (widgets.RadioSelect, ""),
    (widgets.CheckboxSelectMultiple, ""),
    (widgets.Select, "govuk-select"),
    (widgets.Textarea, "govuk-textarea"),
    (widgets.Input, "govuk-input"),
)
# Left out on purpose: with these, browsers cut pasted text short or show messages of their own, and
# a placeholder disappears when it is needed.
_LEFT_OUT = (
    "maxlength",
    "minlength",
    "min",
    "max",
    "step",
    "required",
    "aria-invalid",
    "placeholder",
)


def _class_of(widget: widgets.Widget) -> str:
    return next((name for kind, name in _CLASSES if isinstance(widget, kind)), "")


@dataclass(frozen=True)
class Check:
    """The checkbox beside a value that is far from usual."""

    name: str
    id: str
    value: str
    label: str
    checked: bool


class PortalBoundField(BoundField):
    """A field with our limits and words, and the ids and classes of GOV.UK's markup."""

    def __init__(self, form: BaseForm, field: Field, name: str) -> None:
        prepare(field, field.label or pretty_name(name))
        super().__init__(form, field, name)

    @property
    def hint_id(self) -> str:
        return f"{self.auto_id}-hint"

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}-error"

    @property
    def private_id(self) -> str:
        return f"{self.auto_id}-private"

    @property
    def info_id(self) -> str:
        return f"{self.auto_id}-info"

    @property
    def layout(self) -> str:
        """How the field's group is laid out: choices, checkbox, password or plain."""
        widget = self.field.widget
        if isinstance(widget, widgets.CheckboxInput):
            return "checkbox"
        if self.use_fieldset:
            return "choices"
        return "password" if isinstance(widget, widgets.PasswordInput) else "plain"

    @property
    def heads_page(self) -> bool:
        """Whether its words are the page's heading: a page that asks nothing else."""
        return bool(getattr(self.form, "heads_page", False))

    @property
    def warns_private(self) -> bool:
        return bool(getattr(self.field.widget, "warn_private", False))

    @property
    def tells_danger(self) -> bool:
        """Whether the danger notice goes above it: the form's first free-text box."""
        if not is_free(self.field) or self.is_hidden:
            return False
        free = (name for name, field in self.form.fields.items() if is_free(field))
        return next(free, None) == self.name

    @property
    def limit(self) -> int | None:
        """The maximum length, if the widget shows a character count."""
        if not getattr(self.field.widget, "count", False):
            return None
        limit: int | None = getattr(self.field, "max_length", None)
        return limit

    @property
    def optional(self) -> bool:
        return (
            not self.field.required
            and not self.field.disabled
            and self.layout != "checkbox"
            and getattr(self.form, "mark_optional", True)
        )

    @property
    def readings(self) -> list[tuple[str, str]]:
        """The possible readings of ambiguous input, each as value and words."""
        found = self.form.errors.get(self.name) if self.form.is_bound else None
        asked = [each for each in found.as_data() if isinstance(each, AskedBack)] if found else []
        return asked[0].readings if asked else []

    @property
    def meant_name(self) -> str:
        """The form name of the chosen reading."""
        return f"{self.html_name}-meant"

    @property
    def check(self) -> Check | None:
        """The checkbox for a value far from usual; None otherwise."""
        unusual: dict[str, tuple[str, str]] = getattr(self.form, "far_from_usual", {})
        if self.name not in unusual:
            return None
        value, words = unusual[self.name]
        return Check(
            name=f"{self.html_name}-sure",
            id=f"{self.auto_id}-sure",
            value=value,
            label=_("I checked it: %(value)s is right") % {"value": words},
            checked=self.name in getattr(self.form, "checked_values", ()),
        )

    @property
    def target(self) -> str:
        """The id that the error summary links to: the first choice, or the control."""
        if self.layout == "choices":
            parts = self.subwidgets
            return (parts[0].id_for_label or self.auto_id) if parts else self.auto_id
        return self.id_for_label or self.auto_id

    @property
    def aria_describedby(self) -> str | None:
        if self.field.widget.attrs.get("aria-describedby"):
            return None
        if not self.auto_id or self.is_hidden:
            return ""
        parts = [
            (self.help_text, self.hint_id),
            (self.warns_private, self.private_id),
            (self.errors, self.error_id),
            (self.limit, self.info_id),
        ]
        return " ".join(name for there, name in parts if there)

    def build_widget_attrs(
        self, attrs: dict[str, str | bool], widget: widgets.Widget | None = None
    ) -> dict[str, str | bool]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        for name in _LEFT_OUT:
            built.pop(name, None)
            widget.attrs.pop(name, None)
        if not built.get("aria-describedby"):
            built.pop("aria-describedby", None)
        base = "" if widget.is_hidden else _class_of(widget)
        classes = [base, f"{base}--error"] if base and self.errors else [base]
        if isinstance(widget, widgets.PasswordInput):
            classes += ["govuk-password-input__input", "govuk-js-password-input-input"]
            built = {"spellcheck": "false", "autocapitalize": "none", **built}
        if self.limit and isinstance(widget, Textarea):
            classes.append("govuk-js-character-count")
        given = str(widget.attrs.get("class", ""))
        classes += [name for name in given.split() if name not in classes]
        if text := " ".join(filter(None, classes)):
            built["class"] = text
        return built


class PortalRenderer(TemplatesSetting):
    form_template_name = "django/forms/form.html"
    field_template_name = "django/forms/field.html"
    bound_field_class = PortalBoundField


@dataclass(frozen=True)
class Mistake:
    """One line of an error summary; `target` is empty when no field is to blame."""

    message: str
    target: str = ""


class ErrorSummary:
    """The errors of a form, in page order; drawn once per response."""

    def __init__(self, form: BaseForm) -> None:
        self.form = form

    @cached_property
    def mistakes(self) -> list[Mistake]:
        if not self.form.is_bound:
            return []
        found = [Mistake(str(error)) for error in self.form.non_field_errors()]
        for name in self.form.fields:
            field = self.form[name]
            if not field.errors:
                continue
            target = "" if field.is_hidden else getattr(field, "target", field.auto_id)
            found += [Mistake(str(error), target) for error in field.errors]
        return found

    def take(self) -> list[Mistake]:
        """The errors on the first call, nothing after that.

        The layout shows them above the heading, so that the form does not repeat them.
        """
        if getattr(self.form, "_summary_taken", False):
            return []
        self.form._summary_taken = True  # type: ignore[attr-defined]
        return self.mistakes


def summary_context(form: BaseForm) -> dict[str, Any]:
    return {"mistakes": ErrorSummary(form).take()}
