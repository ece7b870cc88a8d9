"""The only write path for cells, opportunities, rounds, plans, measures and their numbers."""

from cells.actions.cells import change_cell, open_cell
from cells.actions.cycles import (
    change_cycle,
    conclude_cycle,
    plan_cycle,
    record_doing,
    record_study,
    start_cycle,
    take_away_cycle,
)
from cells.actions.imports import choose_columns, import_numbers, upload
from cells.actions.measures import (
    DEFINITION,
    correct_point,
    define,
    record_point,
    redefine,
    retire,
)
from cells.actions.opportunities import (
    Origin,
    choose,
    decline,
    finish,
    park,
    raise_opportunity,
    take_up_again,
)
from cells.actions.plans import (
    activate,
    begin_plan,
    review,
    set_aim,
    set_evaluation,
    set_standard,
)
from cells.actions.rounds import (
    cancel_round,
    cast,
    close_round,
    extend_round,
    open_round,
    propose_choice,
)
from cells.actions.steps import add_step, change_step, drop_step, finish_step, start_step

__all__ = [
    "DEFINITION",
    "Origin",
    "activate",
    "add_step",
    "begin_plan",
    "cancel_round",
    "cast",
    "change_cell",
    "change_cycle",
    "change_step",
    "choose",
    "choose_columns",
    "close_round",
    "conclude_cycle",
    "correct_point",
    "decline",
    "define",
    "drop_step",
    "extend_round",
    "finish",
    "finish_step",
    "import_numbers",
    "open_cell",
    "open_round",
    "park",
    "plan_cycle",
    "propose_choice",
    "raise_opportunity",
    "record_doing",
    "record_point",
    "record_study",
    "redefine",
    "retire",
    "review",
    "set_aim",
    "set_evaluation",
    "set_standard",
    "start_cycle",
    "start_step",
    "take_away_cycle",
    "take_up_again",
    "upload",
]
