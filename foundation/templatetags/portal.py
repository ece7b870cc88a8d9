"""Tags for addresses inside the agency, codes of rows, and slots that other apps fill."""

from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from foundation import keys, slots
from foundation.addresses import at as address
from foundation.prose import prose as as_html

register = template.Library()


@register.simple_tag(takes_context=True)
def at(context: Context, name: str, **kwargs: Any) -> str:
    """The address of a page inside the request's agency."""
    return address(context["request"].agency, name, **kwargs)


@register.filter
def code(row: Any) -> str:
    """The row's code for form names, values and queries; addresses encode it by themselves."""
    return keys.code_of(row)


@register.filter
def prose(text: str, top: int = 2) -> SafeString:
    """A text with headings, lists, bold words and blanks, as HTML; `top`: its first level."""
    return as_html(text, top)


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, subject: Any = None) -> SafeString:
    """The partials that other apps add here for this subject."""
    request = context["request"]
    filled = slots.fillings(name, request, subject)
    return mark_safe(  # noqa: S308 - each part was escaped by its own template
        "".join(render_to_string(name, values, request=request) for name, values in filled)
    )
