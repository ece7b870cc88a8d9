"""The parts of a page: two pages with the same parts look alike to a check.

Findings depend on markup, not on whose name it contains. A part that was checked once in a run is
not checked again, wherever it occurs.
"""

import json
import os
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from devtools import worker

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
    """The parts checked so far; with a name, by all processes of a test run."""

    name: str = ""
    _known: set[str] = field(default_factory=set)
    # How much of the file that all processes write was read.
    _read: int = 0

    @property
    def parts(self) -> set[str]:
        if (file := self._file()) is not None and file.exists():
            with file.open("rb") as written:
                written.seek(self._read)
                for line in written:
                    if not line.endswith(b"\n"):  # Somebody is still writing it.
                        break
                    self._known.update(json.loads(line))
                    self._read += len(line)
        return self._known

    def new(self, parts: frozenset[str]) -> bool:
        """Whether any part is new; marks all as checked."""
        new = parts - self.parts
        self._known.update(new)
        if new and (file := self._file()) is not None:
            with file.open("ab", buffering=0) as written:
                written.write(json.dumps(sorted(new)).encode() + b"\n")
        return bool(new)

    def _file(self) -> Path | None:
        folder = os.environ.get(worker.FOLDER)
        return Path(folder) / f"looked-at-{self.name}" if self.name and folder else None


# Looked at in every way; checked by axe with everything unfolded; checked by axe as they came.
LOOKED_AT, UNFOLDED, AS_THEY_CAME = map(LookedAt, ("all", "unfolded", "as-they-came"))


def new_to_axe(parts: frozenset[str], *, unfolded: bool) -> bool:
    """Whether axe has not checked these parts; marks them as checked."""
    if parts <= LOOKED_AT.parts or parts <= UNFOLDED.parts:
        return False
    return (UNFOLDED if unfolded else AS_THEY_CAME).new(parts)
