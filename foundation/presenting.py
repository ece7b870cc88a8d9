"""Parts that presenters build pages from: links on a line of their own, and facts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from django.utils import formats, timezone


@dataclass(frozen=True)
class PageLink:
    """A link (components/ways_on.html, components/link_list.html).

    `about`: its subject, for screen readers; `download`: it leads to a file.
    """

    text: str
    href: str
    about: str = ""
    download: bool = False


@dataclass(frozen=True)
class EmptyShown:
    """What an empty list shows in its place (components/empty_state.html)."""

    heading: str
    text: str
    action: str = ""
    href: str = ""
    kind: str = ""
    icon: str = ""


class Fact(TypedDict):
    """A row of components/summary_list.html."""

    key: str
    value: str


def written(on: date) -> str:
    """A date in a sentence, in the style of the pages."""
    return formats.date_format(on, "F j, Y")


def written_time(at: datetime) -> str:
    """A date and time in a sentence, in the style of the pages."""
    return formats.date_format(timezone.localtime(at), "F j, Y, g:i a")
