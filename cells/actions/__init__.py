"""The only write path for cells, opportunities, rounds, plans, measures and their numbers."""

from cells.actions.ballots import cast
from cells.actions.baselines import confirm_baseline
from cells.actions.bringing_back import bring_back
from cells.actions.cells import change_cell, open_cell
from cells.actions.charts import adjust, choose_chart, override_chart, undo_adjustment
from cells.actions.closing import close_cell
from cells.actions.cycles import (
    change_cycle,
    conclude_cycle,
    plan_cycle,
    record_cycle,
    record_doing,
    record_study,
    start_cycle,
    take_away_cycle,
)
from cells.actions.drivers import add_driver, move_driver, rename_driver, take_off_driver
from cells.actions.duties import hand_over
from cells.actions.imports import (
    ask_for_import,
    choose_columns,
    choose_sheet,
    import_numbers,
    upload,
)
from cells.actions.lineage import Part, merge, put_together, split, take_apart
from cells.actions.measures import (
    DEFINITION,
    LOCKED,
    correct_point,
    define,
    record_point,
    redefine,
    retire,
)
from cells.actions.opportunities import (
    Origin,
    choose,
    confirm,
    decline,
    finish,
    go_on,
    leave_behind,
    park,
    raise_opportunity,
    reword_origin,
    take_up_again,
)
from cells.actions.paper import write_down_ranking
from cells.actions.plans import (
    activate,
    begin_plan,
    drop_standard,
    review,
    set_aim,
    set_evaluation,
    set_standard,
)
from cells.actions.rounds import (
    cancel_round,
    close_round,
    extend_round,
    open_round,
    propose_choice,
    propose_together,
)
from cells.actions.silence import gather, go_round, rank_in_silence, write_down
from cells.actions.steps import (
    add_step,
    change_step,
    drop_step,
    finish_step,
    reopen_step,
    start_step,
)
from cells.actions.sustaining import answers, look_on, see_whether_it_lasts, sustain
from cells.counting import Rating
from cells.goes_on import Choice

__all__ = [
    "DEFINITION",
    "LOCKED",
    "Choice",
    "Origin",
    "Part",
    "Rating",
    "activate",
    "add_driver",
    "add_step",
    "adjust",
    "answers",
    "ask_for_import",
    "begin_plan",
    "bring_back",
    "cancel_round",
    "cast",
    "change_cell",
    "change_cycle",
    "change_step",
    "choose",
    "choose_chart",
    "choose_columns",
    "choose_sheet",
    "close_cell",
    "close_round",
    "conclude_cycle",
    "confirm",
    "confirm_baseline",
    "correct_point",
    "decline",
    "define",
    "drop_standard",
    "drop_step",
    "extend_round",
    "finish",
    "finish_step",
    "gather",
    "go_on",
    "go_round",
    "hand_over",
    "import_numbers",
    "leave_behind",
    "look_on",
    "merge",
    "move_driver",
    "open_cell",
    "open_round",
    "override_chart",
    "park",
    "plan_cycle",
    "propose_choice",
    "propose_together",
    "put_together",
    "raise_opportunity",
    "rank_in_silence",
    "record_cycle",
    "record_doing",
    "record_point",
    "record_study",
    "redefine",
    "rename_driver",
    "reopen_step",
    "retire",
    "review",
    "reword_origin",
    "see_whether_it_lasts",
    "set_aim",
    "set_evaluation",
    "set_standard",
    "split",
    "start_cycle",
    "start_step",
    "sustain",
    "take_apart",
    "take_away_cycle",
    "take_off_driver",
    "take_up_again",
    "undo_adjustment",
    "upload",
    "write_down",
    "write_down_ranking",
]
