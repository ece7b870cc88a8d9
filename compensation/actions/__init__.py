from compensation.actions.approving import approve, undo_approval
from compensation.actions.claiming import claim_attendance
from compensation.actions.costs import claim_cost, claim_cost_again, refuse, send_back, withdraw
from compensation.actions.electing import elect, list_organization, take_off_organization
from compensation.actions.offering import offer, offer_to_all_seated
from compensation.actions.paying import pay, reverse
from compensation.actions.planning import (
    adopt,
    draft,
    edit,
    overtaken,
    record_ratification,
    seek_ratification,
    settle_overtaken_plans,
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
    "list_organization",
    "offer",
    "offer_to_all_seated",
    "overtaken",
    "pay",
    "record_ratification",
    "refuse",
    "reverse",
    "seek_ratification",
    "send_back",
    "settle_overtaken_plans",
    "take_off_organization",
    "undo_approval",
    "withdraw",
]
