"""The state machines draw themselves into docs/states.md."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test.utils import isolate_apps

from cells.ideas.models import Opportunity, OpportunityState
from devtools import machines
from foundation.transitions import StatefulModel, Transitions

# Fields named like a state that are none: a result recomputed daily, the record of a stage, and
# what a row that never changes says about a form.
NO_MACHINE = {
    "compensation.taxformnote.state",
    "indicators.indicatorsnapshot.status",
    "dialogues.stagechange.stage",
}


def without_table(found: Iterable[type[models.Model]]) -> set[str]:
    """Fields with several states and no table of transitions."""
    return {
        f"{model._meta.label_lower}.{field.name}"
        for model in found
        for field in model._meta.local_fields
        if field.name in {"state", "status", "stage"}
        and field.choices
        and not model.__name__.startswith("Historical")
        and not (issubclass(model, StatefulModel) and model.moves.field == field.name)
    }


def test_the_page_of_states_is_what_the_command_writes() -> None:
    assert machines.PATH.read_text("utf-8") == machines.written()


def test_another_table_is_another_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(machines, "PATH", tmp_path / "states.md")
    done = {OpportunityState.DONE: frozenset({OpportunityState.RAISED})}
    moves = Transitions(
        field="state",
        first=Opportunity.moves.first,
        moves={**Opportunity.moves.moves, **done},
    )
    assert "done --> raised" not in machines.written()
    monkeypatch.setattr(Opportunity, "moves", moves)
    call_command("states")
    assert "    done --> raised\n" in machines.PATH.read_text("utf-8")


def test_every_state_of_a_model_has_a_table_of_transitions() -> None:
    assert without_table(apps.get_models()) == NO_MACHINE


@isolate_apps("cells")
def test_a_state_without_a_table_is_found() -> None:
    class Kept(StatefulModel):
        moves = Transitions(first=frozenset({OpportunityState.RAISED}), moves={})
        status = models.CharField(max_length=10, choices=OpportunityState.choices)

        class Meta(StatefulModel.Meta):
            app_label = "cells"

    class Loose(models.Model):
        status = models.CharField(max_length=10, choices=OpportunityState.choices)
        stage = models.CharField(max_length=10)

        class Meta:
            app_label = "cells"

    class Beside(StatefulModel):
        moves = Transitions(first=frozenset({OpportunityState.RAISED}), moves={})
        state = models.CharField(max_length=10, choices=OpportunityState.choices)

        class Meta(StatefulModel.Meta):
            app_label = "cells"

    assert without_table([Kept, Loose, Beside]) == {"cells.loose.status", "cells.beside.state"}


@pytest.mark.parametrize("model", machines.machines(), ids=lambda model: model.__name__)
def test_a_table_leads_to_every_state(model: type[StatefulModel]) -> None:
    reached = {to for following in model.moves.moves.values() for to in following}
    assert {*model.moves.first, *reached} == set(model.moves.states.__members__.values())


@pytest.mark.parametrize("model", machines.machines(), ids=lambda model: model.__name__)
def test_a_table_is_of_the_states_that_its_field_holds(model: type[StatefulModel]) -> None:
    field = model._meta.get_field(model.moves.field)
    assert isinstance(field, models.Field)
    assert list(dict(field.flatchoices)) == model.moves.states.values
    assert {type(state) for state in model.moves.moves} == {model.moves.states}
    if field.has_default():
        assert field.get_default() in model.moves.first
