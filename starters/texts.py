"""The starter texts: Markdown files with named blanks, one folder a language.

A file begins with a few lines about the text, up to `---`:

    title: …          about: …          note: what to mind before it is handed out
    blank NAME: LABEL | HINT | CODE     CODE: the policy whose number it begins with
    shows ITEM: the words that answer this item of the document's checklist

Below them, `[[NAME]]` is a blank.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from foundation.prose import BLANK

FOLDER = Path(__file__).parent / "texts"


class TextCode(StrEnum):
    """The texts, by the name of their file and address."""

    MISSION = "mission"
    PROCESS = "process"
    CHARTER = "charter"
    PLAN = "plan"
    GROUND_RULES = "ground-rules"
    CELL_RULES = "cell-rules"
    AGENDA = "agenda"
    GUIDE = "guide"
    LETTER = "letter"
    STAFF_LETTER = "staff-letter"
    POSTER = "poster"


# By code, each language's name in that language.
LANGUAGES = {"en": "English", "es": "Español"}


@dataclass(frozen=True)
class Blank:
    """A blank of a text: its field on the form, and the policy whose number it begins with."""

    name: str
    label: str
    hint: str = ""
    policy: str = ""


@dataclass(frozen=True)
class StarterText:
    """One text in one language; `shows`: by checklist item, the words that answer it."""

    code: TextCode
    language: str
    title: str
    about: str
    note: str
    blanks: tuple[Blank, ...]
    shows: Mapping[str, str]
    body: str

    def filled(self, values: Mapping[str, str]) -> str:
        """The text with these values; a blank without one stays open, under its label."""
        return self._filled(self.body, values)

    def answer(self, item: str, values: Mapping[str, str]) -> str:
        """The words that answer an item of the checklist, with these values; empty for none."""
        return self._filled(self.shows.get(item, ""), values)

    def _filled(self, words: str, values: Mapping[str, str]) -> str:
        filled = {
            blank.name: tidy(values.get(blank.name, "")) or f"[[{blank.label}]]"
            for blank in self.blanks
        }
        return BLANK.sub(lambda found: filled[found[1]], words)


def tidy(value: str) -> str:
    """A value for a blank: in one line, and never a blank itself."""
    return " ".join(value.replace("[[", "").replace("]]", "").split())


@cache
def starter(code: TextCode, language: str) -> StarterText:
    """The text in this language, one of `LANGUAGES`."""
    return read(code, language, (FOLDER / language / f"{code}.md").read_text(encoding="utf-8"))


def read(code: TextCode, language: str, source: str) -> StarterText:
    """A text from the content of its file. ValueError for a line that says nothing known."""
    head, _, body = source.partition("\n---\n")
    told: dict[str, str] = {}
    blanks: list[Blank] = []
    shows: dict[str, str] = {}
    for line in head.splitlines():
        key, _, words = line.partition(": ")
        kind, _, name = key.partition(" ")
        if kind == "blank":
            blanks.append(Blank(name, *(part.strip() for part in words.split("|"))))
        elif kind == "shows":
            shows[name] = words
        elif key in ("title", "about", "note"):
            told[key] = words
        else:
            raise ValueError(f"{code}, {language}: {line}")
    return StarterText(
        code=code,
        language=language,
        title=told["title"],
        about=told["about"],
        note=told.get("note", ""),
        blanks=tuple(blanks),
        shows=shows,
        body=body.strip(),
    )
