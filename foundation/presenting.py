"""What presenters make pages of: links in a line of their own, and facts as pairs."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from django.utils import formats, timezone


@dataclass(frozen=True)
class PageLink:
    """A way on (components/ways_on.html, components/link_list.html).

    `about`: of what, for screen readers; `download`: it leads to a file.
    """

    text: str
    href: str
    about: str = ""
    download: bool = False


@dataclass(frozen=True)
class EmptyShown:
    """What stands in place of a list that is empty (components/empty_state.html)."""

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
    """A date within a sentence, as the pages write it."""
    return formats.date_format(on, "F j, Y")


def written_time(at: datetime) -> str:
    """A moment within a sentence, as the pages write it."""
    return formats.date_format(timezone.localtime(at), "F j, Y, g:i a")
