"""Rejects columns that may describe individuals: files hold numbers of groups."""

import re
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.sheets.headings import (
    BIRTHS,
    CONTACTS,
    NAMES,
    RECORDS,
    SOCIAL_SECURITY,
    kind_of_heading,
)
from foundation.sheets.limits import LONGEST_NAME
from measures.importing.days import day
from measures.numbers.values import number

# Anywhere in a cell: surrounding text does not make them less private.
# No repetition at the start: cells may be long, and every position is tried.
_EMAIL = re.compile(r"[^@\s]@[^@\s]{1,200}\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\d)(\+?1[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)")
_WORD = r"[^\W\d_]['\u2019\w-]*"
_NAME = re.compile(rf"{_WORD}[^\W\d_],? (?:[^\W\d_]\.? )?{_WORD}[^\W\d_]")
# Codes of letters and digits, and zero-padded numbers: no count looks like this.
_RECORD = re.compile(r"[A-Z]{1,4}[ -]?\d{5,}|0\d{5,}|\d{9,12}", re.ASCII)
# Foreign date formats; `day` reads those an import accepts.
_DAY = re.compile(
    r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})|(\d{4})[./](\d{1,2})[./](\d{1,2})", re.ASCII
)
# One name says little; a column of many different ones does.
FEW = 5
MOSTLY = 0.8
LIFETIME = 20


def refuse_private(
    head: Sequence[str], rows: Sequence[Sequence[str]], others: Sequence[Sequence[str]] = ()
) -> None:
    """Raise ValidationError naming the columns that seem to describe individuals.

    `others`: lines above the header and the first below it, which may name the columns as well.
    """
    found = []
    for at, name in enumerate(head):
        values = [row[at] for row in rows if row[at]]
        what = (
            kind_of_heading(name)
            or _by_values([*([name] if _tells_by_itself(name) else []), *values])
            or _by_other_heads([line[at] for line in others if line[at]], values)
        )
        if what is not None:
            found.append(
                _("The column “%(name)s” looks like %(what)s.")
                % {"name": _column_of(name, at), "what": what}
            )
    if found:
        found.append(
            _("Only numbers about groups belong here. Take such columns out of the file, please.")
        )
        raise ValidationError(" ".join(found))


def _tells_by_itself(value: str) -> bool:
    return any(pattern.search(value) for pattern in (SOCIAL_SECURITY, _EMAIL, _PHONE))


def _column_of(name: str, at: int) -> str:
    """The column's name, unless the name itself is private."""
    return _("Column %(number)d") % {"number": at + 1} if _tells_by_itself(name) else name


def _by_other_heads(texts: Sequence[str], values: Sequence[str]) -> Promise | None:
    """What another line than the header says the column holds.

    Text above dates or numbers of groups, such as a title, does not name the column.
    """
    texts = [text for text in texts if kind_of_heading(text[:LONGEST_NAME])]
    if not texts:
        return None
    values = [value for value in values if value not in texts]
    days = sum(_day_of(value) is not None for value in values)
    counts = sum(number(value) is not None for value in values)
    for text in texts:
        what = kind_of_heading(text[:LONGEST_NAME])
        if what is BIRTHS and days:
            return what
        words = len(values) - days - (0 if what is RECORDS else counts)
        if what is not None and what is not BIRTHS and words:
            return what
    return None


def _by_values(values: Sequence[str]) -> Promise | None:
    for pattern, what in ((SOCIAL_SECURITY, RECORDS), (_EMAIL, CONTACTS), (_PHONE, CONTACTS)):
        if any(pattern.search(value) for value in values):
            return what
    if len(values) < FEW:
        return None
    for is_one, what in ((_is_name, NAMES), (_RECORD.fullmatch, RECORDS)):
        different = {value for value in values if is_one(value)}
        if len(different) >= FEW and len(different) >= MOSTLY * len(values):
            return what
    return BIRTHS if _look_like_births(values) else None


def _is_name(value: str) -> bool:
    """Two or three capitalized words; also with accents, or all capitals."""
    if not _NAME.fullmatch(value):
        return False
    return all(word[:1].isupper() for word in value.replace(",", " ").split())


def _look_like_births(values: Sequence[str]) -> bool:
    """Unordered days spread over a lifetime; periods, in contrast, follow one another."""
    days = [found for value in values if (found := _day_of(value)) is not None]
    if len(days) < FEW or len(days) < MOSTLY * len(values):
        return False
    if len(set(days)) < MOSTLY * len(days):
        return False
    wide = max(days).year - min(days).year >= LIFETIME
    return wide and days != sorted(days) and days != sorted(days, reverse=True)


def _day_of(value: str) -> date | None:
    """A date, also in foreign formats with the day or the year first."""
    if (found := day(value)) is not None or (elsewhere := _DAY.fullmatch(value)) is None:
        return found
    first, second, year, *_rest = elsewhere.groups()
    if year is None:
        year, second, first = elsewhere.group(4, 5, 6)
    try:
        return date(int(year), int(second), int(first))
    except ValueError:
        return None
