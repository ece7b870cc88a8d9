"""The parts of a page: two pages with the same parts look alike to a check.

Findings depend on markup, not on whose name it contains. A part that was checked once in a run is
not checked again, wherever it occurs.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(("br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))
# Attributes whose values distinguish parts.
TOLD = ("class", "role", "type", "data-module")
# Attributes whose presence distinguishes parts, besides all that begin with `aria-`.
THERE = ("alt", "disabled", "for", "hidden", "href", "scope", "tabindex", "title")
CONTROLS = ("input", "select", "textarea")
WITHIN = 3


class Parts(HTMLParser):
    """The distinct paths of tags, with their classes, roles and the names of some attributes.

    For a label it includes what precedes it, since a checkbox's state is drawn on its label.
    """

    def __init__(self) -> None:
        super().__init__()
        self.paths: set[str] = set()
        self.links: list[str] = []
        self._open: list[str] = []
        self._before = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a" and told.get("href"):
            self.links.append(told["href"] or "")
        name = " ".join([tag, *(f"{key}={told[key]}" for key in TOLD if key in told)])
        others = sorted(key for key in told if key in THERE or key.startswith("aria-"))
        if tag in CONTROLS and "id" in told:  # The control that its label names.
            others.append("id")
        after = [f"after {self._before}"] if tag == "label" else []
        self.paths.add("/".join([*self._open[-WITHIN:], " ".join([name, *others]), *after]))
        self._before = name
        if tag not in VOID:
            self._open.append(name)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().partition(" ")[0] != tag:
            pass


def parts_of(html: str) -> frozenset[str]:
    """The parts of a page."""
    reader = Parts()
    reader.feed(html)
    return frozenset(reader.paths)


@dataclass
class LookedAt:
    """The parts checked so far."""

    parts: set[str] = field(default_factory=set)

    def new(self, parts: frozenset[str]) -> bool:
        """Whether any part is new; marks all as checked."""
        new = not parts <= self.parts
        self.parts.update(parts)
        return new


# Per process: all browser tests run in one.
LOOKED_AT = LookedAt()
