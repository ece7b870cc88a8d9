"""What members were paid for their time in a year, as tax forms count it, and what they gave."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from compensation.claims.models import Claim, SetOff
from compensation.taxforms.models import TaxFormNote, TaxFormNoteQuerySet
from foundation.models import Agency

ZERO = Decimal(0)


def worth_by_member(agency: Agency, first: date, last: date) -> QuerySet[Any]:
    """By member, `worth`: pay for time in standing payments of these days, less corrections.

    What was donated counts; costs that were repaid don't.
    """
    standing = {"payment__reversed_on": None, "payment__paid_on__range": (first, last)}
    taken = SetOff.objects.within(agency).filter(claim__member=OuterRef("member"), **standing)
    less = taken.order_by().values("claim__member").annotate(sum=Sum("amount")).values("sum")
    lines = Claim.objects.within(agency).for_time().filter(amount__gt=0, **standing)
    sums = lines.order_by().values("member").annotate(gross=Sum("amount"))
    return sums.annotate(worth=F("gross") - Coalesce(Subquery(less), ZERO))


def notes_of(agency: Agency, members: Iterable[int]) -> dict[int, TaxFormNote]:
    """The newest note by key of its member; one query."""
    rows: TaxFormNoteQuerySet = TaxFormNote.objects.within(agency).filter(member__in=[*members])
    return {each.member_id: each for each in rows.newest()}
