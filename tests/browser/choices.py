"""Choices that read the same: two people of one name, two lines of one sum."""

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from tests.browser.crawl import Found
from tests.browser.forms import SOME_WORDS

# What every page with choices contains.
CHOSEN_FROM = ("<option", "checkbox", "radio")


class _Chosen(HTMLParser):
    """Collect choices: their question, their words, and what is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, tuple[str, str]] = {}
        self.labels: dict[str, str] = {}
        self.options: list[tuple[str, str, str]] = []
        self._form = self._select = self._row = 0
        self._value = self._label = ""
        self._legends: list[str] = []
        self._into: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form += 1
        elif tag == "tr":
            self._row, self._header = self._row + 1, ""
        elif tag == "fieldset":
            self._legends.append("")
        elif tag in ("legend", "label", "option", "th"):
            self._into.append(tag)
            self._label, self._value = told.get("for", ""), told.get("value", "")
            if tag == "option":
                self.options.append((f"select {self._select}", "", self._value))
        elif tag == "select":
            self._select += 1
        elif tag == "input" and told.get("type") in ("checkbox", "radio") and "id" in told:
            by_itself = told["name"] if told["type"] == "radio" else ""
            question = f"{self._form} {by_itself} {self._header} {self._legends}"
            self.boxes[told["id"]] = question, f"{told['name']}={told.get('value', '')}"

    _header = ""

    def handle_data(self, data: str) -> None:
        if not self._into:
            return
        match self._into[-1]:
            case "label":
                self.labels[self._label] = self.labels.get(self._label, "") + data
            case "option":
                question, words, value = self.options[-1]
                self.options[-1] = question, words + data, value
            case "legend" if self._legends:
                self._legends[-1] += data
            case "th":
                self._header += data

    def handle_endtag(self, tag: str) -> None:
        if self._into and self._into[-1] == tag:
            self._into.pop()
        elif tag == "fieldset" and self._legends:
            self._legends.pop()

    def all(self) -> Iterator[tuple[str, str, str]]:
        yield from self.options
        for key, (question, value) in self.boxes.items():
            yield question, self.labels.get(key, ""), value


def alike_in(html: str) -> Iterator[str]:
    """The words shared by several choices of a question."""
    if not any(each in html for each in CHOSEN_FROM):
        return
    page = _Chosen()
    page.feed(html)
    seen: dict[tuple[str, str], str] = {}
    for question, said, value in page.all():
        words = " ".join(said.split())
        if words and seen.setdefault((question, words), value) != value:
            yield words


def alike(found: Iterable[Found]) -> Iterator[str]:
    for each in found:
        for words in alike_in(each.html):
            # The crawl itself has written this there, more than once.
            if words == SOME_WORDS:
                continue
            yield f"{each.url}: two choices read “{words}”"
