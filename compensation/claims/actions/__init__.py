from compensation.claims.actions.approving import approve, undo_approval
from compensation.claims.actions.claiming import claim
from compensation.claims.actions.costs import (
    claim_cost,
    claim_cost_again,
    claim_miles,
    refuse,
    refuse_all,
    send_back,
    send_back_all,
    withdraw,
)

__all__ = [
    "approve",
    "claim",
    "claim_cost",
    "claim_cost_again",
    "claim_miles",
    "refuse",
    "refuse_all",
    "send_back",
    "send_back_all",
    "undo_approval",
    "withdraw",
]
