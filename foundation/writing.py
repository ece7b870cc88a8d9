"""What stands beside every box in which somebody writes freely: whom to call, what the law asks."""

from collections.abc import Callable
from dataclasses import dataclass

from django.forms import Field, widgets
from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Contact:
    """Somebody outside of the program who can be called."""

    kind: Words
    name: str
    phone: str
    address: str = ""


@dataclass(frozen=True)
class Outside:
    """What an agency has entered: contacts outside, the state's reporting rule and its hotline."""

    contacts: tuple[Contact, ...] = ()
    rule: str = ""
    hotline: Contact | None = None
    whole: bool = False


_NOTHING = Outside()
_source: list[Callable[[], Outside]] = []


def register(source: Callable[[], Outside]) -> None:
    """Answer, from now on, for the agency that is entered; the last one that registers counts."""
    _source[:] = [source]


def outside() -> Outside:
    """What the agency that is entered has written down; nothing where none is entered."""
    return _source[0]() if _source else _NOTHING


def is_free(field: Field) -> bool:
    """Whether the field is a box in which a person may write what happened to them.

    Every box of several lines is one, unless its widget says `free=False`.
    """
    return isinstance(field.widget, widgets.Textarea) and getattr(field.widget, "free", True)
