from compensation.actions.approving import approve, pay, reverse, send_back, undo_approval
from compensation.actions.claiming import claim_attendance, claim_cost, claim_cost_again
from compensation.actions.offering import elect, offer, offer_to_all_seated
from compensation.actions.planning import (
    adopt,
    draft,
    edit,
    record_ratification,
    seek_ratification,
)

__all__ = [
    "adopt",
    "approve",
    "claim_attendance",
    "claim_cost",
    "claim_cost_again",
    "draft",
    "edit",
    "elect",
    "offer",
    "offer_to_all_seated",
    "pay",
    "record_ratification",
    "reverse",
    "seek_ratification",
    "send_back",
    "undo_approval",
]
