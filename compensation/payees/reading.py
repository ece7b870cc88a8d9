"""Who gets the money of people who were erased, for those who pay."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Max

from accounts.models import Member
from compensation.claims.models import Claim
from compensation.payees import rules
from compensation.payees.models import NamedPayee


def payees_of(members: Iterable[int], reader: Member) -> Mapping[int, NamedPayee]:
    """By member, whom to pay instead of somebody erased; empty for who does not pay; one query."""
    if rules.reading(reader) is not None:
        return {}
    rows = NamedPayee.objects.within(reader.agency).in_use().filter(member__in=set(members))
    return {row.member_id: row for row in rows}


def owed_still(member: Member) -> bool:
    """Whether money is still on its way to the member."""
    lines = Claim.objects.within(member.agency).filter(member=member, amount__gt=0)
    return lines.open().exists()


def paid_last(member: Member) -> date | None:
    """When the member's last payment that stands was made."""
    paid = Claim.objects.within(member.agency).filter(member=member, payment__isnull=False)
    found: date | None = paid.aggregate(last=Max("payment__paid_on"))["last"]
    return found
