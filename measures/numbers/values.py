"""One cell of a sheet: a number, several, or nothing."""

import re
from decimal import Decimal

from foundation.numbers import TwoWays, plain, read, strict, words

MISSING = frozenset({"", "*"})

_APART = re.compile(r"[\s;]+")
# It also matches two or three numbers with commas between them: 1,200 and, with decimal commas,
# 3,5.
_ONE_OR_MORE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+,\d+", re.ASCII)
LONGEST_NUMBER = 20
# Files are read by US conventions, whoever imports them.
LANGUAGE = "en"


# No thousands start like this.
_BELOW_ONE = re.compile(r"-?0,\d+", re.ASCII)


def number(text: str) -> Decimal | None:
    """The number, with or without thousands separators; None if it is none."""
    if " " in text or len(text) > LONGEST_NUMBER:
        return None
    return Decimal(text.replace(",", ".")) if _BELOW_ONE.fullmatch(text) else strict(text)


def readings(text: str, places: int) -> tuple[Decimal, ...]:
    """Both readings of an ambiguous number with one mark; otherwise empty.

    `places`: how many decimals such numbers usually have; 1.250 is no count of 1¼.
    """
    found = read(text, places=places, language=LANGUAGE)
    return found.readings if isinstance(found, TwoWays) else ()


def unmistakable(value: Decimal, places: int) -> str:
    """The number in a form that nobody can misread."""
    text = plain(value, language=LANGUAGE)
    return f"{text}0" if readings(text, places) else text


def grouped(value: Decimal) -> str:
    """As written in sentences: 14,768."""
    return words(value, LANGUAGE)


def has_numbers(text: str) -> bool:
    """Whether it is a number, or several and nothing else."""
    found, wrong = several(text)
    return bool(found) and not wrong


def several(text: str) -> tuple[list[Decimal], list[str]]:
    """The numbers in a text, separated by spaces, commas, semicolons or line ends; and the rest.

    1,200 and 3,5 could each be one number or two, so they are rejected.
    """
    found: list[Decimal] = []
    wrong: list[str] = []
    for part in _APART.split(text):
        unclear = _ONE_OR_MORE.fullmatch(part.strip(","))
        for entry in [part.strip(",")] if unclear else part.split(","):
            value = None if unclear else number(entry)
            if value is not None:
                found.append(value)
            elif entry:
                wrong.append(entry)
    return found, wrong
