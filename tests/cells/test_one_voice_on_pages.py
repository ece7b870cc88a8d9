"""Pages, file, stored review and packet agree about a measure, as people get them."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import Phase, given, settings

from accounts.models import Member
from cells.cell.models import Cell
from cells.overview.packet import as_pdf, packet_of
from cells.plans import evaluation
from cells.plans.models import ActionPlan, OutcomeStandard
from devtools.states import state
from foundation.addresses import at
from measures.charting.models import Adjustment, ChartChoice
from measures.definitions import periods, wording
from measures.definitions.models import Measure
from measures.numbers.models import DataPoint
from tests.cells.conftest import Define, told
from tests.cells.test_packet import written
from tests.cells.voices import ANSWERS, claims, contradictions, words_of
from tests.conftest import Login
from tests.measures.test_one_voice import Case, cases

STATUS = re.compile(r'<strong class="app-status[^>]*>.*?<span>([^<]+)</span>', re.DOTALL)


@state
def measure(define: Define) -> Measure:
    """A measure of a kind with most charts, including moving ranges."""
    return define(name="How people rate us", kind="score", denominator="")


@contextmanager
def lived(case: Case, plan: ActionPlan, measure: Measure, by: Member) -> Iterator[ActionPlan]:
    """The case, recorded for the measure and its plan; rolled back afterwards."""
    agency = plan.agency
    with transaction.atomic():
        last = periods.latest(measure.frequency, agency.today())
        days = [last]
        while len(days) < len(case.values) + 1:
            days.insert(0, periods.before(measure.frequency, days[0]))
        before, *days = days
        # A plan's baseline is recorded before it begins; then it is locked.
        plans = ActionPlan.objects.within(agency).filter(pk=plan.pk)
        plans.update(status="draft", activated_on=None)
        rows = Measure.objects.within(agency).filter(pk=measure.pk)
        rows.update(direction=case.direction)
        DataPoint.objects.within(agency).bulk_create(
            DataPoint(
                agency=agency,
                measure=measure,
                kind=measure.kind,
                period=day,
                numerator=value,
                recorded_by=by,
                came_on=day,
            )
            for day, value in zip(days, case.values, strict=True)
        )
        ChartChoice.objects.within(agency).create(
            agency=agency,
            measure=measure,
            chart=case.chart,
            rules=case.rules,
            firmness="trial",
            reason="To see all of them.",
            by=by,
            since=last,
            results=12,
        )
        adjusted = [("phase", place) for place in case.phases]
        adjusted += [("exclusion", place) for place in case.left_out]
        adjusted += [] if case.frozen is None else [("baseline", case.frozen)]
        for kind, place in adjusted:
            if place < len(days):
                Adjustment.objects.within(agency).create(
                    agency=agency,
                    measure=measure,
                    kind=kind,
                    period=days[place],
                    label="New desk" if kind == "phase" else "",
                    reason="x",
                    by=by,
                    on=last,
                )
        through = ([before, *days])[case.start]
        OutcomeStandard.objects.within(agency).filter(plan=plan).update(
            baseline=case.baseline, target=case.target, baseline_through=through
        )
        began = through + timedelta(days=1)
        plans.update(status="active", activated_on=began)
        yield plan
        transaction.set_rollback(True)


def heard(client: Client, plan: ActionPlan, measure: Measure, reader: Member) -> dict[str, str]:
    """Everything that is said, by where it is said."""
    agency, cell = plan.agency, plan.opportunity.cell_id
    pages = {
        "measure": at(agency, "measures:measure", pk=measure.pk),
        "plan": at(agency, "cells:plan", pk=plan.pk),
        "list": at(agency, "measures:measures"),
        "cell": at(agency, "cells:cell", pk=cell),
        "story": at(agency, "cells:opportunity", pk=plan.opportunity_id),
        "look": at(agency, "cells:review", pk=plan.pk),
        "board": at(agency, "cells:board"),
        "file": at(agency, "cells:board_file"),
    }
    found = {name: client.get(url).content.decode() for name, url in pages.items()}
    packet = packet_of(Cell.objects.within(agency), cell, reader)
    (figure,) = packet.figures.rows
    (judged,) = evaluation.judged(ActionPlan.objects.within(agency).get(pk=plan.pk))
    return found | {"packet": f"{figure.finding} {figure.goal}", "frozen": judged.line}


@pytest.fixture
def hear(
    active: ActionPlan, measure: Measure, facilitator: Member, login: Login
) -> Callable[[Case], None]:
    client = login(facilitator)

    def hear(case: Case) -> None:
        with lived(case, active, measure, facilitator):
            # The direction was changed in the database, past the loaded row.
            found = told(Measure.objects.within(measure.agency).get(pk=measure.pk))
            days = found.chart.series.dates
            known = [
                periods.named(measure.frequency, day)
                for at, day in enumerate(days)
                if found.chart.analysis.plotted[at] is not None
                and at not in found.chart.series.exclude
            ]
            latest = known[-1] if known else ""
            agree(case, heard(client, active, measure, facilitator), found.said, latest)

    def agree(case: Case, said: dict[str, str], finding: str, latest: str) -> None:
        # A board reports on the outcome; its table is what people read there.
        texts = {
            name: words_of(page.replace("<table", "<div").replace("</table", "</div"))
            if name == "board"
            else words_of(page)
            for name, page in said.items()
        }
        answers = {
            word for name, page in said.items() if name != "board" for word in STATUS.findall(page)
        } & set(ANSWERS)
        assert len(answers) == 1, answers
        (answer,) = answers
        came = any(value is not None for value in case.values[case.start :])
        for name, text in texts.items():
            if name != "story" or came:
                assert finding in text, name
                assert claims(finding).ways == claims(text).ways, name
            if name not in {"story", "packet"}:
                assert answer in text, name
        assert contradictions(list(texts.values()), answer, case.direction, latest) == []
        goals = {
            name
            for name, text in texts.items()
            if name not in {"list", "cell", "story", "board", "file", "frozen"}
            and claims(text).goals
        }
        assert goals in (set(), {"measure", "plan", "look", "packet"})

    return hear


@settings(
    max_examples=20,
    # A smaller case takes as long to check on eight pages.
    phases=[Phase.generate],
)
@given(case=cases(["run", "i", "i", "mr"]))
def test_every_page_tells_the_same_of_any_numbers(case: Case, hear: Callable[[Case], None]) -> None:
    if any(value is not None for value in case.values):
        hear(case)


RISE = Case(
    chart="i",
    rules="anhoej",
    direction="increase",
    values=(38, 40, 36, 39, 37, 41, 35, 38, 40, 36, 39, 37, *(70, 74, 71, 75, 72, 76) * 2),
    sizes=(0,) * 24,
    start=12,
    baseline=38,
    target=70,
    phases=(),
    frozen=None,
    left_out=(),
    planned=True,
)


def test_a_rise_is_told_in_the_same_words_with_one_baseline_and_one_goal(
    active: ActionPlan, measure: Measure, facilitator: Member, login: Login
) -> None:
    client = login(facilitator)
    with lived(RISE, active, measure, facilitator):
        found = told(measure)
        assert "12 results in a row above the baseline of 38" in found.said
        page = client.get(at(active.agency, "cells:plan", pk=active.pk))
        (row,) = page.context["page"].standards
        baseline = wording.amount(measure, found.baseline)
        assert baseline in [fact["value"].split(" (")[0] for fact in row.facts]
        assert claims(found.said).baselines == {baseline}
        packet = packet_of(
            Cell.objects.within(active.agency), active.opportunity.cell_id, facilitator
        )
        paper = re.sub(r"\s+", " ", written(as_pdf(packet, compress=False)))
        assert re.sub(r"\s+", "", found.said) in re.sub(r"\s+", "", paper)
        assert re.sub(r"\s+", "", found.goal) in re.sub(r"\s+", "", paper)
