"""The only write path for votes and for rankings without one."""

from cells.ranking.actions.ballots import cast
from cells.ranking.actions.paper import write_down_ranking
from cells.ranking.actions.rounds import (
    cancel_round,
    close_round,
    default_votes,
    extend_round,
    open_round,
    propose_choice,
    propose_together,
    together,
    voters,
    voting_seats,
)
from cells.ranking.actions.silence import gather, go_round, rank_in_silence, write_down

__all__ = [
    "cancel_round",
    "cast",
    "close_round",
    "default_votes",
    "extend_round",
    "gather",
    "go_round",
    "open_round",
    "propose_choice",
    "propose_together",
    "rank_in_silence",
    "together",
    "voters",
    "voting_seats",
    "write_down",
    "write_down_ranking",
]
