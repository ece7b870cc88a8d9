"""Measures with an operational definition, and their possible numbers."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Member
from devtools.states import begins_at
from foundation.models import Event
from measures.definitions import actions as measure_actions
from measures.definitions import periods
from measures.definitions.models import Frequency, Measure
from measures.numbers import actions as number_actions
from measures.numbers.models import DataPoint
from tests.cells.conftest import Define

JUNE = date(2026, 6, 1)


# It is July 15th, 2026: June is over.
_july = begins_at("2026-07-15T12:00:00-04:00")


def record(measure: Measure, by: Member, **values: Any) -> DataPoint:
    given = {"period": JUNE, "numerator": Decimal(3), "denominator": Decimal(4), **values}
    return number_actions.record_point(measure, **given, by=by)


def test_defining_a_measure_is_recorded(measure: Measure) -> None:
    assert Event.objects.within(measure.agency).filter(name="measure.defined").count() == 1


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("name", {"name": " "}),
        ("numerator", {"numerator": ""}),
        ("source", {"source": ""}),
        ("denominator", {"denominator": ""}),
        ("denominator", {"kind": "count"}),
        ("direction", {"direction": "sideways"}),
        ("frequency", {"frequency": "yearly"}),
        ("kind", {"kind": "feeling"}),
        ("per", {"kind": "rate", "per": 0}),
    ],
)
def test_a_measure_without_an_operational_definition_is_refused(
    field: str, given: dict[str, Any], define: Define
) -> None:
    with pytest.raises(ValidationError) as caught:
        define(**given)
    assert field in caught.value.message_dict


def test_how_often_can_not_change_once_there_are_numbers(
    measure: Measure, facilitator: Member
) -> None:
    measure_actions.redefine(measure, frequency="week", by=facilitator)
    measure_actions.redefine(measure, frequency="month", by=facilitator)
    record(measure, facilitator)
    with pytest.raises(ValidationError) as caught:
        measure_actions.redefine(measure, frequency="week", by=facilitator)
    assert set(caught.value.message_dict) == {"frequency"}


def test_a_kind_never_changes(measure: Measure, facilitator: Member) -> None:
    with pytest.raises(TypeError):
        measure_actions.redefine(measure, kind="count", by=facilitator)


def test_a_number_stands_for_the_period_that_its_day_falls_into(
    measure: Measure, provider: Member
) -> None:
    point = record(measure, provider, period=date(2026, 6, 17))
    assert point.period == JUNE
    event = Event.objects.within(measure.agency).get(name="datapoint.recorded")
    assert event.data == {"group": measure.owner_id, "count": 1}


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("numerator", {"numerator": Decimal(5)}),
        ("numerator", {"numerator": Decimal(-1)}),
        ("numerator", {"numerator": Decimal("1.5")}),
        ("numerator", {"numerator": None}),
        ("denominator", {"denominator": None}),
        ("denominator", {"denominator": Decimal(10) ** 11}),
        ("period", {"period": date(2026, 7, 1)}),
        ("period", {"period": date(2027, 1, 1)}),
    ],
)
def test_a_share_that_can_not_be_is_refused(
    field: str, given: dict[str, Any], measure: Measure, provider: Member
) -> None:
    with pytest.raises(ValidationError) as caught:
        record(measure, provider, **given)
    assert set(caught.value.message_dict) == {field}
    assert not measure.points.exists()


def test_nothing_out_of_nothing_is_a_number_but_something_is_not(
    define: Define, provider: Member
) -> None:
    rate = define(kind="rate", per=1000)
    assert record(rate, provider, numerator=Decimal(0), denominator=Decimal(0)).denominator == 0
    with pytest.raises(ValidationError) as caught:
        record(
            rate, provider, period=date(2026, 5, 1), numerator=Decimal(2), denominator=Decimal(0)
        )
    assert set(caught.value.message_dict) == {"denominator"}


def test_a_missing_number_is_on_record_as_missing(measure: Measure, provider: Member) -> None:
    assert record(measure, provider, numerator=None, denominator=None).missing


def test_a_period_has_one_number(measure: Measure, provider: Member) -> None:
    record(measure, provider)
    with pytest.raises(ValidationError, match="June 2026 has its number already"):
        record(measure, provider, numerator=Decimal(1))


def test_a_correction_keeps_what_was_there_and_why(measure: Measure, provider: Member) -> None:
    point = record(measure, provider)
    with pytest.raises(ValidationError) as caught:
        number_actions.correct_point(
            point, numerator=Decimal(2), denominator=Decimal(4), reason="", by=provider
        )
    assert set(caught.value.message_dict) == {"reason"}
    number_actions.correct_point(
        point,
        numerator=Decimal(2),
        denominator=Decimal(4),
        reason="One visit was counted twice.",
        by=provider,
        version=1,
    )
    kept = list(point.history.order_by("history_id").values_list("numerator", "reason"))
    assert kept == [(Decimal(3), ""), (Decimal(2), "One visit was counted twice.")]
    with pytest.raises(ValidationError, match="Somebody changed this"):
        number_actions.correct_point(
            point,
            numerator=Decimal(1),
            denominator=Decimal(4),
            reason="Again.",
            by=provider,
            version=1,
        )


def test_a_retired_measure_takes_only_numbers_of_before(
    measure: Measure, provider: Member, facilitator: Member
) -> None:
    record(measure, provider)
    measure_actions.retire(measure, by=facilitator)
    record(measure, provider, period=date(2026, 5, 1))
    assert measure.points.count() == 2
    Measure.objects.within(measure.agency).update(retired_on=date(2026, 3, 15))
    with pytest.raises(ValidationError, match="no longer used"):
        record(measure, provider, period=date(2026, 6, 1))


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("point_share_at_most_all", {"numerator": 9}),
        ("point_numerator_positive", {"numerator": -1}),
        ("point_denominator_fits", {"denominator": None}),
        ("point_nothing_out_of_nothing", {"kind": "rate", "denominator": 0}),
        ("point_corrected_with_reason", {"version": 2}),
    ],
)
def test_the_database_holds_what_a_number_may_be(
    constraint: str, values: dict[str, Any], measure: Measure, provider: Member
) -> None:
    point = record(measure, provider)
    rows = DataPoint.objects.within(measure.agency).filter(pk=point.pk)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        rows.update(**values)


def test_the_database_holds_one_number_a_period(measure: Measure, provider: Member) -> None:
    point = record(measure, provider)
    with pytest.raises(IntegrityError, match="point_once_per_period"), transaction.atomic():
        measure.points.create(
            agency=measure.agency,
            kind=measure.kind,
            period=point.period,
            recorded_by=provider,
            came_on=JUNE,
        )


@pytest.mark.parametrize(
    ("frequency", "day", "period", "following", "before", "named"),
    [
        ("day", (2026, 3, 1), (2026, 3, 1), (2026, 3, 2), (2026, 2, 28), "March 1, 2026"),
        (
            "week",
            (2026, 3, 1),
            (2026, 2, 23),
            (2026, 3, 2),
            (2026, 2, 16),
            "week of February 23, 2026",
        ),
        ("month", (2024, 2, 29), (2024, 2, 1), (2024, 3, 1), (2024, 1, 1), "February 2024"),
        ("month", (2026, 12, 31), (2026, 12, 1), (2027, 1, 1), (2026, 11, 1), "December 2026"),
        (
            "quarter",
            (2026, 11, 30),
            (2026, 10, 1),
            (2027, 1, 1),
            (2026, 7, 1),
            "October to December 2026",
        ),
        (
            "quarter",
            (2026, 1, 1),
            (2026, 1, 1),
            (2026, 4, 1),
            (2025, 10, 1),
            "January to March 2026",
        ),
    ],
)
def test_periods_follow_each_other(
    frequency: str,
    day: tuple[int, int, int],
    period: tuple[int, int, int],
    following: tuple[int, int, int],
    before: tuple[int, int, int],
    named: str,
) -> None:
    first = periods.period_of(frequency, date(*day))
    assert first == date(*period)
    assert periods.following(frequency, first) == date(*following)
    assert periods.before(frequency, first) == date(*before)
    assert periods.named(frequency, first) == named


@pytest.mark.parametrize("frequency", Frequency.values)
def test_no_day_is_in_two_periods_or_in_none(frequency: str) -> None:
    day = date(2023, 12, 25)
    for _ in range(500):
        period = periods.period_of(frequency, day)
        assert period <= day < periods.following(frequency, period)
        assert periods.before(frequency, periods.following(frequency, period)) == period
        day += timedelta(days=1)
