"""What stands beside every free-text box: whom to call, what the law requires."""

from collections.abc import Callable
from dataclasses import dataclass

from django.forms import Field, widgets
from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Contact:
    """Somebody outside the program whom people can call."""

    kind: Words
    name: str
    phone: str
    address: str = ""


@dataclass(frozen=True)
class Outside:
    """What an agency has entered: outside contacts, the state's reporting rule and its hotline."""

    contacts: tuple[Contact, ...] = ()
    rule: str = ""
    hotline: Contact | None = None
    whole: bool = False


_NOTHING = Outside()
_source: list[Callable[[], Outside]] = []


def register(source: Callable[[], Outside]) -> None:
    """Register the source for the entered agency; the last one registered counts."""
    _source[:] = [source]


def outside() -> Outside:
    """What the entered agency has recorded; nothing outside an agency."""
    return _source[0]() if _source else _NOTHING


def is_free(field: Field) -> bool:
    """Whether people may write freely in the field about what happened to them.

    That is every box of several lines, unless its widget says `free=False`.
    """
    return isinstance(field.widget, widgets.Textarea) and getattr(field.widget, "free", True)
