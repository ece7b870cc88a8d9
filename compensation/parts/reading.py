"""Which lines a month has room for, for people who asked to be paid in parts."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, Sum

from compensation.claims.models import Claim, ClaimKind
from compensation.parts.models import PartsWish
from foundation.models import Agency

ZERO = Decimal(0)


def wish_of(agency: Agency, member: int) -> PartsWish | None:
    return PartsWish.objects.within(agency).filter(member=member).first()


def next_month(on: date) -> date:
    """The first day of the month after that day's."""
    _first, days = monthrange(on.year, on.month)
    return on.replace(day=days) + timedelta(days=1)


def wishes_of(agency: Agency, members: Iterable[int]) -> Mapping[int, Decimal]:
    """By member, how much they want in a month at most; one query, for those who asked."""
    rows = PartsWish.objects.within(agency).standing().filter(member__in=set(members))
    return {row.member_id: row.per_month for row in rows if row.per_month is not None}


def held_back(
    agency: Agency,
    lines: Iterable[Claim],
    *,
    paid_on: date,
    wishes: Mapping[int, Decimal] | None = None,
) -> set[int]:
    """Which of these lines, by key, go beyond what their members want in the month of that day.

    The oldest come first. A line that is worth more than the wish fits alone, into a month without
    other pay. Costs always fit. One query, without `wishes` that are known already; another one if
    somebody asked for parts.
    """
    asked: dict[int, list[Claim]] = defaultdict(list)
    for line in lines:
        if line.kind != ClaimKind.REIMBURSEMENT and line.amount > 0:
            asked[line.member_id].append(line)
    if wishes is None:
        wishes = wishes_of(agency, asked)
    paid = _paid_in(agency, wishes, paid_on) if wishes else {}
    found = set()
    for member, most in wishes.items():
        count, sum_ = paid.get(member, (0, ZERO))
        for line in sorted(asked[member], key=lambda line: (line.service_on, line.pk)):
            if count and sum_ + line.amount > most:
                found.add(line.pk)
                continue
            count, sum_ = count + 1, sum_ + line.amount
    return found


def _paid_in(agency: Agency, members: Iterable[int], on: date) -> Mapping[int, tuple[int, Decimal]]:
    """By member, how many lines of pay were paid in the month of that day, and their sum."""
    lines = (
        Claim.objects.within(agency)
        .for_time()
        .filter(
            member__in=list(members),
            amount__gt=0,
            payment__reversed_on=None,
            payment__paid_on__gte=on.replace(day=1),
            payment__paid_on__lt=next_month(on),
        )
    )
    rows = lines.order_by().values_list("member").annotate(n=Count("pk"), sum=Sum("amount"))
    return {member: (count, sum_) for member, count, sum_ in rows}
