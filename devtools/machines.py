"""Draws the tables of transitions into docs/states.md, as Mermaid."""

import inspect
from pathlib import Path

from django.apps import apps
from django.utils import translation

from foundation.transitions import StatefulModel

ROOT = Path(__file__).resolve().parents[1]
PATH = ROOT / "docs" / "states.md"
HEAD = """# What may become of what

Drawn from the tables that rules ask and actions keep to. Written by `manage.py states`; edit the
tables.
"""


def machines() -> list[type[StatefulModel]]:
    """The models with states, by name."""
    found = [model for model in apps.get_models() if issubclass(model, StatefulModel)]
    return sorted(found, key=lambda model: model.__name__)


def drawn(model: type[StatefulModel]) -> str:
    """One state diagram, with the states in the order of their enumeration."""
    moves = model.moves
    lines = [f"    {state.value} : {state.label}" for state in moves.states]
    lines += [f"    [*] --> {state.value}" for state in moves.states if state in moves.first]
    lines += [
        f"    {state.value} --> {to.value}"
        for state in moves.states
        for to in moves.states
        if to in moves.after(state)
    ]
    diagram = "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])
    where = Path(inspect.getfile(model)).relative_to(ROOT)
    title = str(model._meta.verbose_name).capitalize()
    return f"\n## {title}\n\n`{where}:{model.__name__}`\n\n{diagram}\n"


def written() -> str:
    with translation.override("en"):
        return HEAD + "".join(map(drawn, machines()))
