"""Reading numbers as people type them, by language, without guessing at ambiguous input.

A comma is never dropped. In a language that writes 1,250.00, "12,50" returns both readings, and the
person chooses.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from babel import Locale
from babel.numbers import format_currency, format_decimal, get_decimal_symbol
from django.utils.translation import get_language
from django.utils.translation import gettext as _

CURRENCY = "USD"
LONGEST = 40
# With this many decimal places, 1.250 may be 1.25 rather than 1,250.
THREE = 3


class Trouble(StrEnum):
    """Why a text is no number; forms have words for each reason."""

    INVALID = "invalid"
    SEVERAL = "several"
    CURRENCY = "currency"
    PERCENT = "percent"
    FRACTION = "fraction"


@dataclass(frozen=True)
class Number:
    value: Decimal


@dataclass(frozen=True)
class TwoWays:
    """Two possible readings, the likelier one first; never used without asking."""

    readings: tuple[Decimal, ...]


@dataclass(frozen=True)
class Unreadable:
    trouble: Trouble


type Reading = Number | TwoWays | Unreadable
type Fits = Callable[[Decimal], bool]

_SPACE = " "
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202c\u202d\ufeff")
_MINUS = frozenset("-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d")
_SAME = str.maketrans("．，＄％／＋：⁄’", ".,$%/+:/'")  # noqa: RUF001 - as keyboards type them
_ONE_MARK = re.compile(r"(\d*)([.,])(\d*)", re.ASCII)
_FRACTION = re.compile(r"(?:(\d+) )?(\d{1,2})/(\d{1,2})", re.ASCII)
_DOLLARS = re.compile(r"^(?:us ?\$|\$|usd)|(?:us ?\$|\$ ?us|\$|usd|dollars?|d[oó]lares|d[oó]lar)$")
_OTHER_MONEY = re.compile(r"[€£¥¢₱₩]|\b(?:eur|euros?|pesos?|cents?|mxn)\b")


def tidy(text: str) -> str:
    """The same text with plain digits, points, commas, signs and spaces."""
    found = []
    for letter in text.translate(_SAME):
        if letter in _INVISIBLE:
            continue
        if letter in _MINUS:
            found.append("-")
        elif letter.isspace():
            found.append(_SPACE)
        elif unicodedata.category(letter) == "Nd":
            found.append(str(unicodedata.decimal(letter)))
        elif (part := _vulgar(letter)) is not None:
            found.append(part)
        else:
            found.append(letter)
    return " ".join("".join(found).split()).lower()


def _vulgar(letter: str) -> str | None:
    """½ as “ 1/2”, with a space, so that 1½ does not become 11/2."""
    name = unicodedata.name(letter, "")
    if not name.startswith("VULGAR FRACTION") or "NUMERATOR" in name:
        return None
    top, bottom = (int(part) for part in unicodedata.normalize("NFKC", letter).split("\u2044"))
    return f" {top}/{bottom}"


def strict(text: str, *, decimal: str = ".") -> Decimal | None:
    """Read a tidy text that follows one convention exactly; None otherwise.

    `decimal` is the point or the comma; the other one, or a space, may separate thousands.
    """
    group = "," if decimal == "." else "."
    pattern = (
        rf"(-?)((?:[1-9]\d{{0,2}}(?:([{group} ])\d{{3}})(?:\3\d{{3}})*)|\d*)(?:[{decimal}](\d*))?"
    )
    found = re.fullmatch(pattern, text, re.ASCII)
    if not found or not any(letter.isdigit() for letter in text):
        return None
    sign, whole, _mark, part = found.groups()
    digits = re.sub(r"\D", "", whole or "") or "0"
    return Decimal(f"{sign}{digits}.{part or '0'}") if part else Decimal(f"{sign}{digits}")


def decimal_mark(language: str | None = None) -> str:
    """A language's decimal mark: a point or a comma."""
    return "," if get_decimal_symbol(_locale(language)) == "," else "."


def _locale(language: str | None = None) -> Locale:
    return Locale.parse(language or get_language() or "en", sep="-")


def _always(_value: Decimal) -> bool:
    return True


def read(
    text: str,
    *,
    places: int,
    language: str | None = None,
    money: bool = False,
    units: Iterable[str] = (),
    fits: Fits = _always,
) -> Reading:
    """Read a number from text in a language (the page's by default).

    `places`: how many decimals the answer can have. `money`: dollars may be named. `units`: words
    or signs allowed after the number. `fits`: whether a value can be an answer here; readings that
    can't are not offered.
    """
    if len(text) > LONGEST:
        return Unreadable(Trouble.INVALID)
    bare = tidy(text)
    negative, bare = _without_sign(bare)
    if _OTHER_MONEY.search(bare):
        return Unreadable(Trouble.CURRENCY)
    if money:
        bare = _DOLLARS.sub("", bare, count=1).strip()
    elif "$" in bare:
        return Unreadable(Trouble.CURRENCY)
    for unit in units:
        if unit and bare.endswith(unit.lower()):
            bare = bare.removesuffix(unit.lower()).strip()
            break
    if "%" in bare:
        return Unreadable(Trouble.PERCENT)
    if not negative:
        negative, bare = _without_sign(bare)
    sign = -1 if negative else 1
    if "/" in bare:
        return _fraction(bare, places, sign)
    return _numeral(bare, places, sign, decimal_mark(language), fits)


def _without_sign(text: str) -> tuple[bool, str]:
    if text[:1] in ("-", "+"):
        return text[0] == "-", text[1:].lstrip()
    return False, text


def _fraction(text: str, places: int, sign: int) -> Reading:
    found = _FRACTION.fullmatch(text)
    if not found or int(found[3]) == 0:
        return Unreadable(Trouble.INVALID)
    whole, top, bottom = int(found[1] or 0), int(found[2]), int(found[3])
    value = whole + Decimal(top) / bottom
    # "1 1/2" is clear; "11/2" could be a date or five and a half.
    if top >= bottom or value != round(value, max(places, THREE)):
        return Unreadable(Trouble.FRACTION)
    return Number(sign * value)


def _numeral(text: str, places: int, sign: int, own: str, fits: Fits) -> Reading:
    if text.startswith("-"):
        return Unreadable(Trouble.INVALID)
    one = _ONE_MARK.fullmatch(text)
    if one and (one[1] or one[3]):
        likely, unlikely = _readings(one[1], one[2], one[3], places, own)
        return _offer(sign * likely, None if unlikely is None else sign * unlikely, fits, one)
    other = "," if own == "." else "."
    for mark in (own, other):  # Both fit only if both say the same.
        if (value := strict(text, decimal=mark)) is not None:
            return Number(sign * value)
    figures = re.fullmatch(r"[\d., ]*\d[\d., ]*", text, re.ASCII)
    return Unreadable(Trouble.SEVERAL if figures else Trouble.INVALID)


def _readings(
    before: str, mark: str, after: str, places: int, own: str
) -> tuple[Decimal, Decimal | None]:
    """Readings of a text with one mark: the likelier one, and the other if there is one."""
    as_decimal = Decimal(f"{before or 0}.{after or 0}")
    if not after or not before.strip("0"):  # 5, and 0,5 and ,5 can't be thousands.
        return as_decimal, None
    as_thousands = Decimal(before + after)
    well_formed = len(before) <= THREE and before[0] != "0" and len(after) == THREE
    if mark == own:
        # "$1.250" has too many decimals for money, so it may mean 1,250.
        return as_decimal, as_thousands if well_formed and places < THREE else None
    if not well_formed:
        return as_decimal, as_thousands
    # "$1,250" can't be 1.25 dollars; a measure's value could.
    return as_thousands, as_decimal if places >= THREE else None


def _offer(likely: Decimal, other: Decimal | None, fits: Fits, typed: re.Match[str]) -> Reading:
    if other is None:
        return Number(likely)
    as_decimal = next(v for v in (likely, other) if abs(v) < Decimal(typed[1] or 0) + 1)
    offered = tuple(value for value in (likely, other) if fits(value))
    if not offered or offered == (as_decimal,):
        return Number(as_decimal)  # If it doesn't fit, the field explains why.
    return TwoWays(offered)


_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?: ?(?:h|hours?|horas?))?", re.ASCII)
_HOUR = r"(?:h|hrs?|hours?|horas?)\.?"
_MINUTE = r"(?:m|mins?|minutes?|minutos?)\.?"
_HOURS = re.compile(
    rf"(?P<hours>[\d.,/ ]*\d) ?{_HOUR}(?:,? ?(?:and|y)? ?(?P<minutes>\d{{1,2}}) ?(?:{_MINUTE})?)?",
    re.ASCII,
)
_MINUTES = re.compile(rf"(?P<minutes>\d{{1,4}}) ?{_MINUTE}", re.ASCII)
# "1.30" hours: an hour and a half, or 1 hour 18 minutes? Nobody writes 1.3 like this.
_LIKE_MINUTES = re.compile(r"(\d{1,2})[.,](10|15|20|30|40|45)", re.ASCII)
_PLACES_OF_HOURS = 2


def read_hours(text: str, *, language: str | None = None, fits: Fits = _always) -> Reading:
    """Hours with two decimals: “1.5”, “1½”, “1:30”, “1 h 30 min”, “90 minutes”."""
    if len(text) > LONGEST:
        return Unreadable(Trouble.INVALID)
    bare = tidy(text)
    if found := _CLOCK.fullmatch(bare):
        return Number(_in_hours(int(found[1]) * 60 + int(found[2])))
    if found := _MINUTES.fullmatch(bare):
        return Number(_in_hours(int(found["minutes"])))
    if found := _HOURS.fullmatch(bare):
        if not found["minutes"]:
            return _only_hours(found["hours"], language, fits)
        if not found["hours"].isdecimal() or int(found["minutes"]) > 59:
            return Unreadable(Trouble.INVALID)
        return Number(_in_hours(int(found["hours"]) * 60 + int(found["minutes"])))
    return _only_hours(bare, language, fits)


def _only_hours(text: str, language: str | None, fits: Fits) -> Reading:
    if found := _LIKE_MINUTES.fullmatch(text):
        ways = (Decimal(f"{found[1]}.{found[2]}"), _in_hours(int(found[1]) * 60 + int(found[2])))
        offered = tuple(value for value in ways if fits(value))
        return TwoWays(offered) if offered else Number(ways[0])
    return read(text, places=_PLACES_OF_HOURS, language=language, fits=fits)


def _in_hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)


def without_zeros(value: Decimal) -> Decimal:
    """Write 1.50 as 1.5 and 1E+3 as 1000; trailing zeros are no decimals."""
    if value == value.to_integral_value():
        return Decimal(int(value))
    return Decimal(f"{value:f}".rstrip("0"))


def plain(value: Decimal, *, places: int | None = None, language: str | None = None) -> str:
    """A number for a text box: no thousands separators, the language's decimal mark."""
    said = f"{without_zeros(value):f}" if places is None else f"{round(value, places):f}"
    return said.replace(".", decimal_mark(language))


def plain_hours(value: Decimal, *, language: str | None = None) -> str:
    """Hours for a text box: 1.25, but 1 h 9 min where 1.15 could be read as an hour and 15."""
    said = plain(value, language=language)
    return hours_words(value) if _LIKE_MINUTES.fullmatch(said) else said


def words(value: Decimal, language: str | None = None) -> str:
    """A number in a sentence: 1,250.5."""
    exact: str = format_decimal(
        value, locale=_locale(language), decimal_quantization=False, group_separator=True
    )
    return exact


def money_words(value: Decimal, language: str | None = None) -> str:
    """A dollar amount in a sentence: $1,250.00."""
    return format_currency(value, CURRENCY, locale=_locale(language))


def hours_words(value: Decimal) -> str:
    """Hours in a sentence: 1 h 30 min."""
    minutes = int((value * 60).quantize(Decimal(1), ROUND_HALF_UP))
    parts = {"hours": minutes // 60, "minutes": minutes % 60}
    if not parts["minutes"]:
        return _("%(hours)d h") % parts
    if not parts["hours"]:
        return _("%(minutes)d min") % parts
    return _("%(hours)d h %(minutes)d min") % parts
