"""How often rules of pay were set aside in a quarter, for what reason, and what it came to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum, TextChoices, Value
from django.db.models.functions import Abs, TruncDate
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Role
from compensation.budget.models import BudgetOverride
from compensation.claims.models import Claim, ClaimKind, ClaimQuerySet, ClaimStatus
from compensation.deputies.models import Deputy
from compensation.same_day.models import DayFund
from foundation.minimum import enough
from foundation.models import Agency, Event
from foundation.quarters import lately

ZERO = Decimal(0)
# Whole quarters that can be looked at.
QUARTERS = 4


class Rule(TextChoices):
    """A rule of pay that can be set aside; those above the last two are about people's pay."""

    RECEIPT = "receipt", _("A cost has a receipt")
    APPROVED_FIRST = "approved_first", _("Money is approved before it is paid")
    DEDUCTED = "deducted", _("What was paid too much is deducted later")
    APPROVES = "approves", _("Approvers approve")
    PAYS = "pays", _("Payers pay")
    RATIFIED = "ratified", _("The committee ratifies the rate first")
    EVEN = "even", _("Money handed out at a meeting comes out even")
    BUDGET = "budget", _("Planned work stays within the budget")


@dataclass(frozen=True)
class Overridden:
    """How often a rule was set aside, and the sum; `why` is a code of a plan beyond the budget.

    `people` whose pay it was; None if it was nobody's.
    """

    rule: Rule
    times: int
    amount: Decimal
    people: int | None = None
    why: str = ""

    @property
    def shown(self) -> bool:
        """Whether it may be told: too few people would be recognized."""
        return self.people is None or enough(self.people)


def quarters(on: date) -> list[tuple[date, date]]:
    """The last whole quarters before that day, half-open, the latest first.

    Never one that goes on: looking twice would show a single line.
    """
    return [(each.since, each.until) for each in lately(on, QUARTERS)]


def overridden(agency: Agency, since: date, until: date) -> list[Overridden]:
    """Each rule in its order, also those that nobody set aside; three queries."""
    first, *rest = (_sums(rule, lines) for rule, lines in _lines(agency, since, until))
    of_people = {rule: found for rule, *found in first.union(*rest, all=True)}
    rows = [
        Overridden(rule, times, amount or ZERO, people)
        for rule in Rule
        if rule not in {Rule.EVEN, Rule.BUDGET}
        for times, amount, people in [of_people.get(rule, (0, ZERO, 0))]
    ]
    return [*rows, _differences(agency, since, until), *_beyond(agency, since, until)]


def _sums(rule: Rule, lines: ClaimQuerySet) -> QuerySet[Claim, Any]:
    sums = lines.order_by().values("agency")
    sums = sums.annotate(
        times=Count("pk"),
        sum=Sum(Abs("amount")),
        people=Count("member", distinct=True),
        rule_is=Value(rule.value),
    )
    return sums.values_list("rule_is", "times", "sum", "people")


def _lines(agency: Agency, since: date, until: date) -> Iterator[tuple[Rule, ClaimQuerySet]]:
    claims: ClaimQuerySet = Claim.objects.within(agency)
    approved = claims.filter(approved_on__gte=since, approved_on__lt=until)
    paid = claims.filter(payment__paid_on__gte=since, payment__paid_on__lt=until)
    costs = approved.filter(kind=ClaimKind.REIMBURSEMENT).exclude(no_receipt="")
    yield Rule.RECEIPT, costs
    yield Rule.APPROVED_FIRST, paid.filter(approved_on__gt=F("payment__paid_on"))
    yield Rule.DEDUCTED, _let_go(claims, agency, since, until)
    yield Rule.APPROVES, approved.filter(_by_deputy(agency, Role.APPROVER, "approved"))
    recorded = paid.annotate(recorded_on=TruncDate("payment__recorded_at", tzinfo=agency.zone))
    yield Rule.PAYS, recorded.filter(_by_deputy(agency, Role.PAYER, "paid"))
    before = Q(plan__ratified_on=None) | Q(plan__ratified_on__gt=F("service_on"))
    yield Rule.RATIFIED, approved.filter(before, plan__attested_on__isnull=False)


def _let_go(claims: ClaimQuerySet, agency: Agency, since: date, until: date) -> ClaimQuerySet:
    """Downward corrections that were dropped in these days; only their events have the day."""
    refused = Event.objects.within(agency).filter(
        name="payment.refused",
        subject_type=Claim.subject_code,
        subject_id=OuterRef("pk"),
        at__gte=_begins(agency, since),
        at__lt=_begins(agency, until),
    )
    dropped = claims.filter(amount__lt=0, status=ClaimStatus.REFUSED)
    return dropped.filter(Exists(refused))


def _by_deputy(agency: Agency, role: Role, did: str) -> Exists:
    """Whether who `did` it stood in for somebody on that day."""
    on = OuterRef("approved_on" if did == "approved" else "recorded_on")
    deputies = Deputy.objects.within(agency).filter(
        member=OuterRef(f"{did}_by"), grant__role=role, grant__since__lte=on, grant__until__gt=on
    )
    return Exists(deputies)


def _differences(agency: Agency, since: date, until: date) -> Overridden:
    funds = DayFund.objects.within(agency).differing()
    apart = Sum(Abs(F("taken") - F("handed") - F("brought_back")))
    found = funds.filter(counted_on__gte=since, counted_on__lt=until).aggregate(
        n=Count("pk"), apart=apart
    )
    return Overridden(Rule.EVEN, found["n"], found["apart"] or ZERO)


def _beyond(agency: Agency, since: date, until: date) -> list[Overridden]:
    """What was planned beyond lines of the budget, by reason; one row if nothing was."""
    rows = BudgetOverride.objects.within(agency).filter(on__gte=since, on__lt=until)
    sums = rows.order_by().values_list("why").annotate(n=Count("pk"), sum=Sum("beyond"))
    found = [
        Overridden(Rule.BUDGET, n, amount, why=why) for why, n, amount in sums.order_by("-n", "why")
    ]
    return found or [Overridden(Rule.BUDGET, 0, ZERO)]


def _begins(agency: Agency, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=agency.zone)


def last_day(until: date) -> date:
    return until - timedelta(days=1)
