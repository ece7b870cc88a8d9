"""The only write path of oversight."""

from oversight.actions.escalating import escalate
from oversight.actions.in_force import carry_out, drop
from oversight.actions.minutes import add_to_minutes, prepare_minutes
from oversight.actions.pauses import make_longer, propose_longer, rule_on_pause
from oversight.actions.recommendations import (
    disclose_conflict,
    give_response,
    prepare_judgement,
    prepare_recommendation,
    prepare_verification,
    report_done,
)
from oversight.actions.reviews import open_review, prepare_closing, record_finding

__all__ = [
    "add_to_minutes",
    "carry_out",
    "disclose_conflict",
    "drop",
    "escalate",
    "give_response",
    "make_longer",
    "open_review",
    "prepare_closing",
    "prepare_judgement",
    "prepare_minutes",
    "prepare_recommendation",
    "prepare_verification",
    "propose_longer",
    "record_finding",
    "report_done",
    "rule_on_pause",
]
