"""Center line and limits of one phase, one function per kind of chart, unmultiplied.

Formulas: D. C. Montgomery, Introduction to Statistical Quality Control (chapters 6 and 7), except
where a function names another source.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import median

from charts.readings import PARTS, PhaseRows, Reading, as_float, tied

type Column = tuple[Reading, ...]

_NONE = (None,) * 4
D2 = Fraction(1128, 1000)
D4 = Fraction(3267, 1000)
T_POWER = 3.6


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one phase; every column has one entry a period, None where undefined."""

    plotted: Column
    center: Column
    lower: Column
    lower_two: Column
    upper_two: Column
    upper: Column

    def times(self, factor: Fraction) -> "Lines":
        """The same lines in units `factor` times as fine."""
        if factor == 1:
            return self
        return Lines(
            *(
                tuple(None if value is None else value * factor for value in column)
                for column in self.columns
            )
        )

    def after(self, start: int) -> "Lines":
        """The same lines without their first `start` periods."""
        return Lines(*(column[start:] for column in self.columns)) if start else self

    @property
    def columns(self) -> tuple[Column, ...]:
        return (
            self.plotted,
            self.center,
            self.lower,
            self.lower_two,
            self.upper_two,
            self.upper,
        )


def mean(numbers: Iterable[Reading]) -> Reading:
    """The exact mean of the values that exist, or None."""
    known = _known(numbers)
    return sum(known, Fraction(0)) / len(known) if known else None


def root(square: Fraction) -> Fraction:
    """The square root to 64 bits, for numbers of any size."""
    top, bottom = square.numerator, square.denominator
    shift = max(0, 128 - top.bit_length() + bottom.bit_length())
    shift += shift % 2
    return Fraction(math.isqrt((top << shift) // bottom), 1 << (shift // 2))


def mean_range(values: Sequence[Reading], *, screened: bool) -> Reading:
    """The mean moving range, without large ones if `screened` (L. S. Nelson, JQT 1982).

    A missing neighbor gives no range. If screening leaves only zeros, or nothing, the unscreened
    mean is used. None if there is no range at all.
    """
    ranges = [_gap(a, b) for a, b in pairwise(values) if a is not None and b is not None]
    average = mean(ranges)
    if screened and average is not None:
        large = D4 * average
        kept = [gap for gap in ranges if gap < large]
        if any(kept):
            return mean(kept)
    return average


def c4(size: int) -> float | None:
    """The bias of a standard deviation of `size` normal values; None below 2 (Montgomery, VI)."""
    if size < 2:
        return None
    return math.sqrt(2 / (size - 1)) * math.exp(math.lgamma(size / 2) - math.lgamma((size - 1) / 2))


def sigma_z(rows: PhaseRows, *, share: bool) -> float | None:
    """The ratio of actual to expected variation on a P or U chart (D. B. Laney, 2002).

    `share`: for a P chart; otherwise for a U chart. None if it cannot be computed.
    """
    value = _laney(rows, _ratios(rows), *_by_size(rows, share=share))
    return None if value is None else float(value)


def _known(numbers: Iterable[Reading]) -> list[Fraction]:
    return [number for number in numbers if number is not None]


def _gap(a: Fraction, b: Fraction) -> Fraction:
    return Fraction(0) if tied(a, b) else abs(a - b)


def _chosen(column: Column, rows: PhaseRows) -> Column:
    return tuple(value for value, base in zip(column, rows.base, strict=True) if base)


def _ratios(rows: PhaseRows) -> Column:
    return tuple(
        None if value is None or not size else value / size
        for value, size in zip(rows.values, rows.sizes, strict=True)
    )


def _results(rows: PhaseRows) -> Column:
    """The values, divided by their denominators if there are any."""
    return _ratios(rows) if any(size is not None for size in rows.sizes) else rows.values


def _lines(
    plotted: Column,
    middle: Reading,
    sigmas: Sequence[Reading],
    *,
    center: Reading = None,
    floor: int | None = None,
    ceiling: int | None = None,
) -> Lines:
    """Middle plus and minus 2 and 3 sigma, clipped; no limits without spread."""

    four: list[tuple[Reading, ...]] = []
    former: Reading = None
    for sigma in sigmas:
        if not four or sigma is not former:
            former = sigma
            four.append(
                _around(middle, sigma, floor, ceiling) if middle is not None and sigma else _NONE
            )
        else:
            four.append(four[-1])
    shown = middle if center is None else center
    columns = zip(*four, strict=True) if four else ((),) * len(_NONE)
    return Lines(plotted, (shown,) * len(plotted), *columns)


def _around(
    middle: Fraction, sigma: Fraction, floor: int | None, ceiling: int | None
) -> tuple[Reading, ...]:
    """The four limits around the middle; a limit that is 0 except for rounding is 0."""
    top, bottom = middle.as_integer_ratio()
    step, under = sigma.as_integer_ratio()
    here, step, under = top * under, step * bottom, bottom * under
    limits: list[Reading] = []
    for times in (-3, -2, 2, 3):
        limit = here + times * step
        if floor is not None and limit < floor * under:
            limits.append(Fraction(floor))
        elif ceiling is not None and limit > ceiling * under:
            limits.append(Fraction(ceiling))
        elif abs(limit) * PARTS <= abs(here):
            limits.append(Fraction(0))
        else:
            limits.append(Fraction(limit, under))
    return tuple(limits)


def run(rows: PhaseRows) -> Lines:
    plotted = _results(rows)
    known = _known(_chosen(plotted, rows))
    return _lines(plotted, median(known) if known else None, (None,) * len(plotted))


def _individual_sigma(values: Column, rows: PhaseRows) -> Reading:
    average = mean_range(_chosen(values, rows), screened=rows.screened)
    return None if average is None else average / D2


def individual(rows: PhaseRows) -> Lines:
    plotted = _results(rows)
    sigma = _individual_sigma(plotted, rows)
    return _lines(plotted, mean(_chosen(plotted, rows)), (sigma,) * len(plotted))


def moving_range(rows: PhaseRows) -> Lines:
    results = _results(rows)
    gaps = tuple(
        None if a is None or b is None else _gap(a, b) for a, b in pairwise((None, *results))
    )[: len(results)]
    center = mean(_chosen(gaps, rows))
    length = len(gaps)
    if not center:
        nothing = (None,) * length
        return Lines(gaps, (center,) * length, nothing, nothing, nothing, nothing)
    zero = (Fraction(0),) * length
    return Lines(
        gaps,
        (center,) * length,
        zero,
        zero,
        (D4 * 2 / 3 * center,) * length,
        (D4 * center,) * length,
    )


def time_between(rows: PhaseRows) -> Lines:
    """An I chart of y^(1/3.6), transformed back (L. S. Nelson, JQT 1994)."""
    scaled = tuple(
        None if value is None else Fraction(float(value) ** (1 / T_POWER)) for value in rows.values
    )
    middle = mean(_chosen(scaled, rows))
    sigma = _individual_sigma(scaled, rows)
    on_scale = _lines(scaled, middle, (sigma,) * len(scaled), floor=0)

    def back(column: Column) -> Column:
        return tuple(None if value is None else _power(value) for value in column)

    return Lines(
        rows.values,
        back(on_scale.center),
        back(on_scale.lower),
        back(on_scale.lower_two),
        back(on_scale.upper_two),
        back(on_scale.upper),
    )


def _power(value: Fraction) -> Reading:
    try:
        return Fraction(float(value) ** T_POWER)
    except OverflowError:
        return None


def _by_size(rows: PhaseRows, *, share: bool) -> tuple[Reading, Column]:
    """The weighted center, and the binomial or Poisson sigma of each period."""
    total = sum(_known(_chosen(rows.sizes, rows)), Fraction(0))
    if not total:
        return None, (None,) * len(rows.values)
    center = sum(_known(_chosen(rows.values, rows)), Fraction(0)) / total
    variance = center * (1 - center) if share else center
    return center, tuple(root(variance / size) if size else None for size in rows.sizes)


def _laney(rows: PhaseRows, plotted: Column, center: Reading, sigmas: Column) -> Reading:
    scores: list[Reading] = []
    for value, sigma, base in zip(plotted, sigmas, rows.base, strict=True):
        if not base:
            continue
        if value is None or center is None or not sigma:
            scores.append(None)
        elif tied(value, center):
            scores.append(Fraction(0))
        else:
            score = as_float((value - center) / sigma)
            scores.append(None if score is None else Fraction(score))
    average = mean_range(scores, screened=rows.screened)
    return None if average is None else average / D2


def _attributes(rows: PhaseRows, *, share: bool, prime: bool) -> Lines:
    plotted = _ratios(rows)
    center, sigmas = _by_size(rows, share=share)
    if prime:
        ratio = as_float(_laney(rows, plotted, center, sigmas))
        # Rounded to a float: products of long fractions would take longer than everything else.
        wider = None if ratio is None else Fraction(ratio)
        sigmas = tuple(None if s is None or wider is None else s * wider for s in sigmas)
    return _lines(plotted, center, sigmas, floor=0, ceiling=1 if share else None)


def shares(rows: PhaseRows) -> Lines:
    return _attributes(rows, share=True, prime=False)


def shares_of_many(rows: PhaseRows) -> Lines:
    return _attributes(rows, share=True, prime=True)


def rates(rows: PhaseRows) -> Lines:
    return _attributes(rows, share=False, prime=False)


def rates_of_much(rows: PhaseRows) -> Lines:
    return _attributes(rows, share=False, prime=True)


def counts(rows: PhaseRows) -> Lines:
    center = mean(_chosen(rows.values, rows))
    sigma = None if center is None else root(center)
    return _lines(rows.values, center, (sigma,) * len(rows.values), floor=0)


def cases_between(rows: PhaseRows) -> Lines:
    """Events between cases, with the median (J. C. Benneyan, 2001; Provost & Murray, 2011)."""
    known = _known(_chosen(rows.values, rows))
    average = mean(known)
    sigma = None if average is None else root(average * (average + 1))
    return _lines(
        rows.values,
        average,
        (sigma,) * len(rows.values),
        center=median(known) if known else None,
        floor=0,
    )


def _deviations(rows: PhaseRows) -> tuple[Column, Reading]:
    """The standard deviation of each subgroup, and one estimate for all.

    The estimate is their mean if all subgroups have the same size, otherwise the pooled one; empty
    subgroups are ignored.
    """
    squares = [_variance(group) for group in rows.groups]
    column = tuple(None if square is None else root(square) for square in squares)
    if len({len(group) for group in rows.groups if group}) == 1:
        return column, mean(_chosen(column, rows))
    total, freedom = Fraction(0), 0
    for group, square, base in zip(rows.groups, squares, rows.base, strict=True):
        if base and square is not None:
            total += (len(group) - 1) * square
            freedom += len(group) - 1
    return column, root(total / freedom) if freedom else None


def _variance(group: tuple[Fraction, ...]) -> Reading:
    if len(group) < 2:
        return None
    average = sum(group, Fraction(0)) / len(group)
    squares = (Fraction(0) if tied(value, average) else (value - average) ** 2 for value in group)
    return sum(squares, Fraction(0)) / (len(group) - 1)


def xbar(rows: PhaseRows) -> Lines:
    plotted = tuple(mean(group) for group in rows.groups)
    chosen = [group for group, base in zip(rows.groups, rows.base, strict=True) if base]
    _, deviation = _deviations(rows)

    def sigma(group: tuple[Fraction, ...]) -> Reading:
        bias = c4(len(group))
        if bias is None or deviation is None:
            return None
        return deviation / (Fraction(bias) * root(Fraction(len(group))))

    return _lines(
        plotted,
        mean(value for group in chosen for value in group),
        tuple(sigma(group) for group in rows.groups),
    )


def deviation(rows: PhaseRows) -> Lines:
    plotted, deviation = _deviations(rows)

    def sigma(group: tuple[Fraction, ...]) -> Reading:
        bias = c4(len(group))
        if bias is None or deviation is None:
            return None
        return deviation * Fraction(math.sqrt(1 - bias**2) / bias)

    return _lines(plotted, deviation, tuple(sigma(group) for group in rows.groups), floor=0)
