"""Refuses columns that look as if they told of single people: files hold numbers of groups."""

import re
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cells.importing.values import day

PERSON = r"(?:client|patient|consumer|member|person|participant|resident|user|individual)"
NAMES = gettext_lazy("names of people")
BIRTHS = gettext_lazy("dates of birth")
RECORDS = gettext_lazy("record numbers")
CONTACTS = gettext_lazy("ways to reach people")

# Of a column's name, in small letters with single spaces.
_HEADS: tuple[tuple[str, Promise], ...] = (
    (r"(first|last|middle|given|family|full|maiden|sur|legal|preferred) ?names?", NAMES),
    (r"names?|surname|initials", NAMES),
    (r"ids?|id ?(numbers?|nos?|nr|#)|identifiers?|guid|uuid", RECORDS),
    (PERSON + r"s? names?", NAMES),
    (r".*\b(dob|date of birth|birth ?dates?|birth ?days?|born)\b.*", BIRTHS),
    (r".*\b(mrn|ssn|social security|medicaid|medicare)\b.*", RECORDS),
    (r".*\b(medical )?(record|chart|case) ?(numbers?|nos?|nr|ids?|#)(\b.*|$)", RECORDS),
    (PERSON + r"s? ?(numbers?|nos?|nr|ids?|#)", RECORDS),
    (r"(.* )?(e ?mail( address)?|(cell ?|tele)?phone( number)?|(street )?address)", CONTACTS),
)
_SSN = re.compile(r"\d{3}-\d{2}-\d{4}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"(\+?1[ .-]?)?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}")
_WORD = r"[^\W\d_]['\u2019\w-]*"
_NAME = re.compile(rf"{_WORD}[^\W\d_],? (?:[^\W\d_]\.? )?{_WORD}[^\W\d_]")
# Codes of letters and digits, and numbers filled up with zeros: nobody counts like this.
_RECORD = re.compile(r"[A-Z]{1,4}[ -]?\d{5,}|0\d{5,}", re.ASCII)
# A name by itself says little; a column of many different ones does.
FEW = 5
MOSTLY = 0.8
LIFETIME = 20


def refuse_private(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """ValidationError naming the columns, unless none looks as if it told of single people."""
    found = []
    for at, name in enumerate(head):
        what = _by_head(name) or _by_values([row[at] for row in rows if row[at]])
        if what is not None:
            found.append(
                _("The column “%(name)s” looks like %(what)s.") % {"name": name, "what": what}
            )
    if found:
        found.append(
            _("Only numbers about groups belong here. Take such columns out of the file, please.")
        )
        raise ValidationError(" ".join(found))


def _by_head(name: str) -> Promise | None:
    spaced = re.sub(r"([a-z])([A-Z])", r"\1 \2", re.sub(r"['\u2019]", "", name))
    plain = re.sub(r"[\s_.-]+", " ", spaced).strip().lower()
    return next((what for pattern, what in _HEADS if re.fullmatch(pattern, plain)), None)


def _by_values(values: Sequence[str]) -> Promise | None:
    for pattern, what in ((_SSN, RECORDS), (_EMAIL, CONTACTS), (_PHONE, CONTACTS)):
        if any(pattern.fullmatch(value) for value in values):
            return what
    if len(values) < FEW:
        return None
    for is_one, what in ((_is_name, NAMES), (_RECORD.fullmatch, RECORDS)):
        different = {value for value in values if is_one(value)}
        if len(different) >= FEW and len(different) >= MOSTLY * len(values):
            return what
    return BIRTHS if _look_like_births(values) else None


def _is_name(value: str) -> bool:
    """Two or three words, each with a capital; also with accents, or all in capitals."""
    if not _NAME.fullmatch(value):
        return False
    return all(word[:1].isupper() for word in value.replace(",", " ").split())


def _look_like_births(values: Sequence[str]) -> bool:
    """Days without order over a lifetime; periods go on one after the other."""
    days = [found for value in values if (found := day(value)) is not None]
    if len(days) < FEW or len(days) < MOSTLY * len(values):
        return False
    if len(set(days)) < MOSTLY * len(days):
        return False
    wide = max(days).year - min(days).year >= LIFETIME
    return wide and days != sorted(days) and days != sorted(days, reverse=True)
