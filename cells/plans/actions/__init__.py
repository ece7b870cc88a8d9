"""The only write path for plans, their steps, tests, goals and reviews."""

from cells.plans.actions.baselines import confirm_baseline, touching
from cells.plans.actions.cycles import (
    change_cycle,
    conclude_cycle,
    plan_cycle,
    record_cycle,
    record_doing,
    record_study,
    start_cycle,
    take_away_cycle,
)
from cells.plans.actions.drivers import (
    add_driver,
    below,
    move_driver,
    rename_driver,
    take_off_driver,
)
from cells.plans.actions.evaluation import confirm, draft_plan, finish, go_on, stop_plan
from cells.plans.actions.plans import (
    EVERY,
    activate,
    begin_plan,
    drop_standard,
    review,
    set_aim,
    set_evaluation,
    set_standard,
)
from cells.plans.actions.steps import (
    add_step,
    change_step,
    drop_step,
    finish_step,
    reopen_step,
    start_step,
)

__all__ = [
    "EVERY",
    "activate",
    "add_driver",
    "add_step",
    "begin_plan",
    "below",
    "change_cycle",
    "change_step",
    "conclude_cycle",
    "confirm",
    "confirm_baseline",
    "draft_plan",
    "drop_standard",
    "drop_step",
    "finish",
    "finish_step",
    "go_on",
    "move_driver",
    "plan_cycle",
    "record_cycle",
    "record_doing",
    "record_study",
    "rename_driver",
    "reopen_step",
    "review",
    "set_aim",
    "set_evaluation",
    "set_standard",
    "start_cycle",
    "start_step",
    "stop_plan",
    "take_away_cycle",
    "take_off_driver",
    "touching",
]
