"""Results as exact numbers, with None for missing ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

type Number = int | float | Decimal | Fraction
type Reading = Fraction | None

PARTS = 10**9
LARGEST = 10**300
# Comparing a decimal with a whole number converts that anew each time.
_LARGEST = Decimal(LARGEST)


class NotChartable(ValueError):
    """Results that cannot be charted, with a `code` that says why.

    Codes: ``unknown_chart``, ``unknown_direction``, ``lengths_differ``,
    ``denominators_missing``, ``subgroups_missing``, ``not_a_number``,
    ``multiplier_not_positive``, ``negative_denominator``,
    ``numerator_exceeds_denominator``, ``events_with_zero_denominator``,
    ``negative_count``, ``gap_not_positive``.

    `index` is the position of the first offending result, or None.
    """

    def __init__(self, code: str, index: int | None = None) -> None:
        super().__init__(code if index is None else f"{code} at {index}")
        self.code = code
        self.index = index


@dataclass(frozen=True, slots=True)
class PhaseRows:
    """Exact results of one phase; `base` marks those that set center line and limits."""

    values: tuple[Reading, ...]
    sizes: tuple[Reading, ...]
    groups: tuple[tuple[Fraction, ...], ...]
    base: tuple[bool, ...]
    screened: bool

    def __len__(self) -> int:
        return len(self.values)

    def within(self, start: int, end: int) -> "PhaseRows":
        """The results from `start` to `end` (exclusive)."""
        here = slice(start, end)
        return PhaseRows(
            self.values[here], self.sizes[here], self.groups[here], self.base[here], self.screened
        )

    def then(self, later: "PhaseRows") -> "PhaseRows":
        """These results followed by later ones."""
        return PhaseRows(
            self.values + later.values,
            self.sizes + later.sizes,
            self.groups + later.groups,
            self.base + later.base,
            later.screened,
        )


def reading(raw: str | Number | None) -> Reading:
    """The exact number in `raw`; None if it is None, blank or suppressed ("*").

    Raises NotChartable ``not_a_number`` for anything else that is not a finite number.
    """
    if isinstance(raw, str):
        text = raw.strip()
        if text in {"", "*"}:
            return None
        try:
            return exact(Decimal(text))
        except ArithmeticError:
            raise NotChartable("not_a_number") from None
    return None if raw is None else exact(raw)


def exact(number: Number) -> Fraction:
    """The decimal as written, as a fraction: 0.1 is one tenth.

    Raises NotChartable ``not_a_number`` for NaN, infinity and numbers of more than 300 digits.
    """
    if isinstance(number, Decimal):
        # A signaling NaN can't even be compared.
        if number.is_nan() or number.copy_abs() >= _LARGEST:
            raise NotChartable("not_a_number")
        return Fraction(number)
    if not -LARGEST < number < LARGEST:
        raise NotChartable("not_a_number")
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def as_float(value: Reading) -> float | None:
    """The nearest float; None without a value, or if no float can hold it."""
    try:
        return None if value is None else float(value)
    except OverflowError:
        return None


def as_floats(column: Iterable[Reading]) -> tuple[float | None, ...]:
    """Each value as a float; a repeated value is converted once."""
    floats: list[float | None] = []
    former: Reading = None
    shown: float | None = None
    for value in column:
        if value is not former:
            former, shown = value, as_float(value)
        floats.append(shown)
    return tuple(floats)


def tied(a: Fraction, b: Fraction) -> bool:
    """Whether two numbers are equal to within one part in a billion."""
    return side(a, b) == 0


def above(a: Fraction, b: Fraction) -> bool:
    """Whether `a` is strictly above `b`; a tie is not."""
    return side(a, b) > 0


def side(value: Fraction, center: Fraction) -> int:
    """+1 above the center, -1 below, 0 on it, in integers for speed."""
    top, bottom = value.as_integer_ratio()
    middle, under = center.as_integer_ratio()
    here, there = top * under, middle * bottom
    gap = here - there
    if gap > 0:
        return 1 if gap * PARTS > max(here, -there) else 0
    return -1 if -gap * PARTS > max(-here, there) else 0
