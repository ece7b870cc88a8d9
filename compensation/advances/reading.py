"""Advances of which it is not known yet what was spent."""

from django.db.models import Exists, OuterRef

from compensation.advances.models import SpentAdvance
from compensation.claims.models import Claim, ClaimQuerySet, ClaimStatus
from foundation.models import Agency


def unsettled(agency: Agency) -> ClaimQuerySet:
    """Advances that were paid, and not settled."""
    settled = SpentAdvance.objects.within(agency).filter(claim=OuterRef("pk"))
    paid = Claim.objects.within(agency).filter(in_advance=True, status=ClaimStatus.PAID)
    return paid.filter(~Exists(settled))
