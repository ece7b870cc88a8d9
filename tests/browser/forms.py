"""The forms of a page as a person would fill them in."""

from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

KEYS = ("csrfmiddlewaretoken", "submission", "version")
NUMERIC = ("numeric", "decimal")
SOME_WORDS = "Some words"
NOT_ASKED = ("submit", "button", "image", "reset")


@dataclass
class Control:
    """One control: its kind, its value, and its choices."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)
    checked: list[str] = field(default_factory=list)

    def plausible(self, today: date) -> Any:
        """A plausible value: the current one, or one that fits."""
        if self.kind == "checkbox":
            return self.checked or self.choices[:1]
        if self.kind == "radio":
            return (self.checked or self.choices)[:1]
        if self.kind == "select":
            return (self.checked or [each for each in self.choices if each])[:1]
        if self.kind == "file":
            return SimpleUploadedFile("words.txt", SOME_WORDS.encode())
        days = {"date": today.isoformat(), "datetime-local": f"{today.isoformat()}T10:00"}
        others = {"time": "10:00", "number": "1", "email": "somebody@riverside.example"}
        return self.value or {**days, **others}.get(self.kind, SOME_WORDS)


@dataclass
class Form:
    """A form of a page: its target, its hidden fields, and its controls by name."""

    action: str
    method: str
    hidden: dict[str, list[str]] = field(default_factory=dict)
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def asks(self) -> dict[str, str]:
        """The kind of each visible control, by name."""
        return {name: control.kind for name, control in self.controls.items()}

    def filled(self, today: date) -> list[dict[str, Any]]:
        """What is sent when it is plausibly filled in, once for each of its buttons."""
        said = {name: control.plausible(today) for name, control in self.controls.items()}
        return [
            {**self.hidden, **said, **({name: value} if name else {})}
            for name, value in self.buttons or [("", "")]
        ]

    def ticked(self) -> dict[str, list[str]]:
        """Every checkbox checked, and the last of each group of radios."""
        return {
            name: control.choices if control.kind == "checkbox" else control.choices[-1:]
            for name, control in self.controls.items()
            if control.kind in ("checkbox", "radio")
        }


class FormReader(HTMLParser):
    """Collect the forms of the page at this address."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._within: Control | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(told.get("action") or self.url, told.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is None:
            return
        elif tag == "option" and self._within is not None:
            self._within.choices.append(told.get("value", ""))
            if "selected" in told:
                self._within.checked.append(told.get("value", ""))
        elif tag == "button" and told.get("type", "submit") == "submit":
            self._open.buttons.append((told.get("name", ""), told.get("value", "")))
        elif tag in ("input", "textarea", "select") and told.get("name"):
            self._take(self._open, tag, told)

    def _take(self, form: Form, tag: str, told: dict[str, str]) -> None:
        name, kind = told["name"], told.get("type", "text") if tag == "input" else tag
        if kind == "hidden":
            form.hidden.setdefault(name, []).append(told.get("value", ""))
            return
        if kind in NOT_ASKED or "disabled" in told:
            return
        if told.get("inputmode") in NUMERIC:
            kind = "number"
        control = form.controls.setdefault(name, Control(name, kind))
        if kind in ("checkbox", "radio"):
            control.choices.append(told.get("value", "on"))
            if "checked" in told:
                control.checked.append(told.get("value", "on"))
        elif tag == "input":
            control.value = told.get("value", "")
        else:
            self._within = control

    def handle_data(self, data: str) -> None:
        if self._within is not None and self._within.kind == "textarea":
            self._within.value += data.lstrip("\n") if not self._within.value else data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag in ("textarea", "select"):
            self._within = None


def forms(url: str, html: str) -> list[Form]:
    """The forms of the page at this address."""
    reader = FormReader(url)
    reader.feed(html)
    return reader.forms
