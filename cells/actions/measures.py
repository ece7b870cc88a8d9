"""Measures defined, and their numbers recorded and corrected."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from cells import awaited, baselines, numbers, periods, rules
from cells.actions.baselines import touching
from cells.actions.edits import required, same
from cells.models import Cause, Cell, DataPoint, Frequency, Measure, MeasureKind, Way
from cells.policies import LAG, LONGEST_LAG
from foundation import events
from foundation.refusals import enforce

# Of a definition, what makes it another number: locked while a running plan is judged by it.
LOCKED = (
    "direction",
    "numerator",
    "denominator",
    "per",
    "unit",
    "frequency",
    "inclusion",
    "exclusion",
)
# What a definition is made of, besides its kind, which never changes.
DEFINITION = (
    "name",
    "direction",
    "numerator",
    "denominator",
    "per",
    "unit",
    "frequency",
    "source",
    "inclusion",
    "exclusion",
    "lowest",
    "highest",
    "lag",
    "collected_by",
)


@transaction.atomic
def define(
    cell: Cell,
    *,
    name: str,
    kind: str,
    direction: str,
    numerator: str,
    denominator: str = "",
    per: int = 1,
    unit: str = "",
    frequency: str = "",
    source: str,
    inclusion: str = "",
    exclusion: str = "",
    lowest: Decimal | None = None,
    highest: Decimal | None = None,
    lag: int | None = None,
    collected_by: Member,
    by: Member,
) -> Measure:
    """Define a measure: what is counted, out of what, from where, how often, by whom.

    What the chart shows is expected from `lowest` to `highest`; `lag` is how many days after a
    period its number may come. Where the rows are days on which something happened, there is no
    `frequency`, and `direction` is that of the days between.

    ValidationError by field: something that the kind needs is missing or does not fit it.
    """
    enforce(rules.defining(cell, by))
    if kind not in MeasureKind.values:
        raise ValidationError({"kind": _("Choose one of the answers.")})
    measure = Measure(
        agency=by.agency,
        cell=cell,
        kind=kind,
        name=name.strip(),
        direction=direction,
        numerator=numerator.strip(),
        denominator=denominator.strip(),
        per=per if kind == MeasureKind.RATE else 1,
        unit=unit.strip(),
        frequency=Frequency.DAY if kind == MeasureKind.EVENTS else frequency,
        source=source.strip(),
        inclusion=inclusion.strip(),
        exclusion=exclusion.strip(),
        lowest=lowest,
        highest=highest,
        lag=LAG.value(cell.agency, cell.agency.today()) if lag is None else lag,
        collected_by=collected_by,
        defined_on=by.agency.today(),
    )
    _check(measure)
    measure.save()
    events.record("measure.defined", measure, by=by, cell=cell.pk)
    return measure


def _locked(measure: Measure, by: Member) -> Measure:
    measures = Measure.objects.within(by.agency).select_related("cell__group")
    return measures.select_for_update(of=("self",)).get(pk=measure.pk)


@transaction.atomic
def redefine(
    measure: Measure, *, by: Member, reason: str = "", version: int | None = None, **changes: Any
) -> Measure:
    """Change a definition; its kind never, its periods only while it has no numbers.

    `changes` are among DEFINITION. What is counted changes with a `reason`, once there are numbers:
    plans that had begun by this measure, and are not under way, then confirm their start again.
    """
    measure = _locked(measure, by)
    enforce(rules.redefining(measure, by))
    same(measure, version)
    if not changes.keys() <= set(DEFINITION):
        raise TypeError(f"not of a definition: {', '.join(changes.keys() - set(DEFINITION))}")
    other = any(
        getattr(measure, name) != _tidy(changes.get(name, getattr(measure, name)))
        for name in LOCKED
    )
    if other:
        enforce(rules.leaned_on(measure))
    regular = measure.frequency
    for name, value in changes.items():
        setattr(measure, name, _tidy(value))
    if measure.kind != MeasureKind.RATE:
        measure.per = 1
    if measure.frequency != regular and measure.points.exists():
        raise ValidationError(
            {"frequency": _("It has numbers already, so how often can't be changed.")}
        )
    _check(measure)
    if other and (measure.points.exists() or baselines.frozen(measure).exists()):
        required(reason=reason)
        measure.reason = reason.strip()
    measure.version += 1
    touched = None if other else ()
    # Another thing is counted now: the start is another, though its number may be the same.
    with touching(
        measure, cause=Cause.REDEFINED, by=by, reason=reason, periods=touched, always=True
    ):
        measure.save()
    events.record("measure.redefined", measure, by=by, cell=measure.cell_id)
    return measure


def _tidy[T](value: T) -> T | str:
    """Text without spaces around it; everything else as it is."""
    return value.strip() if isinstance(value, str) else value


def _check(measure: Measure) -> None:
    required(name=measure.name, numerator=measure.numerator, source=measure.source)
    wrong: dict[str, str] = {}
    if measure.direction not in Way.values:
        wrong["direction"] = _("Choose one of the answers.")
    periodic = measure.is_periodic or measure.frequency == Frequency.DAY
    if measure.frequency not in Frequency.values or not periodic:
        wrong["frequency"] = _("Choose one of the answers.")
    if measure.has_denominator and not measure.denominator:
        wrong["denominator"] = _("Say out of what it is counted.")
    if not measure.has_denominator and measure.denominator:
        wrong["denominator"] = _("Leave this empty: this kind of measure is not out of anything.")
    if measure.per < 1:
        wrong["per"] = _("Use a whole number from 1 on.")
    wrong |= _wrong_expectation(measure)
    if wrong:
        raise ValidationError(wrong)


def _wrong_expectation(measure: Measure) -> dict[str, str]:
    """What can't be of the days until a number is late, and of the numbers that are expected."""
    wrong: dict[str, str] = {}
    least, most = measure.lowest, measure.highest
    if not 0 <= measure.lag <= LONGEST_LAG.value:
        wrong["lag"] = _("Use a whole number of days, at most %(most)s.") % {
            "most": LONGEST_LAG.value
        }
    if least is not None and most is not None and least > most:
        wrong["highest"] = _("The most that is expected can't be below the least.")
    for name, value in (("lowest", least), ("highest", most)):
        if value is not None and value < 0:
            wrong[name] = _("A number can't be less than 0.")
        elif value is not None and measure.largest is not None and value > measure.largest:
            wrong[name] = _("A share is never more than 100%.")
        elif value is not None and not measure.is_periodic:
            wrong[name] = _("Nobody can say how many days it will be.")
    return wrong


@transaction.atomic
def retire(measure: Measure, *, by: Member, version: int | None = None) -> Measure:
    """Stop using a measure; its numbers stay."""
    measure = _locked(measure, by)
    enforce(rules.retiring(measure, by))
    same(measure, version)
    measure.retired_on = by.agency.today()
    measure.version += 1
    measure.save()
    events.record("measure.retired", measure, by=by, cell=measure.cell_id)
    return measure


@transaction.atomic
def record_point(
    measure: Measure,
    *,
    period: date,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    values: Sequence[Decimal] = (),
    missing_because: str = "",
    confirmed: bool = False,
    by: Member,
) -> DataPoint:
    """Write down the number of a period; without numbers, that it is missing, and why.

    `period` is any day in it. `numerator` is the number itself where there is no denominator. Of
    single `values` it is worked out. Of something rare, `period` is the day on which it happened,
    and `numerator` how many times. A number outside of what is expected must be `confirmed`.
    ValidationError by field: what can't be, what is not confirmed, a period that is not over, one
    that has its number.
    """
    measure = _locked(measure, by)
    enforce(rules.recording(measure, by))
    period = periods.period_of(measure.frequency, period)
    said = numbers.wrong_period(measure, period, by.agency.today())
    if said:
        raise ValidationError({"period": said})
    held = measure.points.filter(period=period).first()
    if held is not None:
        raise ValidationError({"period": _is_there(measure, held)})
    if numerator is None and not measure.is_periodic:
        raise ValidationError({"numerator": _("Write how many times it happened: 1 or more.")})
    point = DataPoint(agency=by.agency, measure=measure, kind=measure.kind, period=period)
    point.came_on = by.agency.today()
    given = (numerator, denominator, values)
    _fill(point, measure, *given, by, confirmed=confirmed, why=missing_because)
    given_now = [] if point.numerator is None else [period]
    in_time = awaited.is_awaited(measure, period) and not awaited.came_late(measure, point)
    with touching(measure, cause=Cause.ADDED, by=by, periods=given_now, expected=in_time):
        point.save()
    events.record("datapoint.recorded", measure, by=by, cell=measure.cell_id, count=1)
    return point


def _is_there(measure: Measure, held: DataPoint) -> str:
    words = {"period": periods.named(measure.frequency, held.period)}
    if measure.is_periodic:
        return _("%(period)s has its number already. You can correct that one.") % words
    if held.numerator is None:
        said = _("%(period)s was written down before, and taken back. Correct that day instead.")
        return said % words
    return _(
        "%(period)s is there already, with %(times)s. If it happened again on that day, correct "
        "the day and write how many times it was in all."
    ) % (words | {"times": numbers.shown(held.numerator)})


def _fill(
    point: DataPoint,
    measure: Measure,
    numerator: Decimal | None,
    denominator: Decimal | None,
    values: Sequence[Decimal],
    by: Member,
    *,
    confirmed: bool,
    why: str,
) -> None:
    denominator = denominator if measure.has_denominator else None
    values = sorted(values) if measure.has_values else []
    wrong = numbers.wrong(measure, numerator, denominator, values)
    if wrong:
        raise ValidationError(wrong)
    if measure.has_values:
        numerator = numbers.average(values)
    unlikely = numbers.unlikely(measure, numerator, denominator, values)
    if unlikely and not confirmed:
        raise ValidationError({"confirmed": _ask_to_confirm(unlikely)})
    point.confirmed_by = by if unlikely else None
    point.missing_because = why.strip() if numerator is None else ""
    point.numerator, point.denominator, point.values = numerator, denominator, values or None
    point.recorded_by, point.recorded_at = by, timezone.now()


def _ask_to_confirm(unlikely: str) -> str:
    return f"{unlikely} {numbers.ask_to_check()}"


@transaction.atomic
def correct_point(
    point: DataPoint,
    *,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    values: Sequence[Decimal] = (),
    reason: str,
    confirmed: bool = False,
    by: Member,
    version: int | None = None,
) -> DataPoint:
    """Correct a number; what it was and why stay on record. In the baseline of a plan that has
    begun it opens the plan's start again.

    Without any number it is missing: of a day, that it did not happen then after all.
    """
    # The measure first, as a file of numbers does that would correct the same one.
    measure = _locked(point.measure, by)
    point = DataPoint.objects.within(by.agency).select_for_update().get(pk=point.pk)
    point.measure = measure
    enforce(rules.correcting(point, by))
    same(point, version)
    required(reason=reason)
    given = (numerator, denominator, values)
    _fill(point, measure, *given, by, confirmed=confirmed, why=reason)
    point.reason = reason.strip()
    point.version += 1
    touched = [point.period]
    with touching(measure, cause=Cause.CORRECTED, by=by, reason=reason, periods=touched):
        point.save()
    events.record("datapoint.corrected", measure, by=by, cell=measure.cell_id, count=1)
    return point
