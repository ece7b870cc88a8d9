"""What is planned, earned and paid of each line, and what more work would use of one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Case, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, TruncMonth

from compensation.budget.models import BudgetLine, BudgetLineQuerySet, Covers
from compensation.claims.actions.claiming import MINUTES
from compensation.claims.actions.given import FACILITATING
from compensation.claims.models import Claim, ClaimKind, ClaimQuerySet, ClaimStatus
from compensation.offers.rules import PAID_STANDINGS
from compensation.plan import rates
from compensation.plan.models import PlanVersion, RateBasis, WorkKind
from foundation.models import Agency
from groups.models import Group, GroupKind, Meeting, MeetingStatus, Seat

CENT, ZERO = Decimal("0.01"), Decimal(0)
# Earned, whether or not the person has chosen or anybody has approved yet.
COUNTS = (
    ClaimStatus.WAITING,
    ClaimStatus.EARNED,
    ClaimStatus.RETURNED,
    ClaimStatus.APPROVED,
    ClaimStatus.PAID,
)


@dataclass(frozen=True)
class PlannedWork:
    """A meeting that is planned, or would be; `key` is its own, if there is one."""

    group: Group
    on: date
    minutes: int
    key: int | None = None


@dataclass(frozen=True)
class ExpectedUse:
    """How many people who are paid by the plan are expected, and what that comes to by line."""

    work: PlannedWork
    people: int
    amounts: Mapping[str, Decimal]

    @property
    def amount(self) -> Decimal:
        return sum(self.amounts.values(), ZERO)


@dataclass(frozen=True)
class LineUse:
    """One line: its sum, and what is planned, earned and paid of it; `paid` is part of `earned`.

    `meetings` are those that are planned on its days and would use it.
    """

    line: BudgetLine
    meetings: Sequence[ExpectedUse]
    earned: Decimal
    paid: Decimal

    @property
    def planned(self) -> Decimal:
        return sum((each.amounts[self.line.covers] for each in self.meetings), ZERO)

    @property
    def left(self) -> Decimal:
        return self.line.amount - self.earned - self.planned

    @property
    def over(self) -> Decimal:
        """How much more than the budget is planned and earned; 0 if it is enough."""
        return max(-self.left, ZERO)


@dataclass(frozen=True)
class MonthUse:
    month: date
    earned: Decimal
    paid: Decimal


def expected(agency: Agency, works: Sequence[PlannedWork]) -> list[ExpectedUse]:
    """What each of these meetings is expected to use; three queries, however many.

    Everybody with a seat on its day who is paid by the plan counts, also those who turn pay down or
    can't come: nobody learns from a budget who does.
    """
    if not works:
        return []
    plans = list(
        PlanVersion.objects.within(agency)
        .exclude(since=None)
        .order_by("since")
        .prefetch_related("rate_rules")
    )
    seats: dict[int, list[Seat]] = defaultdict(list)
    paid = Seat.objects.within(agency).filter(group__in={each.group.pk for each in works})
    for seat in paid.exclude(standing__in=PAID_STANDINGS).exclude(employed_peer=True):
        seats[seat.group_id].append(seat)
    return [_expected(each, seats[each.group.pk], plans) for each in works]


def _expected(
    work: PlannedWork, seats: Iterable[Seat], plans: Sequence[PlanVersion]
) -> ExpectedUse:
    there = [
        each
        for each in seats
        if each.since <= work.on and (each.until is None or each.until > work.on)
    ]
    begun = [each for each in plans if each.since is not None and each.since <= work.on]
    # What follows a plan that ends is not decided yet: until then, the last one tells most.
    plan = begun[-1] if begun else None
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    if plan is not None:
        table = rates.table(plan)
        for seat in there:
            rate = table.of(_work_kind(work, seat, table))
            if rate is None:
                continue
            by_hour = rate.basis == RateBasis.HOUR
            worth = rate.amount * work.minutes / MINUTES if by_hour else rate.amount
            covers = Covers.MEETINGS if rate.rule is None else Covers.OTHER_PAY
            amounts[covers] += worth.quantize(CENT, ROUND_HALF_UP)
    return ExpectedUse(work, len(there), dict(amounts))


def _work_kind(work: PlannedWork, seat: Seat, table: rates.RateTable) -> WorkKind:
    if work.group.kind != GroupKind.DIALOGUE:
        return WorkKind.MEETING
    leads = seat.office in FACILITATING and WorkKind.CO_FACILITATION in table.own
    return WorkKind.CO_FACILITATION if leads else WorkKind.DIALOGUE


def planned_in(agency: Agency, since: date, until: date) -> list[PlannedWork]:
    """Meetings of these days that are planned, and not yet written down as held; one query."""
    rows = Meeting.objects.within(agency).filter(
        status=MeetingStatus.PLANNED, on__gte=since, on__lt=until
    )
    return [
        PlannedWork(each.group, each.on, each.minutes_planned, each.pk)
        for each in rows.select_related("group").order_by("on", "pk")
    ]


def uses_of(lines: BudgetLineQuerySet) -> list[LineUse]:
    """What is used of each of these lines; five queries, however many."""
    return uses_with(lines, [])[0]


def uses_with(
    lines: BudgetLineQuerySet, more: Sequence[PlannedWork]
) -> tuple[list[LineUse], list[ExpectedUse]]:
    """The same, and what more work would use; five queries, and one without lines."""
    agency = lines.agency
    assert isinstance(agency, Agency), "lines are asked within(agency)"
    mine = _counted(agency).filter(
        Q(("covers", OuterRef("covers"))),
        service_on__gte=OuterRef("since"),
        service_on__lt=OuterRef("until"),
    )
    found = list(
        lines.annotate(
            earned=Coalesce(Subquery(_sum(mine)), Value(ZERO)),
            paid=Coalesce(Subquery(_sum(mine.filter(status=ClaimStatus.PAID))), Value(ZERO)),
        )
    )
    if not found:
        return [], []
    first, last = min(each.since for each in found), max(each.until for each in found)
    works = [*more, *planned_in(agency, first, last)]
    would, planned = list[ExpectedUse](), list[ExpectedUse]()
    for each in expected(agency, works):
        (would if each.work in more else planned).append(each)
    uses = [
        # The query set has annotated both, which the model's type does not know.
        LineUse(each, _planned(each, planned), each.earned, each.paid)  # type: ignore[attr-defined]
        for each in found
    ]
    return uses, would


def _planned(line: BudgetLine, planned: Iterable[ExpectedUse]) -> list[ExpectedUse]:
    within = (each for each in planned if line.since <= each.work.on < line.until)
    return [each for each in within if line.covers in each.amounts]


def _counted(agency: Agency) -> ClaimQuerySet:
    """Lines of money that count in the budget, each with what it `covers`."""
    rows = Claim.objects.within(agency).filter(status__in=COUNTS)
    return rows.annotate(covers=covers_of())


def covers_of(claim: str = "") -> Case:
    """The kind of expense of a line of money; `claim` is the lookup of the line."""
    by_rule, by_hand = {f"{claim}rule__isnull": False}, {f"{claim}attendance": None}
    return Case(
        When(**{f"{claim}kind": ClaimKind.REIMBURSEMENT}, then=Value(Covers.COSTS.value)),
        When(Q(**by_rule) | Q(**by_hand), then=Value(Covers.OTHER_PAY.value)),
        default=Value(Covers.MEETINGS.value),
    )


def _sum(claims: ClaimQuerySet) -> QuerySet[Any, Any]:
    return claims.order_by().values("agency").annotate(sum=Sum("amount")).values("sum")


def months_of(line: BudgetLine) -> list[MonthUse]:
    """What was earned and paid of a line, by month of the work; one query."""
    rows = _counted(line.agency).filter(
        Q(("covers", line.covers)), service_on__gte=line.since, service_on__lt=line.until
    )
    paid = Sum("amount", filter=Q(status=ClaimStatus.PAID), default=ZERO)
    sums = (
        rows.order_by()
        .values(month=TruncMonth("service_on"))
        .annotate(earned=Sum("amount"), paid=paid)
        .order_by("month")
    )
    return [MonthUse(each["month"], each["earned"], each["paid"]) for each in sums]
