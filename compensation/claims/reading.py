"""Downward corrections still to set off, and lines that were given up and can return."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Min, QuerySet, Sum

from accounts.models import Member
from compensation.claims import rules
from compensation.claims.models import Claim, ClaimStatus, SetOff
from compensation.offers.models import Organization
from foundation import prepared
from foundation.keys import code, kind_of
from foundation.models import Agency

ZERO = Decimal(0)


def left_to_set_off(claims: Iterable[Claim]) -> dict[int, Decimal]:
    """By key of a downward correction, what no standing payment has set off yet; one query."""
    found = list(claims)
    if not found:
        return {}
    standing = SetOff.objects.within(found[0].agency).filter(payment__reversed_on=None)
    rows = standing.filter(claim__in=found).order_by().values("claim").annotate(sum=Sum("amount"))
    taken = {row["claim"]: row["sum"] for row in rows}
    return {claim.pk: -claim.amount - taken.get(claim.pk, ZERO) for claim in found}


def stamps_of(
    claims: Iterable[Claim], less: Mapping[tuple[int, int | None], Decimal]
) -> dict[int, str]:
    """By key, what ticking a line agrees to: amount, destination and deduction.

    `less`: what payments deduct, by member and destination.
    """
    return {
        claim.pk: _stamp(claim, less if claim.status == ClaimStatus.APPROVED else {})
        for claim in claims
    }


def _stamp(claim: Claim, less: Mapping[tuple[int, int | None], Decimal]) -> str:
    parts = [str(claim.amount)]
    if claim.donate_to_id is not None:
        parts.append(f"to {code(kind_of(Organization), claim.donate_to_id)}")
    if taken := less.get((claim.member_id, claim.donate_to_id)):
        parts.append(f"less {taken}")
    return " ".join(parts)


@dataclass(frozen=True)
class GivenUp:
    """Lines given up that another choice restores, and the deadline for all of them."""

    amount: Decimal
    until: date


def turned_down(member: Member, today: date) -> GivenUp | None:
    """What the member gave up and could have back; one query."""
    values = {"agency": member.agency_id, "row": member.pk, "day": today}
    for amount, until in prepared.of_agency(_given_up).tuples(values):
        return GivenUp(amount, until)
    return None


def _given_up(agency: Agency) -> QuerySet[Any, Any]:
    anyone: Member = prepared.of(Member, id=prepared.ROW, agency_id=agency.pk)
    anyone.agency = agency
    sums = rules.given_up(anyone, prepared.DAY).order_by().values("member")
    return sums.values_list(Sum("amount"), Min("comes_back_until"))
