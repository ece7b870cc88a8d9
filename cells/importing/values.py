"""One cell of a sheet: a number, several, or nothing."""

import re
from decimal import Decimal

MISSING = frozenset({"", "*"})

_APART = re.compile(r"[\s;]+")
# Also two numbers or three, with commas between them.
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?", re.ASCII)


def number(text: str) -> Decimal | None:
    """The number, with or without thousands marked; None if it is none."""
    found = _NUMBER.fullmatch(text)
    if not found or not any(letter.isdigit() for letter in text) or len(text) > 20:
        return None
    return Decimal(text.replace(",", ""))


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
