"""The state machines draw themselves into docs/states.md."""

from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import TextChoices

from cells.ideas import rules
from cells.ideas.models import OpportunityState
from devtools import machines

# Stored states of models that have no one table of transitions yet: each rule asks for itself.
# May only shrink.
WITHOUT_A_TABLE = {
    "cells.actionplan.status",
    "cells.actionstep.status",
    "cells.priorityround.status",
    "compensation.claim.status",
    "groups.decision.status",
    "groups.meeting.status",
    "groups.resolution.state",
    "groups.seatoffer.state",
    "oversight.recommendation.status",
    "oversight.review.status",
}


DRAWN = {"cells.opportunity.state", "dialogues.dialogue.stage"}
# An answer that is counted anew each day, and the record of a stage that began.
NO_MACHINE = {"indicators.indicatorsnapshot.status", "dialogues.stagechange.stage"}


def states() -> set[str]:
    """The fields of models that hold a state of several."""
    return {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_fields
        if field.name in {"state", "status", "stage"}
        and field.choices
        and not model.__name__.startswith("Historical")
    }


def test_the_page_of_states_is_what_the_command_writes() -> None:
    assert machines.PATH.read_text("utf-8") == machines.written()


def test_another_table_is_another_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr(machines, "PATH", tmp_path / "states.md")
    moves: dict[OpportunityState, frozenset[OpportunityState]] = {
        **rules.MOVES,
        OpportunityState.DONE: frozenset({OpportunityState.RAISED}),
    }
    before = machines.written()
    assert "done --> raised" not in before
    monkeypatch.setattr(rules, "MOVES", moves)
    call_command("states")
    assert "    done --> raised\n" in machines.PATH.read_text("utf-8")


def test_every_state_of_a_model_is_drawn_or_known_to_lack_its_table() -> None:
    assert states() == WITHOUT_A_TABLE | DRAWN | NO_MACHINE


def test_a_table_leads_to_every_state() -> None:
    for machine in machines.machines():
        known: set[TextChoices] = set(type(machine.first[0]))
        reached = {to for following in machine.moves.values() for to in following}
        assert {*machine.first, *reached} == known
