"""Who may do what in a cell, and when; and what a plan still lacks."""

from cells.rules.cells import opening, running, seeing_who_took_part, working
from cells.rules.measures import correcting, defining, importing, recording, redefining
from cells.rules.opportunities import (
    MOVES,
    finishing,
    leaving,
    moving,
    raising,
    raising_for,
)
from cells.rules.plans import (
    Lack,
    activating,
    adding_steps,
    changing_plan,
    changing_step,
    doing_step,
    lacking,
    planning,
    reviewing,
)
from cells.rules.rounds import (
    BALLOTS_TO_CLOSE,
    ENTRIES,
    closing_round,
    ending_round,
    keeping_secret,
    opening_round,
    proposing,
    voting,
)

__all__ = [
    "BALLOTS_TO_CLOSE",
    "ENTRIES",
    "MOVES",
    "Lack",
    "activating",
    "adding_steps",
    "changing_plan",
    "changing_step",
    "closing_round",
    "correcting",
    "defining",
    "doing_step",
    "ending_round",
    "finishing",
    "importing",
    "keeping_secret",
    "lacking",
    "leaving",
    "moving",
    "opening",
    "opening_round",
    "planning",
    "proposing",
    "raising",
    "raising_for",
    "recording",
    "redefining",
    "reviewing",
    "running",
    "seeing_who_took_part",
    "voting",
    "working",
]
