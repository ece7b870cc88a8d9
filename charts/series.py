"""What goes into a chart: a series of results, checked before anything is computed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

type Number = int | float | Decimal | Fraction
type Reading = Fraction | None

PARTS = 10**9
LARGEST = 10**300


class Chart(StrEnum):
    """The twelve charts, by their short names."""

    RUN = "run"
    INDIVIDUAL = "i"
    MOVING_RANGE = "mr"
    XBAR = "xbar"
    S = "s"
    T = "t"
    P = "p"
    P_PRIME = "pp"
    C = "c"
    U = "u"
    U_PRIME = "up"
    G = "g"


PROPORTIONS = frozenset({Chart.P, Chart.P_PRIME})
RATES = frozenset({Chart.U, Chart.U_PRIME})
COUNTS = PROPORTIONS | RATES | {Chart.C, Chart.G}
GROUPED = frozenset({Chart.XBAR, Chart.S})
# They show how far results are apart, which is neither better nor worse.
OF_SPREAD = frozenset({Chart.MOVING_RANGE, Chart.S})


class Direction(StrEnum):
    """Which way is better."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Results in time order, and how they are to be charted.

    `values` holds one result a period (a numerator where there are `denominators`); None is
    missing. Xbar and S charts take `subgroups`, the raw values of each period, instead. `dates`
    has one date a period, or is empty. `target` is in plotted units, that is after `multiply`.

    `freeze`: the first so many periods set center and limits; ignored if there are `phases`. Those
    before `freeze_from` do not: they came to be known when the start was frozen already.
    `phases`: 0-based first index of each new phase; everything is computed anew from there.
    `exclude`: 0-based periods left out of center, limits and runs rules, but still plotted.
    `earlier`: results before these of which nothing is shown. They set center and limits of the
    first phase, or of the frozen start, together with its own. A gap between is a missing result.
    `screened`: drop moving ranges of 3.267 times their mean or more, once.
    """

    chart: Chart
    values: Sequence[Number | None] = ()
    denominators: Sequence[Number | None] | None = None
    subgroups: Sequence[Sequence[Number | None] | None] | None = None
    dates: Sequence[date] = ()
    direction: Direction = Direction.NEUTRAL
    target: Number | None = None
    screened: bool = True
    freeze: int | None = None
    freeze_from: int = 0
    phases: Sequence[int] = ()
    exclude: Collection[int] = ()
    multiply: Number = 1
    earlier: "Series | None" = None

    def __len__(self) -> int:
        return len(self.subgroups or ()) if self.chart in GROUPED else len(self.values)


@dataclass(frozen=True, slots=True)
class PhaseRows:
    """Exact results of one phase; `base` says which of them set center and limits."""

    values: tuple[Reading, ...]
    sizes: tuple[Reading, ...]
    groups: tuple[tuple[Fraction, ...], ...]
    base: tuple[bool, ...]
    screened: bool

    def __len__(self) -> int:
        return len(self.values)

    def within(self, start: int, end: int) -> "PhaseRows":
        """Those from `start` to `end` (exclusive)."""
        here = slice(start, end)
        return PhaseRows(
            self.values[here], self.sizes[here], self.groups[here], self.base[here], self.screened
        )

    def then(self, later: "PhaseRows") -> "PhaseRows":
        """These with later ones after them."""
        return PhaseRows(
            self.values + later.values,
            self.sizes + later.sizes,
            self.groups + later.groups,
            self.base + later.base,
            later.screened,
        )


def reading(raw: str | Number | None) -> Reading:
    """The exact number in `raw`; None where it is None, blank or suppressed ("*").

    Raises Refused ``not_a_number`` for anything else that is not a finite number.
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
    """The decimal that a person wrote, as a fraction: 0.1 is one tenth.

    Raises Refused ``not_a_number`` for NaN, infinity and numbers of more than 300 digits.
    """
    # A Decimal that is NaN cannot even be compared.
    if (isinstance(number, Decimal) and number.is_nan()) or not -LARGEST < number < LARGEST:
        raise NotChartable("not_a_number")
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def as_float(value: Reading) -> float | None:
    """The nearest float; None where there is no value, or none that a float can hold."""
    try:
        return None if value is None else float(value)
    except OverflowError:
        return None


def as_floats(column: Iterable[Reading]) -> tuple[float | None, ...]:
    """Each as a float; one that is there many times on end is converted once."""
    floats: list[float | None] = []
    former: Reading = None
    shown: float | None = None
    for value in column:
        if value is not former:
            former, shown = value, as_float(value)
        floats.append(shown)
    return tuple(floats)


def tied(a: Fraction, b: Fraction) -> bool:
    """Whether two numbers are the same within one part in a thousand million."""
    return side(a, b) == 0


def above(a: Fraction, b: Fraction) -> bool:
    """Whether `a` is strictly above `b`, a tie not being above."""
    return side(a, b) > 0


def side(value: Fraction, center: Fraction) -> int:
    """+1 above the center, -1 below, 0 on it, in whole numbers for speed."""
    top, bottom = value.as_integer_ratio()
    middle, under = center.as_integer_ratio()
    here, there = top * under, middle * bottom
    gap = here - there
    if gap > 0:
        return 1 if gap * PARTS > max(here, -there) else 0
    return -1 if -gap * PARTS > max(-here, there) else 0


def phase_bounds(series: Series) -> list[tuple[int, int]]:
    """Start and end (exclusive) of each phase; an empty series has none."""
    length = len(series)
    starts = sorted({0, *(start for start in series.phases if 0 <= start < length)})
    return [pair for pair in zip(starts, [*starts[1:], length], strict=True) if pair[0] < pair[1]]


def included(series: Series) -> tuple[bool, ...]:
    """Which periods take part in center, limits and runs rules; shape (len(series),)."""
    left_out = frozenset(series.exclude)
    return tuple(index not in left_out for index in range(len(series)))


def checked(series: Series) -> PhaseRows:
    """The whole series with exact numbers; raises Refused for what cannot be charted."""
    if series.chart not in frozenset(Chart):
        raise NotChartable("unknown_chart")
    if series.direction not in frozenset(Direction):
        raise NotChartable("unknown_direction")
    if exact(series.multiply) <= 0:
        raise NotChartable("multiplier_not_positive")
    if series.target is not None:
        exact(series.target)
    values: tuple[Reading, ...] = ()
    sizes: tuple[Reading, ...] = ()
    groups: tuple[tuple[Fraction, ...], ...] = ()
    if series.chart in GROUPED:
        if series.subgroups is None:
            raise NotChartable("subgroups_missing")
        groups = tuple(
            tuple(exact(value) for value in group or () if value is not None)
            for group in series.subgroups
        )
        values = sizes = (None,) * len(groups)
    else:
        values, sizes = _numbers(series)
        _refuse_impossible(series.chart, values, sizes)
        if series.denominators is not None:
            values, sizes = _pairs(values, sizes)
    if series.dates and len(series.dates) != len(series):
        raise NotChartable("lengths_differ")
    frozen = frozen_start(series)
    base = tuple(kept and index in frozen for index, kept in enumerate(included(series)))
    return PhaseRows(values, sizes, groups, base, series.screened)


def frozen_start(series: Series) -> range:
    """The periods that set center and limits: the frozen start, or all."""
    if series.freeze is None or series.phases:
        return range(len(series))
    return range(series.freeze_from, series.freeze)


def _numbers(series: Series) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
    """Values and denominators, exactly as they were given."""
    values = tuple(None if value is None else exact(value) for value in series.values)
    if series.denominators is None:
        if series.chart in PROPORTIONS | RATES:
            raise NotChartable("denominators_missing")
        return values, (None,) * len(values)
    if len(series.denominators) != len(values):
        raise NotChartable("lengths_differ")
    return values, tuple(None if size is None else exact(size) for size in series.denominators)


def _pairs(
    values: tuple[Reading, ...], sizes: tuple[Reading, ...]
) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
    """Both missing where one is."""
    both = tuple(v is not None and n is not None for v, n in zip(values, sizes, strict=True))
    return (
        tuple(value if there else None for value, there in zip(values, both, strict=True)),
        tuple(size if there else None for size, there in zip(sizes, both, strict=True)),
    )


def _refuse_impossible(
    chart: Chart, values: tuple[Reading, ...], sizes: tuple[Reading, ...]
) -> None:
    for index, (value, size) in enumerate(zip(values, sizes, strict=True)):
        if value is None:
            continue
        if chart in COUNTS and value < 0:
            raise NotChartable("negative_count", index)
        if size is not None:
            if size < 0:
                raise NotChartable("negative_denominator", index)
            if chart in PROPORTIONS and value > size:
                raise NotChartable("numerator_exceeds_denominator", index)
            if size == 0 and value != 0:
                raise NotChartable("events_with_zero_denominator", index)
        if chart is Chart.T and value <= 0:
            raise NotChartable("gap_not_positive", index)
