from compensation.models.claims import Claim, ClaimKind, ClaimStatus, Method, Payment
from compensation.models.ledger import Account, Entry, Posting, PostingKind
from compensation.models.plan import Choice, Election, Offer, PlanVersion

__all__ = [
    "Account",
    "Choice",
    "Claim",
    "ClaimKind",
    "ClaimStatus",
    "Election",
    "Entry",
    "Method",
    "Offer",
    "Payment",
    "PlanVersion",
    "Posting",
    "PostingKind",
]
