"""Recording and correcting the number of a period."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Member
from foundation import events
from foundation.edits import required, same
from foundation.refusals import enforce
from measures.definitions import periods
from measures.definitions.actions import locked
from measures.definitions.judges import Touch, touching
from measures.definitions.models import Measure
from measures.numbers import expected_numbers, rules, validation
from measures.numbers.models import DataPoint


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
    """Record the number of a period; without numbers, record that it is missing, and why.

    `period` is any day in it. `numerator` is the number itself if there is no denominator. It is
    computed from single `values`. For rare events, `period` is the day, and `numerator` the number
    of events. Implausible numbers must be `confirmed`. ValidationError by field: impossible,
    unconfirmed, a period that is not over, or one that has its number.
    """
    measure = locked(measure, by)
    enforce(rules.recording(measure, by))
    period = periods.period_of(measure.frequency, period)
    said = validation.wrong_period(measure, period, by.agency.today())
    if said:
        raise ValidationError({"period": said})
    held = measure.points.filter(period=period).first()
    if held is not None:
        raise ValidationError({"period": _is_there(measure, held)})
    if numerator is None and measure.shape.lacking:
        raise ValidationError({"numerator": str(measure.shape.words.none_given)})
    point = DataPoint(agency=by.agency, measure=measure, kind=measure.kind, period=period)
    point.came_on = by.agency.today()
    given = (numerator, denominator, values)
    _fill(point, measure, *given, by, confirmed=confirmed, why=missing_because)
    given_now = [] if point.numerator is None else [period]
    in_time = expected_numbers.is_awaited(measure, period) and not expected_numbers.came_late(
        measure, point
    )
    with touching(measure, cause=Touch.ADDED, by=by, periods=given_now, expected=in_time):
        point.save()
    events.record("datapoint.recorded", measure, by=by, group=measure.owner_id, count=1)
    return point


def _is_there(measure: Measure, held: DataPoint) -> str:
    name, words = periods.named(measure.frequency, held.period), measure.shape.words
    if held.numerator is None:
        return str(words.taken_back) % {"period": name}
    return str(words.there) % {"period": name, "times": validation.shown(held.numerator)}


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
    denominator = denominator if measure.shape.has_denominator else None
    values = sorted(values) if measure.shape.has_values else []
    wrong = validation.wrong(measure, numerator, denominator, values)
    if wrong:
        raise ValidationError(wrong)
    if measure.shape.has_values:
        numerator = validation.average(values)
    unlikely = validation.unlikely(measure, numerator, denominator, values)
    if unlikely and not confirmed:
        raise ValidationError({"confirmed": _ask_to_confirm(unlikely)})
    point.confirmed_by = by if unlikely else None
    point.missing_because = why.strip() if numerator is None else ""
    point.numerator, point.denominator, point.values = numerator, denominator, values or None
    point.recorded_by, point.recorded_at = by, timezone.now()


def _ask_to_confirm(unlikely: str) -> str:
    return f"{unlikely} {validation.ask_to_check()}"


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
    """Correct a number; the old one and the reason stay on record.

    If a begun plan's baseline includes it, the plan's baseline must be confirmed again. Without any
    number it becomes missing; for a day, the event did not happen after all.
    """
    # Lock the measure first, in the same order as an import that would correct the same number.
    measure = locked(point.measure, by)
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
    with touching(measure, cause=Touch.CORRECTED, by=by, reason=reason, periods=touched):
        point.save()
    events.record("datapoint.corrected", measure, by=by, group=measure.owner_id, count=1)
    return point


@transaction.atomic
def take_back_point(point: DataPoint, *, by: Member) -> None:
    """Take back a number that one recorded a moment ago; its period has none again."""
    measure = locked(point.measure, by)
    point = DataPoint.objects.within(by.agency).select_for_update().get(pk=point.pk)
    point.measure = measure
    enforce(rules.taking_back(point, by))
    with touching(measure, cause=Touch.CORRECTED, by=by, periods=[point.period]):
        point.delete()
    events.record("datapoint.taken_back", measure, by=by, group=measure.owner_id, count=1)
