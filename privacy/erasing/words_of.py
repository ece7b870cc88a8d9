"""The words by which a person could be named in a text, and the pattern that finds them."""

import re
from collections.abc import Iterable

from accounts.forgetting import Known
from foundation.personal_data import FORMER, NAME_REMOVED, TAKEN_BACK

# Shorter words of a name ("de", "Jo") would be found everywhere.
SHORTEST = 3
# Digits of a phone number, however they are grouped.
PHONE = re.compile(r"\+?\d(?:[ ().\-/]{0,3}\d){6,}")
MAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.\w+")
NAME_WORD = re.compile(r"[^\W\d_]{3,}(?:['’-][^\W\d_]+)*")
BETWEEN_DIGITS = "[^0-9]{0,3}"
OURS = {FORMER, NAME_REMOVED, TAKEN_BACK}


def pattern_of(known: Known) -> str:
    """A regular expression for PostgreSQL and Python alike; empty if there is nothing to find."""
    names = {each.strip() for each in known.names} - {FORMER}
    words = {word for name in names for word in NAME_WORD.findall(name)}
    contacts = {each.strip() for each in known.contacts}
    numbers = {number for each in contacts for number in PHONE.findall(each)}
    mails = {mail for each in contacts for mail in MAIL.findall(each)}
    plain = {each for each in names | words | contacts | mails if len(each) >= SHORTEST}
    parts = {_spaced(each) for each in plain} | {_grouped(each) for each in numbers}
    return "|".join(sorted(parts, key=lambda each: (-len(each), each)))


def any_of(words: Iterable[str]) -> str:
    """A pattern for exactly these words."""
    return "|".join(_escaped(each) for each in sorted(words, key=lambda each: (-len(each), each)))


def found_in(text: str, pattern: str) -> list[str]:
    """The words of the pattern that stand in a text, as they are written there; longest first.

    Words that are part of another one do not count.
    """
    for ours in OURS:
        text = text.replace(ours, " ")
    # In JSON, a line break is a backslash and a letter.
    bordered = rf"(?:(?<![^\W_])|(?<=\\[nrt]))(?:{pattern})(?![^\W_])"
    found = {each.group() for each in re.finditer(bordered, text, re.IGNORECASE)}
    return sorted(found, key=lambda each: (-len(each), each))


def _spaced(words: str) -> str:
    return r"(?:\s|\\[nrt])+".join(_escaped(each) for each in words.split())


def _grouped(number: str) -> str:
    return BETWEEN_DIGITS.join(re.sub(r"\D", "", number))


def _escaped(words: str) -> str:
    # Both dialects take a backslash before anything but letters, digits and spaces.
    return re.sub(r"([^\w\s]|_)", r"\\\1", words)
