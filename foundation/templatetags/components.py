"""Tags that the shared components need: icons, statuses, error summaries and the CSRF key."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.middleware.csrf import get_token
from django.template.context import Context
from django.template.defaultfilters import floatformat
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.renderer import summary_context
from foundation.writing import outside

register = template.Library()


def _draw(component: str, **context: Any) -> SafeString:
    """Render a component inside a sentence, without its trailing line break."""
    return SafeString(render_to_string(f"components/{component}.html", context).strip())


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite, hidden from screen readers, so put a word beside it."""
    return _icon(name, static("icons.svg"))


# Ten of them are on every page.
@lru_cache(maxsize=256)
def _icon(name: str, sprite: str) -> SafeString:
    return _draw("icon", name=name, sprite=sprite)


@register.simple_tag
def status(code: str, label: str = "") -> SafeString:
    """A status as icon, word and tint: met, at_risk, not_met, no_data or founding."""
    return _draw("status", status=code, label=label)


@register.simple_tag
def tag(text: str, tone: str = "") -> SafeString:
    """A short word that names a state."""
    return _draw("tag", text=text, tone=tone)


@register.simple_tag
def day(value: date | None, *, weekday: bool = False, time: bool = False) -> SafeString:
    """A date (or, with `time`, a moment) as people say it."""
    return _draw("date", value=value, weekday=weekday, time=time)


@register.filter
def dollars(value: Decimal) -> str:
    """A dollar amount inside a sentence, with the sign before the currency."""
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    return f"{sign}${floatformat(abs(value), '2g')}"


@register.simple_tag
def money(value: Decimal | None) -> SafeString:
    """An amount in dollars."""
    return _draw("money", value=value)


@register.inclusion_tag("components/link_button.html")
def link_button(href: str, text: str, kind: str = "") -> dict[str, str]:
    """A link to another page that looks like a button; `kind` is "secondary" for a quieter one."""
    return {"href": href, "text": text, "kind": kind}


@register.simple_tag
def person(name: str, role: str = "", *, you: bool = False) -> SafeString:
    """A person by display name."""
    return _draw("person", name=name, role=role, you=you)


def _tick_id(field: BoundField, value: object) -> str:
    return f"{field.auto_id}-{value}"


@register.simple_block_tag
def choice(
    content: SafeString,
    kind: str,
    name: str,
    value: object,
    id: str,  # noqa: A002 - the attribute's own name
    checked: bool = False,
) -> SafeString:
    """A checkbox ("checkboxes") or radio ("radios") labeled with the tag's content."""
    return _draw("choice", kind=kind, name=name, value=value, id=id, checked=checked, words=content)


@register.simple_block_tag
def tick(content: SafeString, field: BoundField, value: object) -> SafeString:
    """One checkbox of a multiple-choice field, labeled with the tag's content.

    It is checked as it was sent, or else as the form's initial value says.
    """
    ticked = {str(each) for each in field.value() or ()}
    return choice(
        content,
        "checkboxes",
        field.html_name,
        value,
        _tick_id(field, value),
        checked=str(value) in ticked,
    )


@register.filter
def any_href(rows: Iterable[Mapping[str, Any]]) -> bool:
    """Whether any of the rows has a link."""
    return any(row.get("href") for row in rows)


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm | None) -> dict[str, Any]:
    """The form's errors, shown once per response; nothing if there are none."""
    return summary_context(form) if isinstance(form, BaseForm) else {"mistakes": []}


@register.simple_tag
def danger() -> SafeString:
    """Whom to call in danger and what the law requires, above a free-text box."""
    return _draw("danger", outside=outside())


@register.simple_tag
def outside_contacts() -> SafeString:
    """Whom people can call outside the program, and the state's reporting rule."""
    return _draw("outside", subject=outside())


@register.simple_tag
def danger_on_paper() -> SafeString:
    """The danger notice for printed sheets that people write on, with nothing folded away."""
    return _draw("danger", outside=outside(), paper=True)


# All that the template asks a cell for: looking in vain takes it ten times as long.
_CELL = {"text": "", "href": "", "status": "", "tag": "", "tone": "", "whole": False}


@register.inclusion_tag("components/table.html")
def table(
    caption: str, head: Sequence[Any], rows: Iterable[Sequence[Any]], quiet_caption: bool = False
) -> dict[str, Any]:
    """A table whose rows become cards on a narrow screen.

    A head cell is its text or {text, numeric}. A cell is its text or a dict of text, href, status,
    tag, tone, whole (words of our own, which never break). The first cell of a row is its heading.
    """
    columns = [
        {"numeric": False, **(each if isinstance(each, dict) else {"text": each})} for each in head
    ]

    def cell(given: Any, column: Mapping[str, Any]) -> dict[str, Any]:
        own = given if isinstance(given, dict) else {"text": "" if given is None else given}
        plain = not any(own.get(name) for name in ("href", "status", "tag"))
        kept = {"label": column["text"], "numeric": column["numeric"], "plain": plain}
        return {**_CELL, **kept, **own}

    def shown(row: Sequence[Any]) -> dict[str, Any]:
        heading, *cells = [cell(*pair) for pair in zip(row, columns, strict=True)]
        return {"heading": heading, "cells": cells}

    return {
        "caption": caption,
        "quiet_caption": quiet_caption,
        "head": columns,
        "rows": [shown(row) for row in rows],
    }


# Django masks the token for each response; the forms of one page share a mask.
_FIELD = "foundation.csrf_field"


@register.simple_tag(takes_context=True)
def csrf(context: Context) -> SafeString:
    """The hidden CSRF field; unlike Django's tag it also works in an `include … only`."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return SafeString("")
    secret, field = request.META.get(_FIELD, (None, SafeString("")))
    # Signing in makes a new secret.
    if secret is None or secret != request.META.get("CSRF_COOKIE"):
        token = get_token(request)
        field = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
        request.META[_FIELD] = (request.META["CSRF_COOKIE"], field)
    return SafeString(field)
