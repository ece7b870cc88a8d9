"""The only write path for improvement ideas."""

from cells.ideas.actions.lineage import SplitPart, merge, put_together, split, take_apart
from cells.ideas.actions.opportunities import (
    Origin,
    choose,
    decline,
    leave_behind,
    locked,
    move,
    park,
    put_on_list,
    raise_opportunity,
    reword_origin,
    take_up_again,
    tell_owners,
)

__all__ = [
    "Origin",
    "SplitPart",
    "choose",
    "decline",
    "leave_behind",
    "locked",
    "merge",
    "move",
    "park",
    "put_on_list",
    "put_together",
    "raise_opportunity",
    "reword_origin",
    "split",
    "take_apart",
    "take_up_again",
    "tell_owners",
]
