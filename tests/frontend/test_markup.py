"""Our components produce the markup of GOV.UK Frontend's own examples (npm run fixtures)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.utils.safestring import SafeString

from foundation import widgets
from foundation.forms import PlainForm
from tests.frontend.markup import Element, read, settle

EXAMPLES = json.loads(Path(__file__).with_name("govuk_fixtures.json").read_text())["examples"]

# Our deliberate differences.
OUR_ATTRIBUTES = (
    "data-module",  # ours or theirs: some of their scripts are not used
    "data-prevent-double-click",  # every button of ours
    "data-i18n",  # their scripts' words are translated
    "role",  # a link is a link; tables that become cards say what they are
    "draggable",
    "data-label",  # names the cell on a card
    "autocomplete",
    "spellcheck",
    "aria-label",  # translated, in our words
    "name",
    "value",
)
OUR_CLASSES = (
    "app-",
    "govuk-label--s",  # labels are bold: a page here asks more than one thing
    "govuk-fieldset__legend--s",
    "govuk-tag--blue",  # our tags have one look unless a tone is named
)
OUR_WORDS = {
    "There is a problem": "Please check these things",
    "Important": "Please note",
    "Success": "Done",
    "You can enter up to 10 characters": "You can write up to 10 characters",
}

Options = dict[str, Any]


def component(name: str, **context: Any) -> str:
    names = " ".join(f"{key}={key}" for key in context)
    source = f'{{% include "components/{name}.html" with {names} only %}}'
    return str(engines["django"].from_string(source).render(context))


def field(options: Options, made: forms.Field) -> str:
    """The group of a field with this example's label, hint and error."""
    made.label = options.get("label", options.get("fieldset", {}).get("legend", {}))["text"]
    made.help_text = options.get("hint", {}).get("text", "")
    form = type("Example", (PlainForm,), {"answer": made})(data={}, auto_id="%s")
    form.full_clean()
    form.errors.clear()
    if error := options.get("errorMessage"):
        form.add_error("answer", error["text"])
    return str(form["answer"].as_field_group())


def choices(options: Options, widget: Callable[..., Any], kind: type[forms.ChoiceField]) -> str:
    items = options["items"]
    made = kind(
        choices=[(item["value"], item["text"]) for item in items],
        widget=widget(
            hints={item["value"]: item["hint"]["text"] for item in items if "hint" in item},
            inline="inline" in options.get("classes", ""),
        ),
    )
    return field(options, made)


def text_input(options: Options) -> str:
    width = 5 if "width-5" in options.get("classes", "") else None
    widget = widgets.TextInput(width=width, suffix=options.get("suffix", {}).get("text", ""))
    widget.prefix = options.get("prefix", {}).get("text", "")
    return field(options, forms.CharField(widget=widget))


def rows(options: Options) -> list[dict[str, str]]:
    return [
        {"key": row["key"]["text"], "value": row["value"].get("text", "")}
        for row in options["rows"]
    ]


def table(options: Options) -> str:
    head = [{**cell, "numeric": cell.get("format") == "numeric"} for cell in options["head"]]
    cells = [[cell["text"] for cell in row] for row in options["rows"]]
    source = engines["django"].from_string("{% load components %}{% table caption head rows %}")
    return str(source.render({"caption": options["caption"], "head": head, "rows": cells}))


def error_summary(options: Options) -> str:
    mistakes = [
        {"message": each["text"], "target": each.get("href", "")[1:]}
        for each in options["errorList"]
    ]
    return component("error_summary", mistakes=mistakes)


def task_list(options: Options) -> str:
    items = [
        {
            "title": item["title"]["text"],
            "href": item.get("href"),
            "status": item["status"].get("text") or item["status"]["tag"]["text"],
            "done": "text" in item["status"],
        }
        for item in options["items"]
    ]
    return component("task_list", items=items)


def button(options: Options) -> str:
    kind = options.get("classes", "").removeprefix("govuk-button--")
    if href := options.get("href"):
        return component("link_button", text=options["text"], href=href, kind=kind)
    return component("button", text=options["text"], kind=kind)


DRAWN: dict[str, Callable[[Options], str]] = {
    "back-link": lambda options: component("back_link", href="#"),
    "breadcrumbs": lambda options: component("breadcrumbs", items=options["items"]),
    "button": button,
    "character-count": lambda options: field(
        options,
        forms.CharField(
            widget=widgets.Textarea(count=True, free=False), max_length=options["maxlength"]
        ),
    ),
    "checkboxes": lambda options: choices(
        options, widgets.CheckboxSelectMultiple, forms.MultipleChoiceField
    ),
    "details": lambda options: component(
        "details",
        summary=options["summaryText"],
        text=options["text"],
        open=options.get("open", False),
    ),
    "error-summary": error_summary,
    "file-upload": lambda options: field(options, forms.FileField(widget=widgets.FileInput())),
    "input": text_input,
    "inset-text": lambda options: component("inset_text", text=options["text"]),
    "notification-banner": lambda options: component(
        "notification_banner", text=options["text"], kind=options.get("type", "info")
    ),
    "panel": lambda options: component(
        "panel", heading=options["titleHtml"], text=SafeString(options["html"])
    ),
    "password-input": lambda options: field(
        options, forms.CharField(widget=widgets.PasswordInput())
    ),
    "radios": lambda options: choices(options, widgets.RadioSelect, forms.ChoiceField),
    "select": lambda options: field(
        options,
        forms.ChoiceField(
            choices=[(item["value"], item["text"]) for item in options["items"]],
            widget=widgets.Select(),
        ),
    ),
    "summary-list": lambda options: component(
        "summary_list", rows=rows(options), plain="no-border" in options.get("classes", "")
    ),
    "table": table,
    "tag": lambda options: component("tag", text=options["text"]),
    "task-list": task_list,
    "textarea": lambda options: field(
        options, forms.CharField(widget=widgets.Textarea(free=False))
    ),
    "warning-text": lambda options: component("warning_text", text=options["text"]),
}


def settled(html: str) -> Element:
    root = read(html)
    for element in root.all():
        for state in ("checked", "selected", "disabled"):
            element.attributes.pop(state, None)
        if element.tag == "details":  # The examples name one; ours need no name.
            element.attributes.pop("id", None)
        if element.tag == "dd":  # The examples put paragraphs here; ours is text.
            element.children = [child for child in element.children if isinstance(child, str)]
        # Our back link stands in a landmark, our table cells' text in a span (for cards).
        for place, child in enumerate(element.children):
            bare = isinstance(child, Element) and not child.classes
            if bare and isinstance(child, Element) and child.tag in {"nav", "span"}:
                element.children[place : place + 1] = child.children
    return settle(
        root,
        without_attributes=OUR_ATTRIBUTES,
        without_classes=OUR_CLASSES,
        words=OUR_WORDS,
    )


@pytest.mark.parametrize(
    ("name", "example"), [(name, each) for name, examples in EXAMPLES.items() for each in examples]
)
def test_a_component_has_the_markup_of_its_example(name: str, example: str) -> None:
    given = EXAMPLES[name][example]
    assert settled(DRAWN[name](given["options"])) == settled(given["html"])
