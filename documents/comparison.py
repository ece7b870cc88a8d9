"""A diff of two texts in reading order: kept, removed and added words; plain Python."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

WORDS = re.compile(r"\s+|[^\s]+")


class WordChange(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    change: WordChange
    text: str


def _spans(old: list[str], new: list[str]) -> Iterator[tuple[str, list[str], list[str]]]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        yield tag, old[old_from:old_to], new[new_from:new_to]


def _words(old: str, new: str) -> list[Piece]:
    pieces = []
    for tag, went, came in _spans(WORDS.findall(old), WORDS.findall(new)):
        if tag == "equal":
            pieces.append(Piece(WordChange.SAME, "".join(went)))
            continue
        if went:
            pieces.append(Piece(WordChange.REMOVED, "".join(went)))
        if came:
            pieces.append(Piece(WordChange.ADDED, "".join(came)))
    return pieces


def paragraphs(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def compare(old: str, new: str) -> list[list[Piece]]:
    """Compare paragraph by paragraph, and word by word within changed ones."""
    found: list[list[Piece]] = []
    for tag, went, came in _spans(paragraphs(old), paragraphs(new)):
        if tag == "equal":
            found += [[Piece(WordChange.SAME, each)] for each in went]
            continue
        # Pair changed paragraphs while both sides have one; the rest were added or removed whole.
        for before, after in zip(went, came, strict=False):
            found.append(_words(before, after))
        found += [[Piece(WordChange.REMOVED, each)] for each in went[len(came) :]]
        found += [[Piece(WordChange.ADDED, each)] for each in came[len(went) :]]
    return found
