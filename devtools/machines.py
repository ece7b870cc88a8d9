"""The tables of transitions, drawn: docs/states.md, as Mermaid."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import TextChoices
from django.utils import translation

PATH = Path(__file__).resolve().parents[1] / "docs" / "states.md"
HEAD = """# What may become of what

Drawn from the tables that the rules ask. Written by `manage.py states`; edit the tables.
"""


@dataclass(frozen=True)
class StateMachine:
    """A model's one table of transitions; `first`: the states in which a row begins."""

    title: str
    where: str
    first: tuple[TextChoices, ...]
    moves: Mapping[Any, Iterable[TextChoices]]


def machines() -> list[StateMachine]:
    """Those that there are. Models come late: Django has to be ready."""
    assert apps.ready
    from cells.ideas import rules as ideas
    from cells.ideas.models import OpportunityState
    from dialogues.dialogue.models import FIRST_STAGE, NEXT_STAGE

    return [
        StateMachine(
            "An idea", "cells/ideas/rules.py:MOVES", (OpportunityState.RAISED,), ideas.MOVES
        ),
        StateMachine(
            "A dialogue",
            "dialogues/dialogue/models.py:NEXT_STAGE",
            tuple(FIRST_STAGE.values()),
            {state: (following,) for state, following in NEXT_STAGE.items()},
        ),
    ]


def drawn(machine: StateMachine) -> str:
    """One state diagram, with the states in the order of their enumeration."""
    states = list(type(machine.first[0]))
    lines = [f"    {state.value} : {state.label}" for state in states]
    lines += [f"    [*] --> {state.value}" for state in machine.first]
    lines += [
        f"    {state.value} --> {to.value}"
        for state in states
        for to in states
        if to in machine.moves.get(state, ())
    ]
    diagram = "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])
    return f"\n## {machine.title}\n\n`{machine.where}`\n\n{diagram}\n"


def written() -> str:
    with translation.override("en"):
        return HEAD + "".join(map(drawn, machines()))
