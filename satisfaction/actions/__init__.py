"""The only write path for survey rounds and their answers."""

from satisfaction.actions.answers import (
    answer,
    enter_for_someone,
    spend,
    unknown_code,
    write_down,
)
from satisfaction.actions.rounds import SHORTEST_TIME, close_round, open_round, remind

__all__ = [
    "SHORTEST_TIME",
    "answer",
    "close_round",
    "enter_for_someone",
    "open_round",
    "remind",
    "spend",
    "unknown_code",
    "write_down",
]
