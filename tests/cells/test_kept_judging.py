"""What pages of measures, ideas and plans read: the same by kept queries as built anew."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from operator import attrgetter
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.anybody import kept_row
from accounts.models import Member, StandingKind
from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.overview.finding import _idea
from cells.overview.late import late_of
from cells.overview.stalled_ideas import overdue_of
from cells.plans import baseline, evaluation, rules
from cells.plans.finding import _plan
from cells.plans.models import ActionPlan, OutcomeStandard, StandardRole
from cells.plans.slots import _tests
from cells.plans.views.plans import _tests as latest_tests
from foundation import prepared
from foundation.models import Agency
from foundation.paging import few_of
from groups.models import Group
from measures.charting.annotations import marks
from measures.charting.reading import numbers_of, numbers_with
from measures.definitions import judges
from measures.definitions.finding import _measure
from measures.definitions.models import Measure
from measures.numbers import results
from tests.conftest import Enter
from tests.keeping import WITH_DEMO, Both

pytestmark = WITH_DEMO
DAYS = (0, 30, 400)


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
        outcomes = [each for each in judged if each.standard.role == StandardRole.OUTCOME]
        (plan,) = {each.standard.plan_id for each in judged}
        by_plan = both(partial(evaluation.outcomes_of, inside, [plan]))
        assert by_plan == ({plan: outcomes[0]} if outcomes else {})


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


def test_ideas_that_wait_too_long_are_those_of_the_day(inside: Agency, both: Both) -> None:
    ideas = [*Opportunity.objects.within(inside).order_by("pk")]
    counts = []
    for days in DAYS:
        on = inside.today() + timedelta(days)
        found = both(partial(overdue_of, inside, ideas, on))
        counts.append(len(found))
        for each in ideas:
            one = both(partial(overdue_of, inside, [each], on))
            assert one == {pk: code for pk, code in found.items() if pk == each.pk}
    assert counts[0] < counts[-1]


def test_the_page_of_each_measure_reads_the_same(inside: Agency, both: Both) -> None:
    said, locked, tried, points = 0, set(), 0, 0
    for measure in Measure.objects.within(inside):
        said += len(both(partial(marks, measure)))
        locked.add(both(partial(is_free, measure)))
        tried += len(both(partial(tried_with, measure)))
        points += len(both(partial(results.points_of, measure)))
    assert said > 5
    assert tried
    assert points > 5
    assert locked == {True, False}
    keys = list(OutcomeStandard.objects.within(inside).values_list("pk", flat=True))
    assert {*both(partial(baseline.goals, inside, keys))} == {*keys}


def is_free(measure: Measure) -> bool:
    return judges.locking(measure) is None


def tried_with(measure: Measure) -> list[Any]:
    values = {"agency": measure.agency_id, "row": measure.pk}
    return prepared.of_agency(_tests).models(values)


def test_what_changed_of_baselines_is_the_same(inside: Agency, both: Both) -> None:
    rows = OutcomeStandard.objects.within(inside).select_related("measure")
    standards = [(each, each.measure) for each in rows]
    assert both(partial(baseline.told, inside, standards))
    plans = [*ActionPlan.objects.within(inside)]
    lacking = [len(both(partial(rules.lacking, plan))) for plan in plans]
    assert 0 in lacking
    assert sum(lacking)
    values = [{"agency": inside.pk, "row": each.pk} for each in plans]
    tests = prepared.of_agency(latest_tests)
    assert any(len(few_of(tests.models(each))) for each in values)


BUILDS: dict[Callable[[Member, Any], Any], Any] = {
    _idea: (Opportunity, "cell"),
    _plan: (ActionPlan, "opportunity.cell"),
    _measure: (Measure, ""),
}


@pytest.mark.parametrize("build", BUILDS)
def test_a_row_is_the_same_for_everybody_in_the_demo(
    build: Callable[[Member, Any], Any], inside: Agency, settings: Any
) -> None:
    """With all columns, those of related rows, and the reader's place."""
    today = inside.today()
    model, path = BUILDS[build]
    rows, found = list(model.objects.within(inside).order_by("pk").values_list("pk", flat=True)), 0
    everybody = Member.objects.within(inside).on(today).with_roles(today)
    for number, person in enumerate(everybody.order_by("pk")):
        for pk in (rows[number % len(rows)], rows[-1 - number % len(rows)]):
            kept = kept_row(build, person, today, pk)
            settings.PREPARED = False
            built = kept_row(build, person, today, pk)
            settings.PREPARED = True
            assert columns(kept) == columns(built)
            if kept is not None and path:
                assert columns(attrgetter(path)(kept)) == columns(attrgetter(path)(built))
            found += kept is not None and vars(kept)["place_office"] is not None
    assert found
    built_for = [key for key in prepared._kept if isinstance(key, tuple) and key[0] is build]
    assert 0 < len(built_for) < len(everybody)


def columns(row: Any) -> dict[str, object]:
    if row is None:
        return {}
    related = {
        name: {key: value for key, value in vars(each).items() if key != "_state"}
        for name, each in row._state.fields_cache.items()
        if each is not None
    }
    return {name: each for name, each in vars(row).items() if name != "_state"} | {"": related}


@pytest.mark.parametrize("build", BUILDS)
def test_a_row_of_a_hidden_cell_is_there_for_its_people_only(
    build: Callable[[Member, Any], Any],
    active: ActionPlan,
    measure: Measure,
    consumer: Member,
    facilitator: Member,
    enter: Enter,
) -> None:
    keys: dict[object, int] = {
        _idea: active.opportunity_id,
        _plan: active.pk,
        _measure: measure.pk,
    }
    pk = keys[build]
    today = active.agency.today()
    stranger = enter("Zoe", StandingKind.PRIMARY_CONSUMER)
    assert stranger.roles == consumer.roles
    assert kept_row(build, stranger, today, pk)
    Group.objects.within(active.agency).filter(pk=measure.owner_id).update(hidden=True)
    for person, known in ((stranger, False), (consumer, True), (stranger, False)):
        assert (kept_row(build, person, today, pk) is not None) == known
    assert kept_row(build, facilitator, today, pk)


def test_nothing_asked_for_takes_no_query(inside: Agency) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert numbers_of(inside, []) == {}
        assert evaluation.standards_of(inside, []) == {}
        assert evaluation.begun_by(inside, []) == {}
        assert evaluation.outcomes_of(inside, []) == {}
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
