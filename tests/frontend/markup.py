"""HTML as a comparable tree: white space, ids and attribute order don't count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "use", "path"}
REFERRING = ("id", "for", "aria-describedby", "aria-labelledby", "aria-controls")


@dataclass
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    def all(self) -> list["Element"]:
        found = [self]
        for child in self.children:
            if isinstance(child, Element):
                found += child.all()
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("document")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            closed = self.open.pop()
            assert closed.tag == tag, f"<{closed.tag}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        if text := " ".join(data.split()):
            self.open[-1].children.append(text)


def read(html: str) -> Element:
    reader = _Reader()
    reader.feed(html)
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is not closed"
    return reader.open[0]


def settle(
    root: Element,
    *,
    without_attributes: tuple[str, ...],
    without_classes: tuple[str, ...],
    words: Mapping[str, str],
) -> Element:
    """The tree with ids numbered in order, without what may differ."""
    numbers: dict[str, str] = {}
    for element in root.all():
        if name := element.attributes.get("id"):
            numbers.setdefault(name, f"#{len(numbers)}")
    for element in root.all():
        kept = {
            name: value
            for name, value in element.attributes.items()
            if not name.startswith(without_attributes)
        }
        for name in REFERRING:
            if name in kept:
                kept[name] = " ".join(numbers.get(each, each) for each in kept[name].split())
        if "class" in kept:
            own = {each for each in element.classes if not each.startswith(without_classes)}
            kept["class"] = " ".join(sorted(own))
        element.attributes = dict(sorted(kept.items()))
        element.children = [
            words.get(child, child) if isinstance(child, str) else child
            for child in element.children
        ]
    return root
