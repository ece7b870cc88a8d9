"""Rows change state only by their table, and nothing else writes a state."""

import ast
from datetime import date

import pytest

from foundation.transitions import StatefulModel, WrongTransition
from groups.models import Meeting, MeetingStatus, Resolution, ResolutionState
from tests.foundation.test_source import APPS, ROOT, sources
from tests.sources import nodes

STATES = {"state", "status", "stage"}


def written(source: str) -> list[str]:
    """Line and name of each state written past the table."""
    found = []
    for node in nodes(source):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Store)
            and node.attr in STATES
        ):
            found.append(f"{node.lineno} .{node.attr}")
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "update"
        ):
            found += [
                f"{node.lineno} update({each.arg})" for each in node.keywords if each.arg in STATES
            ]
    return found


@pytest.mark.parametrize("app", APPS)
def test_a_state_is_written_by_its_table_only(app: str) -> None:
    found = {str(path.relative_to(ROOT)): written(path.read_text()) for path in sources(app)}
    assert {name: bad for name, bad in found.items() if bad} == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("plan.status = PlanStatus.ACTIVE", ["1 .status"]),
        ("plan.aim, idea.state = '', RAISED", ["1 .state"]),
        ("dialogue.stage: str = ''", ["1 .stage"]),
        ("rows.update(status='held', version=2)", ["1 update(status)"]),
        ("plan.become(PlanStatus.ACTIVE)\nrows.filter(status='held').update(version=2)", []),
        ("stage = plan.status", []),
    ],
)
def test_each_way_past_the_table_is_found(source: str, found: list[str]) -> None:
    assert written(source) == found


def kept(row: StatefulModel) -> StatefulModel:
    """As if loaded from the database."""
    row._state.adding = False
    return row


def test_a_row_comes_to_the_states_that_its_table_leads_to() -> None:
    meeting = kept(Meeting(status=MeetingStatus.PLANNED))
    assert meeting.may_become(MeetingStatus.CANCELLED)
    meeting.become(MeetingStatus.CANCELLED)
    meeting.become(MeetingStatus.HELD)
    assert isinstance(meeting, Meeting)
    assert meeting.status == MeetingStatus.HELD


def test_a_row_comes_to_no_other_state() -> None:
    meeting = kept(Meeting(status=MeetingStatus.HELD))
    assert not meeting.may_become(MeetingStatus.CANCELLED)
    with pytest.raises(WrongTransition):
        meeting.become(MeetingStatus.CANCELLED)
    assert isinstance(meeting, Meeting)
    assert meeting.status == MeetingStatus.HELD


def test_staying_as_it_is_is_no_move_and_is_never_allowed_as_one() -> None:
    meeting = kept(Meeting(status=MeetingStatus.HELD))
    meeting.become(MeetingStatus.HELD)
    assert not meeting.may_become(MeetingStatus.HELD)


def test_a_row_begins_in_a_first_state_only() -> None:
    resolution = Resolution(state=ResolutionState.ATTESTED, on=date(2026, 5, 4))
    with pytest.raises(WrongTransition):
        resolution.save()
    with pytest.raises(WrongTransition):
        Resolution().become(ResolutionState.DENIED)
