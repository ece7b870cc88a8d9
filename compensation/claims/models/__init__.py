from compensation.claims.models.choices import (
    BEGINS,
    OPEN,
    ClaimKind,
    ClaimStatus,
    CostKind,
    ReceiptMedia,
)
from compensation.claims.models.lines import Claim, ClaimQuerySet, SetOff, save_all
from compensation.claims.models.owed import Owed

__all__ = [
    "BEGINS",
    "OPEN",
    "Claim",
    "ClaimKind",
    "ClaimQuerySet",
    "ClaimStatus",
    "CostKind",
    "Owed",
    "ReceiptMedia",
    "SetOff",
    "save_all",
]
