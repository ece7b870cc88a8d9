"""The address of each form of cells, in a state in which whoever runs the cell can open it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.models import Member
from cells.cell import actions as cell_actions
from cells.ideas import actions as idea_actions
from cells.ideas.models import Opportunity
from cells.plans import actions as plan_actions
from cells.plans.models import ActionPlan
from cells.ranking import actions as ranking_actions
from cells.sustaining import actions as sustaining
from devtools import seating
from foundation.addresses import at
from measures.charting import actions as chart_actions
from measures.definitions import periods
from measures.definitions.models import Measure
from measures.importing import actions as import_actions
from measures.importing.columns import Columns
from measures.numbers import actions as number_actions
from tests.cells.addresses import page_name
from tests.measures.workbooks import workbook

Open = Callable[[pytest.FixtureRequest], str]


def plain(name: str) -> Open:
    return lambda request: at(request.getfixturevalue("agency"), page_name(name))


def of(name: str, fixture: str, query: str = "", also: str = "") -> Open:
    """The page `name` of the fixture's row, `also` after another fixture."""

    def url(request: pytest.FixtureRequest) -> str:
        if also:
            request.getfixturevalue(also)
        subject = request.getfixturevalue(fixture)
        return at(subject.agency, page_name(name), pk=subject.pk) + query

    return url


def define_a_rate(request: pytest.FixtureRequest) -> str:
    """The page that defines a measure of the cell, once its kind is chosen."""
    cell = request.getfixturevalue("seated")
    return at(cell.agency, "measures:define", pk=cell.group_id) + "?kind=rate"


def idea(name: str, act: Callable[..., object] | None = None) -> Open:
    """The page `name` of an idea that was just raised, then changed by `act`."""

    def url(request: pytest.FixtureRequest) -> str:
        found = request.getfixturevalue("raised")()
        if act is not None:
            act(found, reason="Later.", by=request.getfixturevalue("facilitator"))
        return at(found.agency, page_name(name), pk=found.pk)

    return url


def raise_another(found: Opportunity, **_: object) -> None:
    idea_actions.raise_opportunity(
        found.cell, kind=found.kind, title="The wait at the desk is long", by=found.raised_by
    )


def taken_together(request: pytest.FixtureRequest) -> str:
    first, second, *_rest = request.getfixturevalue("ideas")
    idea_actions.merge(first, into=second, by=request.getfixturevalue("facilitator"))
    return at(first.agency, "cells:take_apart", pk=first.pk)


def split_up(request: pytest.FixtureRequest) -> str:
    found: Opportunity = request.getfixturevalue("raised")()
    parts = [idea_actions.SplitPart("The first half"), idea_actions.SplitPart("The second half")]
    idea_actions.split(found, parts=parts, by=request.getfixturevalue("facilitator"))
    return at(found.agency, "cells:put_together", pk=found.pk)


def silent(name: str, until: str) -> Open:
    """The page `name` of a round that began with silent ideas."""

    def url(request: pytest.FixtureRequest) -> str:
        cell, by = request.getfixturevalue("seated"), request.getfixturevalue("facilitator")
        ranking = ranking_actions.gather(cell, question="What would help most?", by=by)
        for title in ("A sign at the door", "A bell at the door"):
            ranking_actions.write_down(ranking, kind="problem", title=title, by=by)
        if until == "talk":
            ranking_actions.go_round(ranking, by=by)
        return at(cell.agency, page_name(name), pk=ranking.pk)

    return url


def step(name: str, *, done: bool = False) -> Open:
    def url(request: pytest.FixtureRequest) -> str:
        active: ActionPlan = request.getfixturevalue("active")
        found = active.steps.get()
        if done:
            plan_actions.finish_step(found, by=request.getfixturevalue("facilitator"))
        return at(active.agency, page_name(name), pk=found.pk)

    return url


def finish(request: pytest.FixtureRequest) -> str:
    active: ActionPlan = request.getfixturevalue("active")
    plan_actions.finish_step(active.steps.get(), by=request.getfixturevalue("facilitator"))
    return at(active.agency, "cells:finish", pk=active.opportunity_id)


def new_owner(request: pytest.FixtureRequest) -> str:
    """The page that hands over a measure, with another group to take it."""
    measure: Measure = request.getfixturevalue("measure")
    by: Member = request.getfixturevalue("facilitator")
    other = cell_actions.open_cell(
        name="Evening cell", focus="Evenings", by=by, on=by.agency.today()
    )
    seating.seat(other.group, by, since=by.agency.today(), by=by)
    return at(measure.agency, "measures:new_owner", pk=measure.pk)


def correct(request: pytest.FixtureRequest) -> str:
    measure: Measure = request.getfixturevalue("measure")
    ago = measure.agency.today() - timedelta(days=70)
    by: Member = request.getfixturevalue("facilitator")
    point = number_actions.record_point(measure, period=ago, numerator=None, by=by)
    return at(measure.agency, "measures:correct", pk=point.pk)


def draft(name: str) -> Open:
    def url(request: pytest.FixtureRequest) -> str:
        measure: Measure = request.getfixturevalue("measure")
        by: Member = request.getfixturevalue("facilitator")
        data = b"month,seen,all\n2026-01,1,2\n2026-02,9,2\n"
        made = import_actions.upload(measure, data=data, by=by)
        import_actions.choose_columns(made, columns=Columns(0, 1, 2), by=by)
        return at(measure.agency, page_name(name), pk=made.pk)

    return url


def trial(name: str, *, until: str = "") -> Open:
    """The page `name` of a small test that has reached that part."""

    def url(request: pytest.FixtureRequest) -> str:
        active: ActionPlan = request.getfixturevalue("active")
        planned = request.getfixturevalue("planned")
        by: Member = request.getfixturevalue("facilitator")
        cycle = plan_actions.plan_cycle(active, **planned, by=by)
        if until in ("do", "study", "act"):
            plan_actions.start_cycle(cycle, by=by)
        if until in ("study", "act"):
            plan_actions.record_doing(cycle, happened="x", unexpected="", over=True, by=by)
        if until == "act":
            plan_actions.record_study(cycle, foretold="yes", learned="x", by=by)
        return at(active.agency, page_name(name), pk=cycle.pk)

    return url


def sheets(request: pytest.FixtureRequest) -> str:
    measure: Measure = request.getfixturevalue("measure")
    table = [["month", "seen", "all"], ["2026-01", 1, 2]]
    data = workbook({"North": table, "South": table})
    made = import_actions.upload(measure, data=data, by=request.getfixturevalue("facilitator"))
    return at(measure.agency, "measures:sheets", pk=made.pk)


def with_numbers(name: str) -> Open:
    """The page `name` of a measure with a dozen numbers."""

    def url(request: pytest.FixtureRequest) -> str:
        measure: Measure = request.getfixturevalue("measure")
        dozen(measure, request.getfixturevalue("facilitator"))
        return at(measure.agency, page_name(name), pk=measure.pk)

    return url


def undo(request: pytest.FixtureRequest) -> str:
    measure: Measure = request.getfixturevalue("measure")
    by: Member = request.getfixturevalue("facilitator")
    days = dozen(measure, by)
    made = chart_actions.adjust(measure, kind="exclusion", period=days[4], reason="Flood.", by=by)
    return at(measure.agency, "measures:undo_adjustment", pk=made.pk)


def dozen(measure: Measure, by: Member) -> list[date]:
    """Record twelve months of numbers up to the last completed one; return the periods."""
    days = [periods.latest(measure.frequency, measure.agency.today())]
    while len(days) < 12:
        days.insert(0, periods.before(measure.frequency, days[0]))
    for index, day in enumerate(days):
        number_actions.record_point(
            measure, period=day, numerator=Decimal(3 + index % 5), denominator=Decimal(20), by=by
        )
    return days


def watched(request: pytest.FixtureRequest) -> str:
    """A further measure of a plan that is still being made."""
    plan: ActionPlan = request.getfixturevalue("plan")
    made = plan_actions.set_standard(
        plan,
        measure=request.getfixturevalue("measure"),
        role="balancing",
        baseline=None,
        target=None,
        target_on=None,
        by=request.getfixturevalue("facilitator"),
    )
    return at(plan.agency, "cells:drop_standard", pk=made.pk)


def finished(name: str) -> Open:
    """The page `name` of a finished plan that somebody keeps checking."""

    def url(request: pytest.FixtureRequest) -> str:
        plan: ActionPlan = request.getfixturevalue("finished")
        by: Member = request.getfixturevalue("facilitator")
        if name == "look_on":
            sustaining.sustain(plan, looked_at_by=by, cadence="month", reopen_if="Worse.", by=by)
        return at(plan.agency, page_name(name), pk=plan.pk)

    return url


def driver(name: str) -> Open:
    def url(request: pytest.FixtureRequest) -> str:
        active: ActionPlan = request.getfixturevalue("active")
        by: Member = request.getfixturevalue("facilitator")
        made = plan_actions.add_driver(active, text="How people are welcomed", by=by)
        return at(active.agency, page_name(name), pk=made.pk)

    return url


FORMS: dict[str, Open] = {
    "open": plain("open"),
    "change": of("change", "seated"),
    "raise": of("raise", "seated"),
    "park": idea("park"),
    "decline": idea("decline"),
    "take_up_again": idea("take_up_again", idea_actions.park),
    "finish": finish,
    "merge": idea("merge", raise_another),
    "split": idea("split"),
    "take_apart": taken_together,
    "put_together": split_up,
    "open_round": of("open_round", "seated", also="ideas"),
    "write_down_ranking": of("write_down_ranking", "seated", also="ideas"),
    "round": of("round", "ranking"),
    "gather": of("gather", "seated"),
    "go_round": silent("go_round", "round"),
    "rank": silent("rank", "talk"),
    "close_round": of("close_round", "ranking", also="all_voted"),
    "extend_round": of("extend_round", "ranking"),
    "cancel_round": of("cancel_round", "ranking"),
    "propose": of("propose", "closed"),
    "plan": of("plan", "whole"),
    "aim": of("aim", "plan"),
    "standard": of("standard", "plan", also="measure"),
    "evaluation": of("evaluation", "plan"),
    "review": of("review", "active"),
    "watch": of("watch", "plan", also="measure"),
    "drop_standard": watched,
    "sustain": finished("sustain"),
    "look_on": finished("look_on"),
    "add_step": of("add_step", "plan"),
    "step": step("step"),
    "change_step": step("change_step"),
    "drop_step": step("drop_step"),
    "reopen_step": step("reopen_step", done=True),
    "add_driver": of("add_driver", "plan"),
    "driver": driver("driver"),
    "move_driver": driver("move_driver"),
    "take_off": driver("take_off"),
    "plan_cycle": of("plan_cycle", "plan"),
    "record_cycle": of("record_cycle", "plan"),
    "cycle": trial("cycle"),
    "change_cycle": trial("change_cycle"),
    "do": trial("do", until="do"),
    "study": trial("study", until="study"),
    "conclude": trial("conclude", until="act"),
    "take_cycle_away": trial("take_cycle_away"),
    "define": define_a_rate,
    "change_measure": of("change_measure", "measure"),
    "retire": of("retire", "measure"),
    "new_owner": new_owner,
    "choose_chart": with_numbers("choose_chart"),
    "new_phase": with_numbers("new_phase"),
    "freeze": with_numbers("freeze"),
    "leave_out": with_numbers("leave_out"),
    "undo_adjustment": undo,
    "record": of("record", "measure"),
    "correct": correct,
    "no_number": of("no_number", "measure"),
    "upload": of("upload", "measure"),
    "sheets": sheets,
    "columns": draft("columns"),
    "import": draft("import"),
}
FORMS["idea"] = lambda request: (request.getfixturevalue("seated"), plain("idea")(request))[1]


def of_kind(name: str, kind: str) -> Open:
    """The page `name` of a measure of this kind, or of its first row."""

    def url(request: pytest.FixtureRequest) -> str:
        defined = {"kind": kind, "denominator": "", "frequency": "" if kind == "events" else "day"}
        measure: Measure = request.getfixturevalue("define")(**defined)
        if name == "record":
            return at(measure.agency, "measures:record", pk=measure.pk)
        by = request.getfixturevalue("facilitator")
        yesterday = by.agency.today() - timedelta(days=1)
        given = {"values": [Decimal(4)]} if kind == "values" else {"numerator": Decimal(1)}
        point = number_actions.record_point(measure, period=yesterday, by=by, **given)
        return at(measure.agency, "measures:correct", pk=point.pk)

    return url


# The same pages for other kinds of measures, which ask other questions.
KINDS: dict[str, Open] = {
    f"{name} {kind}": of_kind(name, kind)
    for name in ("record", "correct")
    for kind in ("values", "events")
}
# Forms with only hidden keys, or a checkbox that accepts anything: nothing else could be wrong.
BUTTONS = frozenset(
    {"cycle", "take_cycle_away", "move_driver", "take_off"}
    | {
        "drop_standard",
        "take_up_again",
        "take_apart",
        "put_together",
        "close_round",
        "cancel_round",
        "go_round",
    }
    | {"plan", "retire", "step", "reopen_step", "import"}
)
# Forms that nobody in the demo reaches, or only for a moment after another form: they are sent
# wrong here. tests/security/test_every_form.py covers all the others.
FOR_A_MOMENT = frozenset(
    {"decline", "take_up_again", "merge", "split", "put_together", "take_apart", "rank", "plan"}
    | {"cycle"}
    | {"change_cycle", "study", "take_cycle_away"}
)
SENT_WRONG = {name: open_form for name, open_form in FORMS.items() if name in FOR_A_MOMENT} | KINDS
