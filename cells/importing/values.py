"""One cell of a sheet: a number, several, or nothing."""

import re
from decimal import Decimal

from foundation.numbers import TwoWays, read, strict

MISSING = frozenset({"", "*"})

_APART = re.compile(r"[\s;]+")
# Also two numbers or three, with commas between them.
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
LONGEST_NUMBER = 20
# Files are read as spreadsheets here write them, whoever brings them.
LANGUAGE = "en"


def number(text: str) -> Decimal | None:
    """The number, with or without thousands marked; None if it is none."""
    return None if " " in text or len(text) > LONGEST_NUMBER else strict(text)


def readings(text: str, places: int) -> tuple[Decimal, ...]:
    """What a number with a comma could mean, where it could mean two things; nothing otherwise."""
    if "," not in text:
        return ()
    found = read(text, places=places, language=LANGUAGE)
    return found.readings if isinstance(found, TwoWays) else ()


def has_numbers(text: str) -> bool:
    """Whether it is a number, or several and nothing else."""
    found, wrong = several(text)
    return bool(found) and not wrong


def several(text: str) -> tuple[list[Decimal], list[str]]:
    """The numbers in a text, with spaces, commas, semicolons or line ends between; what is none.

    1,200 could be one number or two, so it is none.
    """
    found: list[Decimal] = []
    wrong: list[str] = []
    for part in _APART.split(text):
        unclear = _THOUSANDS.fullmatch(part.strip(","))
        for entry in [part.strip(",")] if unclear else part.split(","):
            value = None if unclear else number(entry)
            if value is not None:
                found.append(value)
            elif entry:
                wrong.append(entry)
    return found, wrong
