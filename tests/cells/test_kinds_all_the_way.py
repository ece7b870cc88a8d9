"""Days and single values on all pages that show measures: plan, cell, board, story, packet."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.models import Member
from cells.cell.models import Cell
from cells.overview.packet import as_pdf, packet_of
from cells.plans import actions as plan_actions
from cells.plans import evaluation
from cells.plans.models import ActionPlan, OutcomeStandard
from foundation.addresses import at
from foundation.models import Agency
from measures.charting import annotations
from measures.charting.findings import WhetherItWorked
from measures.definitions import periods
from measures.definitions.models import Measure
from measures.numbers import actions as number_actions
from tests.cells.addresses import page_name
from tests.cells.conftest import Define, told
from tests.cells.test_packet import bare, written
from tests.conftest import Login, assert_budget
from tests.measures.test_days import FALLS, LUCK
from tests.measures.test_single_values import AROUND, WAITS, of


def days(measure: Measure, by: Member, today: date) -> None:
    """Falls up to yesterday."""
    day = today - timedelta(days=1 + sum(LUCK))
    for gap in (0, *LUCK):
        day += timedelta(days=gap)
        number_actions.record_point(measure, period=day, numerator=Decimal(1), by=by)


def values(measure: Measure, by: Member, today: date) -> None:
    """Waits of two years."""
    period = periods.latest("month", today)
    for middle in AROUND:
        number_actions.record_point(
            measure, period=period, values=of(middle - 2, middle, middle + 4), by=by
        )
        period = periods.before("month", period)


@pytest.fixture(params=["events", "values"])
def judged(
    request: pytest.FixtureRequest, define: Define, plan: ActionPlan, consumer: Member
) -> ActionPlan:
    """A begun plan, judged by a measure of this kind that has its numbers."""
    of_days = request.param == "events"
    measure = define(**(FALLS if of_days else WAITS))
    today = measure.agency.today()
    (days if of_days else values)(measure, consumer, today)
    plan_actions.set_aim(plan, aim="It gets better.", by=consumer)
    plan_actions.set_standard(
        plan,
        measure=measure,
        baseline=Decimal(11),
        target=Decimal(30 if of_days else 7),
        target_on=today + timedelta(days=120),
        by=consumer,
    )
    plan_actions.add_step(plan, what="Do it", owner=consumer, due=today, by=consumer)
    plan_actions.set_evaluation(
        plan, looked_at_by=consumer, cadence="month", adapt_if="It does not.", by=consumer
    )
    return plan_actions.activate(plan, by=consumer)


def test_the_start_is_frozen_and_the_verdict_follows(judged: ActionPlan, today: date) -> None:
    standard = OutcomeStandard.objects.within(judged.agency).get(plan=judged)
    assert standard.baseline_through is not None
    assert today - timedelta(days=32) * 2 < standard.baseline_through < today
    (found,) = evaluation.judged(judged)
    assert found.verdict is not None
    assert found.verdict.answer is WhetherItWorked.NOT_ENOUGH
    there, here = told(standard.measure), found.found
    assert (there.finding, there.verdict) == (here.finding, here.verdict)
    assert [mark.title for mark in annotations.marks(standard.measure)] == [
        "Decided",
        "Plan started",
    ]


def test_all_pages_with_measures_show_it_within_ten_queries(
    judged: ActionPlan, agency: Agency, facilitator: Member, login: Login
) -> None:
    cell = judged.opportunity.cell
    measure = OutcomeStandard.objects.within(agency).get(plan=judged).measure
    client = login(facilitator)
    for url in (
        at(agency, "cells:cell", pk=cell.pk),
        at(agency, "measures:measures"),
        at(agency, "measures:measure", pk=measure.pk),
        at(agency, "cells:plan", pk=judged.pk),
        at(agency, "cells:opportunity", pk=judged.opportunity_id),
        at(agency, "cells:board"),
    ):
        assert_budget(client, url)
    said = "1 day between, up to " if measure.kind == "events" else " days in "
    for name, pk in (("cell", cell.pk), ("measures", None)):
        url = at(agency, page_name(name), **({"pk": pk} if pk else {}))
        page = client.get(url).content.decode()
        assert measure.name in page
        assert said in page
        assert "Not enough data yet" in page


def test_it_is_in_the_packet_on_paper(
    judged: ActionPlan, agency: Agency, facilitator: Member
) -> None:
    cell = judged.opportunity.cell
    packet = packet_of(Cell.objects.within(agency), cell.pk, facilitator)
    (figure,) = packet.figures
    assert figure.has_range
    assert bare(figure.title) in bare(written(as_pdf(packet, compress=False)))


def test_a_look_keeps_what_the_chart_said(judged: ActionPlan, consumer: Member) -> None:
    plan_actions.review(judged, outcome="go_on", note="We look.", by=consumer)
    review = judged.reviews.get()
    measure = OutcomeStandard.objects.within(judged.agency).get(plan=judged).measure
    assert review.seen.startswith(f"{measure.name}: Not enough data yet.")
