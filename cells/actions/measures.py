"""Measures defined, and their numbers recorded and corrected."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from cells import numbers, periods, rules
from cells.actions.edits import required, same
from cells.models import Cell, DataPoint, Frequency, Measure, MeasureKind, Way
from foundation import events
from foundation.refusals import enforce

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
    frequency: str,
    source: str,
    inclusion: str = "",
    exclusion: str = "",
    collected_by: Member,
    by: Member,
) -> Measure:
    """Define a measure: what is counted, out of what, from where, how often, by whom.

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
        frequency=frequency,
        source=source.strip(),
        inclusion=inclusion.strip(),
        exclusion=exclusion.strip(),
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
    measure: Measure, *, by: Member, version: int | None = None, **changes: Any
) -> Measure:
    """Change a definition; its kind never, its periods only while it has no numbers.

    `changes` are among DEFINITION.
    """
    measure = _locked(measure, by)
    enforce(rules.redefining(measure, by))
    same(measure, version)
    if not changes.keys() <= set(DEFINITION):
        raise TypeError(f"not of a definition: {', '.join(changes.keys() - set(DEFINITION))}")
    regular = measure.frequency
    for name, value in changes.items():
        setattr(measure, name, value.strip() if isinstance(value, str) else value)
    if measure.kind != MeasureKind.RATE:
        measure.per = 1
    if measure.frequency != regular and measure.points.exists():
        raise ValidationError(
            {"frequency": _("It has numbers already, so how often can't be changed.")}
        )
    _check(measure)
    measure.version += 1
    measure.save()
    events.record("measure.redefined", measure, by=by, cell=measure.cell_id)
    return measure


def _check(measure: Measure) -> None:
    required(name=measure.name, numerator=measure.numerator, source=measure.source)
    wrong: dict[str, str] = {}
    if measure.direction not in Way.values:
        wrong["direction"] = _("Choose one of the answers.")
    if measure.frequency not in Frequency.values:
        wrong["frequency"] = _("Choose one of the answers.")
    if measure.has_denominator and not measure.denominator:
        wrong["denominator"] = _("Say out of what it is counted.")
    if not measure.has_denominator and measure.denominator:
        wrong["denominator"] = _("Leave this empty: this kind of measure is not out of anything.")
    if measure.per < 1:
        wrong["per"] = _("Use a whole number from 1 on.")
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def retire(measure: Measure, *, by: Member, version: int | None = None) -> Measure:
    """Stop using a measure; its numbers stay."""
    measure = _locked(measure, by)
    enforce(rules.redefining(measure, by))
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
    numerator: Decimal | None,
    denominator: Decimal | None = None,
    by: Member,
) -> DataPoint:
    """Write down the number of a period; without numbers, that it is missing.

    `period` is any day in it. `numerator` is the number itself where there is no denominator.
    ValidationError by field: what can't be, a period that is not over, one that has its number.
    """
    measure = _locked(measure, by)
    enforce(rules.recording(measure, by))
    period = periods.period_of(measure.frequency, period)
    said = numbers.wrong_period(measure, period, by.agency.today())
    if said:
        raise ValidationError({"period": said})
    if measure.points.filter(period=period).exists():
        raise ValidationError(
            {
                "period": _("%(period)s has its number already. You can correct that one.")
                % {"period": periods.named(measure.frequency, period)}
            }
        )
    point = DataPoint(agency=by.agency, measure=measure, kind=measure.kind, period=period)
    _fill(point, measure, numerator, denominator, by)
    point.save()
    events.record("datapoint.recorded", measure, by=by, cell=measure.cell_id, count=1)
    return point


def _fill(
    point: DataPoint,
    measure: Measure,
    numerator: Decimal | None,
    denominator: Decimal | None,
    by: Member,
) -> None:
    denominator = denominator if measure.has_denominator else None
    wrong = numbers.wrong(measure, numerator, denominator)
    if wrong:
        raise ValidationError(wrong)
    point.numerator, point.denominator = numerator, denominator
    point.recorded_by, point.recorded_at = by, timezone.now()


@transaction.atomic
def correct_point(
    point: DataPoint,
    *,
    numerator: Decimal | None,
    denominator: Decimal | None = None,
    reason: str,
    by: Member,
    version: int | None = None,
) -> DataPoint:
    """Correct a number; what it was and why stay on record."""
    points = DataPoint.objects.within(by.agency).select_related("measure__cell__group")
    point = points.select_for_update(of=("self",)).get(pk=point.pk)
    enforce(rules.correcting(point, by))
    same(point, version)
    required(reason=reason)
    _fill(point, point.measure, numerator, denominator, by)
    point.reason = reason.strip()
    point.version += 1
    point.save()
    events.record("datapoint.corrected", point.measure, by=by, cell=point.measure.cell_id, count=1)
    return point
