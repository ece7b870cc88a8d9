"""Numbers, standards, judged plans and late work: the same by kept queries as built anew."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.overview.late import late_of
from cells.plans import evaluation
from cells.plans.models import OutcomeStandard
from foundation import prepared, tenancy
from foundation.models import Agency
from measures.charting.reading import numbers_of, numbers_with
from measures.definitions.models import Measure

# In the process that has the demo.
pytestmark = pytest.mark.xdist_group("demo")
DAYS = (0, 30, 400)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    prepared._kept.clear()


@pytest.fixture
def inside(demo: Agency) -> Iterator[Agency]:
    """The demo's agency, entered."""
    with tenancy.entering(demo):
        yield demo


@pytest.fixture
def both(settings: Any) -> Callable[[Callable[[], Any]], Any]:
    """What a function returns, the same with kept queries and without."""

    def same(ask: Callable[[], Any]) -> Any:
        kept = ask()
        settings.PREPARED = False
        try:
            assert ask() == kept
        finally:
            settings.PREPARED = True
        return kept

    return same


Both = Callable[[Callable[[], Any]], Any]


def test_the_numbers_of_measures_are_the_same(inside: Agency, both: Both) -> None:
    measures = [*Measure.objects.within(inside).order_by("pk")]
    for some in (measures, measures[1:3], measures[:1]):
        found = both(partial(numbers_of, inside, some))
        assert {*found} == {each.pk for each in some}
    assert sum(len(each.results) for each in both(lambda: numbers_of(inside, measures)).values())
    for each in measures:
        shown = numbers_of(inside, [each])[each.pk].results
        assert both(partial(numbers_with, each, shown)).results == shown


def test_standards_are_the_same_and_in_their_order(inside: Agency, both: Both) -> None:
    measures = [*Measure.objects.within(inside).order_by("pk")]
    found = both(lambda: evaluation.standards_of(inside, measures))
    assert any(found.values())
    for each in OutcomeStandard.objects.within(inside):
        one = [row for row in measures if row.pk == each.measure_id]
        of_plan = both(partial(evaluation.standards_of, inside, one, each.plan_id))
        keys = [row.key for row in found[each.measure_id] if row.key == each.pk]
        assert [row.key for row in of_plan[each.measure_id]] == keys


def test_judged_measures_are_the_same(inside: Agency, both: Both) -> None:
    ideas = list(Opportunity.objects.within(inside).values_list("pk", flat=True))
    found = both(lambda: evaluation.begun_for(inside, ideas))
    assert found
    for idea, judged in found.items():
        assert both(partial(evaluation.begun_for, inside, [idea])) == {idea: judged}
        keys = [each.standard.pk for each in judged]
        by_key = both(partial(evaluation.begun_by, inside, keys))
        assert {each.standard.pk: each for each in judged} == by_key


def test_late_work_is_that_of_the_day(inside: Agency, both: Both) -> None:
    cells = [*Cell.objects.within(inside).order_by("pk")]
    totals = []
    for days in DAYS:
        on = inside.today() + timedelta(days)
        found = both(partial(late_of, inside, cells, on))
        assert {*found} == {each.pk for each in cells}
        totals.append(sum(each.total for each in found.values()))
        for each in cells:
            alone = both(partial(late_of, inside, [each], on))
            assert alone == {each.pk: found[each.pk]}
    assert totals[0] < totals[-1]


def test_nothing_asked_for_takes_no_query(inside: Agency) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert numbers_of(inside, []) == {}
        assert evaluation.standards_of(inside, []) == {}
        assert evaluation.begun_by(inside, []) == {}
        assert evaluation.begun_for(inside, []) == {}
    assert len(queries) == 0


def test_other_keys_prepare_no_other_statement(inside: Agency) -> None:
    measures = [*Measure.objects.within(inside).order_by("pk")]
    numbers_of(inside, measures)
    before = len(prepared._kept)
    with CaptureQueriesContext(connection) as queries:
        numbers_of(inside, measures[:1])
        numbers_of(inside, measures)
    assert len(prepared._kept) == before
    assert len({each["sql"].split(" WHERE ")[0] for each in queries}) == 1
