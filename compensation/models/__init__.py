from compensation.models.claims import (
    Claim,
    ClaimKind,
    ClaimQuerySet,
    ClaimStatus,
    Method,
    Owed,
    Payment,
    SetOff,
)
from compensation.models.ledger import Account, Entry, Posting, PostingKind
from compensation.models.plan import (
    Agreement,
    Choice,
    Election,
    Offer,
    Organization,
    PlanVersion,
    PlanVersionQuerySet,
)

__all__ = [
    "Account",
    "Agreement",
    "Choice",
    "Claim",
    "ClaimKind",
    "ClaimQuerySet",
    "ClaimStatus",
    "Election",
    "Entry",
    "Method",
    "Offer",
    "Organization",
    "Owed",
    "Payment",
    "PlanVersion",
    "PlanVersionQuerySet",
    "Posting",
    "PostingKind",
    "SetOff",
]
