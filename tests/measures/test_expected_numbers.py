"""Implausible numbers must be confirmed, and by whom is stored."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Member
from devtools.states import begins_at, state
from foundation.addresses import at
from foundation.models import Agency
from measures.definitions.models import Measure
from measures.numbers import actions, expected_numbers, validation
from measures.numbers.models import DataPoint
from tests.cells.conftest import Define, send
from tests.conftest import Login

JUNE = date(2026, 6, 1)


_july = begins_at("2026-07-15T12:00:00-04:00")


@state
def measure(define: Define) -> Measure:
    """The plausible range is 20% to 90%."""
    return define(lowest=Decimal(20), highest=Decimal(90))


def record(measure: Measure, by: Member, part: int, whole: int, **kwargs: Any) -> DataPoint:
    return actions.record_point(
        measure,
        period=JUNE,
        numerator=Decimal(part),
        denominator=Decimal(whole),
        by=by,
        **kwargs,
    )


@pytest.mark.parametrize(
    ("kind", "given", "pair", "said"),
    [
        ("proportion", {}, (1, 5), ""),
        ("proportion", {}, (9, 10), ""),
        ("proportion", {}, (19, 100), "19% is less than the least that is expected (20%)."),
        ("proportion", {}, (0, 0), ""),
        ("rate", {"per": 1000}, (3, 100), ""),
        ("rate", {"per": 1000}, (1, 10), "100 per 1,000 is more than the most"),
        ("count", {"denominator": ""}, (91, None), "91 is more than the most that is expected"),
        ("score", {"denominator": "", "unit": "days"}, (19.5, None), "19.5 days is less than"),
    ],
)
def test_the_range_is_of_what_the_chart_shows(
    kind: str,
    given: dict[str, Any],
    pair: tuple[float, float | None],
    said: str,
    define: Define,
) -> None:
    measure = define(kind=kind, lowest=Decimal(20), highest=Decimal(90), **given)
    part, whole = (None if value is None else Decimal(str(value)) for value in pair)
    found = validation.unlikely(measure, part, whole)
    assert found.startswith(said)
    assert bool(found) == bool(said)


def test_a_number_that_is_not_expected_must_be_confirmed(
    measure: Measure, provider: Member
) -> None:
    with pytest.raises(ValidationError) as caught:
        record(measure, provider, 95, 100)
    assert set(caught.value.message_dict) == {"confirmed"}
    point = record(measure, provider, 95, 100, confirmed=True)
    assert point.confirmed_by == provider
    assert expected_numbers.marks(measure, [point], date(2026, 7, 15)) == {
        JUNE: "Unusual, and confirmed"
    }


def test_nobody_confirms_what_is_expected(measure: Measure, provider: Member) -> None:
    assert record(measure, provider, 50, 100, confirmed=True).confirmed_by is None


def test_a_number_that_can_not_be_is_refused_also_when_confirmed(
    measure: Measure, provider: Member
) -> None:
    with pytest.raises(ValidationError) as caught:
        record(measure, provider, 101, 100, confirmed=True)
    assert set(caught.value.message_dict) == {"numerator"}


def test_a_correction_must_be_confirmed_as_well(measure: Measure, provider: Member) -> None:
    point = record(measure, provider, 50, 100)
    given = {"numerator": Decimal(5), "denominator": Decimal(100), "reason": "Recount."}
    with pytest.raises(ValidationError) as caught:
        actions.correct_point(point, **given, by=provider)  # type: ignore[arg-type]
    assert set(caught.value.message_dict) == {"confirmed"}
    point = actions.correct_point(point, **given, confirmed=True, by=provider)  # type: ignore[arg-type]
    assert point.confirmed_by == provider
    assert point.history.count() == 2
    point = actions.correct_point(point, numerator=None, reason="It was lost.", by=provider)
    assert (point.confirmed_by, point.missing_because) == (None, "It was lost.")


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("highest", {"lowest": Decimal(5), "highest": Decimal(4)}),
        ("highest", {"highest": Decimal(101)}),
        ("lowest", {"lowest": Decimal(-1)}),
    ],
)
def test_a_range_that_can_not_be_is_refused(
    field: str, given: dict[str, Any], define: Define
) -> None:
    with pytest.raises(ValidationError) as caught:
        define(**given)
    assert set(caught.value.message_dict) == {field}


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("measure_lowest_first", {"lowest": 5, "highest": 4}),
        ("measure_lag_of_a_year", {"lag": 367}),
    ],
)
def test_the_database_holds_what_may_be_expected(
    constraint: str, values: dict[str, Any], measure: Measure
) -> None:
    rows = Measure.objects.within(measure.agency).filter(pk=measure.pk)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        rows.update(**values)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("point_missing_or_not", {"missing_because": "Nobody counted."}),
        ("point_confirmed_is_a_number", {"numerator": None, "denominator": None}),
    ],
)
def test_the_database_holds_what_a_missing_number_may_say(
    constraint: str, values: dict[str, Any], measure: Measure, provider: Member
) -> None:
    point = record(measure, provider, 95, 100, confirmed=True)
    rows = DataPoint.objects.within(measure.agency).filter(pk=point.pk)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        rows.update(**values)


def test_the_box_to_confirm_is_only_there_when_it_is_needed(
    measure: Measure, agency: Agency, provider: Member, login: Login
) -> None:
    client, url = login(provider), at(agency, "measures:record", pk=measure.pk)
    assert client.get(url).context["form"]["numerator"].check is None
    again = send(client, url, numerator="95", denominator="100")
    assert again.status_code == 422
    assert "95% is more than the most that is expected (90%)." in again.content.decode()
    assert again.context["form"]["numerator"].check.label == "I checked it: 95 of 100 is right"
    mended = send(client, url, numerator="59", denominator="100")
    assert mended.status_code == 302
    point = measure.points.get()
    url = at(agency, "measures:correct", pk=point.pk)
    answer = {"numerator": "95", "denominator": "100", "reason": "Turned around."}
    assert send(client, url, **answer).status_code == 422
    sure = {"numerator-sure": "95 100"}
    another = answer | {"numerator": "96"}
    assert send(client, url, **another, **sure).status_code == 422
    assert send(client, url, **answer, **sure).status_code == 302
    assert measure.points.get().confirmed_by == provider


def test_a_confirmed_number_is_saved_from_the_page(
    measure: Measure, agency: Agency, provider: Member, login: Login
) -> None:
    client, url = login(provider), at(agency, "measures:record", pk=measure.pk)
    answer = {"numerator": "95", "denominator": "100", "numerator-sure": "95 100"}
    send(client, url, **answer)
    assert measure.points.get().confirmed_by == provider


def test_the_definition_tells_what_is_expected_and_how_soon(
    measure: Measure, define: Define, agency: Agency, provider: Member, login: Login
) -> None:
    client = login(provider)
    shown = client.get(at(agency, "measures:measure", pk=measure.pk)).content.decode()
    assert "From 20% to 90%" in shown
    assert "Within 7 days after each period; later is late" in shown
    other = define(name="Another", lowest=Decimal(5), lag=0)
    shown = client.get(at(agency, "measures:measure", pk=other.pk)).content.decode()
    assert "5% or more" in shown
    assert "On the last day of each period" in shown


def test_a_number_far_from_its_past_is_checked_on_the_page(
    define: Define, agency: Agency, provider: Member, login: Login
) -> None:
    measure = define()
    for month, part in ((2, 40), (3, 42), (4, 38), (5, 45)):
        actions.record_point(
            measure,
            period=date(2026, month, 1),
            numerator=Decimal(part),
            denominator=Decimal(100),
            by=provider,
        )
    client, url = login(provider), at(agency, "measures:record", pk=measure.pk)
    answer = {"numerator": "40", "denominator": "1000", "period": "2026-06-01"}
    asked = send(client, url, **answer)
    assert asked.status_code == 422
    check = asked.context["form"]["numerator"].check
    assert send(client, url, **answer | {check.name: check.value}).status_code == 302
    point = measure.points.get(period=JUNE)
    assert point.confirmed_by is None, "that is for what the definition does not expect"


def test_a_number_with_a_comma_is_asked_back(
    measure: Measure, agency: Agency, provider: Member, login: Login
) -> None:
    client, url = login(provider), at(agency, "measures:record", pk=measure.pk)
    asked = send(client, url, numerator="59", denominator="10,0")
    assert [value for value, _words in asked.context["form"]["denominator"].readings] == [
        "10",
        "100",
    ]
    assert not measure.points.exists()
