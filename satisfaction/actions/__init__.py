"""The only write path for survey rounds and their answers."""

from satisfaction.actions.answers import (
    answer,
    check_sheet,
    spend,
    unknown_code,
    write_down,
)
from satisfaction.actions.reflections import (
    release_reflection,
    say_of_reflection,
    write_reflection,
)
from satisfaction.actions.rounds import (
    check_closing_day,
    clear,
    close_round,
    extend_round,
    note_reach,
    open_round,
    print_sheets,
    remind,
    sheets_left,
)
from satisfaction.participants import to_ask

__all__ = [
    "answer",
    "check_closing_day",
    "check_sheet",
    "clear",
    "close_round",
    "extend_round",
    "note_reach",
    "open_round",
    "print_sheets",
    "release_reflection",
    "remind",
    "say_of_reflection",
    "sheets_left",
    "spend",
    "to_ask",
    "unknown_code",
    "write_down",
    "write_reflection",
]
