"""Claim lines for time that was given, and adjustments for corrections after approval."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from accounts.models import Member
from compensation.claims import rules
from compensation.claims.actions.given import GivenTime, of_day, of_line
from compensation.claims.models import Claim, ClaimKind, ClaimStatus
from compensation.claims.rules import same_work
from compensation.offers.actions import locked, offer_for_line
from compensation.offers.models import Election, ElectionQuerySet, OfferChoice
from compensation.offers.rules import is_otherwise_paid
from compensation.plan.models import PlanVersion, RateBasis, RateRule
from compensation.plan.rates import table
from foundation import events
from foundation.models import Agency
from notifications.actions import tell

CENT = Decimal("0.01")
ZERO = Decimal(0)
MINUTES = 60
# Of a line of the same day: the key of its rate's rule, and its amount.
type Line = tuple[int | None, Decimal]
# These have been approved or decided: correct them by an adjustment, never in place.
FIXED = frozenset({ClaimStatus.APPROVED, ClaimStatus.PAID, ClaimStatus.REFUSED})


@dataclass(frozen=True)
class Worth:
    """The worth of given time, and what it would be if the daily cap had not cut it."""

    hours: Decimal
    amount: Decimal
    before_cap: Decimal | None


@dataclass(frozen=True)
class Earning:
    """What a line earns: a rate by the hour, unless its rule pays each time or by the day."""

    rate: Decimal
    rule: RateRule | None

    def full(self, hours: Decimal) -> Decimal:
        by_hour = self.rule is None or self.rule.basis == RateBasis.HOUR
        return worth_of(hours, self.rate) if by_hour else self.rate


def claim(given: GivenTime, *, told: bool = True) -> Claim | None:
    """Bring the lines for time that was given to its worth at the rate of its day.

    `told`: the member gets a message if a line of it changes.

    It never refuses: staff, days without a plan in force, and work that the plan does not pay get
    no line. An unapproved line is corrected in place; approved or paid ones get an adjustment, up
    or down. Whatever this frees under the daily cap goes to the member's other lines that day.
    """
    plan = plan_in_force(given.member.agency, given.on)
    return None if plan is None else _claim(given, plan, told=told)


def plan_in_force(agency: Agency, on: date) -> PlanVersion | None:
    """The plan of that day with its rules; two queries."""
    plans = PlanVersion.objects.within(agency).in_force(on).prefetch_related("rate_rules")
    return plans.first()


@transaction.atomic
def _claim(given: GivenTime, plan: PlanVersion, *, told: bool) -> Claim | None:
    member = locked(given.member)
    line = _write(given, member, plan, told=told)
    if plan.daily_cap is not None or _by_day(line):
        for other in of_day(member, given.on):
            if (other.attendance, other.other_work) != (given.attendance, given.other_work):
                _write(other, member, plan)
    return line


def _by_day(claim: Claim | None) -> bool:
    """Whether what it comes to depends on other lines of the same day."""
    return claim is not None and claim.rule is not None and claim.rule.basis == RateBasis.DAY


def open_again(claim: Claim) -> None:
    """Void other open adjustments before a line loses its approval, so at most one is open.

    `recount` restores what a voided one said.
    """
    if claim.kind != ClaimKind.ADJUSTMENT:
        return
    others = same_work(claim).filter(kind=ClaimKind.ADJUSTMENT)
    still = others.exclude(pk=claim.pk).exclude(status__in=[*FIXED, ClaimStatus.NOTHING])
    for other in still.select_for_update(of=("self",)):
        _come_to_nothing(other)


def recount(line: Claim) -> None:
    """Bring all lines for the same time to its worth after an approval was taken back."""
    if (given := of_line(line)) is not None:
        claim(given)


def _come_to_nothing(line: Claim) -> None:
    line.become(ClaimStatus.NOTHING)
    line.comes_back_until = None
    line.amount = ZERO
    line.save()


def _write(
    given: GivenTime, member: Member, plan: PlanVersion, *, told: bool = True
) -> Claim | None:
    rows = given.lines.select_related("plan", "rule", "member__user")
    held = list(rows.select_for_update(of=("self",)))
    first = next((claim for claim in held if claim.kind == ClaimKind.PAY), None)
    if first is None:
        return _begin(given, member, plan)
    if first.plan is not None:
        plan = first.plan  # Service from before a new plan keeps its rate.
    assert first.rate is not None
    worth = _worth(plan, Earning(first.rate, first.rule), given, _others(member, given))
    if first.status not in FIXED:
        # Its approval was taken back, so the line itself covers the hours again, except for those
        # in approved adjustments.
        rest = _rest(worth, held)
        for line in held if rest.amount >= 0 else []:
            if line.kind == ClaimKind.ADJUSTMENT and line.amount and line.status not in FIXED:
                _come_to_nothing(line)
        if rest.amount >= 0:
            return _correct(first, rest, given, told=told)
        _correct(first, Worth(ZERO, ZERO, None), given, told=told)
    return _adjust(given, first, held, worth)


def _rest(worth: Worth, held: list[Claim]) -> Worth:
    """The worth not covered by lines that were approved or decided."""
    fixed = [claim for claim in held if claim.status in FIXED]
    if not fixed:
        return worth
    hours = worth.hours - sum((claim.hours or ZERO for claim in fixed), ZERO)
    amount = worth.amount - sum((claim.amount for claim in fixed), ZERO)
    return Worth(hours, amount, None)


def _begin(given: GivenTime, member: Member, plan: PlanVersion) -> Claim | None:
    if given.void or is_otherwise_paid(member, given.standing, given.on):
        return None
    others, elections = _others(member, given), _elections(member)
    claim = begun(given, member, plan, others=others, elections=elections)
    if claim is None:
        return None
    claim.save()
    events.record("payment.earned", claim, by=None)
    offer_for_line(member, on=member.agency.today())
    tell_of_cap(claim)
    return claim


def begun(
    given: GivenTime,
    member: Member,
    plan: PlanVersion,
    *,
    others: Collection[Line],
    elections: Iterable[Election],
) -> Claim | None:
    """The first line for time that somebody gave, unsaved; None for work that the plan omits.

    `others`: the member's other lines of that day. `elections`: theirs that held for a day.
    """
    rates = table(plan)
    rate = rates.of(given.work(rates))
    if rate is None:
        return None
    worth = _worth(plan, Earning(rate.amount, rate.rule), given, others)
    claim = Claim(
        agency=member.agency,
        member=member,
        kind=ClaimKind.PAY,
        attendance=given.attendance,
        other_work=given.other_work,
        plan=plan,
        rule=rate.rule,
        service_on=given.on,
        rate=rate.amount,
        hours=worth.hours,
        amount=worth.amount,
        before_cap=worth.before_cap,
    )
    claim.start_clock(given.on, plan.due_days)
    _begin_status(claim, elections)
    return claim


def tell_of_cap(claim: Claim) -> None:
    """A message to whom the daily cap has cut a new line."""
    if claim.before_cap is not None:
        tell(claim.member, "payment.capped", subject=claim)


def _begin_status(claim: Claim, elections: Iterable[Election]) -> None:
    """The status by the member's choice for the day of service, or their first one after it."""
    claim.comes_back_until, claim.donate_to = None, None
    if not claim.amount:
        claim.become(ClaimStatus.NOTHING)
        return
    held = [each for each in elections if each.until is None or each.until > claim.service_on]
    chosen = min(held, key=lambda each: each.since, default=None)
    if chosen is None:
        claim.become(ClaimStatus.WAITING)
    elif chosen.choice == OfferChoice.DECLINE:
        claim.become(ClaimStatus.WAIVED)
        agency = claim.member.agency
        claim.comes_back_until = rules.last_day_to_take_back(agency, agency.today())
    else:
        claim.become(ClaimStatus.EARNED)
        claim.donate_to = chosen.organization


def _elections(member: Member) -> ElectionQuerySet:
    return Election.objects.within(member.agency).filter(member=member).that_held()


def _correct(claim: Claim, worth: Worth, given: GivenTime, *, told: bool) -> Claim:
    """Set the new amount on an unapproved line; a later amount revives it."""
    now = (worth.hours, worth.amount, worth.before_cap)
    if (claim.hours, claim.amount, claim.before_cap) == now:
        return claim
    if claim.hours != worth.hours:
        # Whoever corrected it does not pay it; what only the daily cap changed is nobody's doing.
        theirs = given.corrected_by == claim.member
        claim.corrected_by = None if theirs else given.corrected_by
    told = told and claim.amount != worth.amount
    claim.hours, claim.amount, claim.before_cap = now
    if not worth.amount or claim.status == ClaimStatus.NOTHING:
        _begin_status(claim, _elections(claim.member))
    claim.save()
    events.record("payment.corrected", claim, by=None)
    if told:
        tell(claim.member, "payment.corrected", subject=claim)
    return claim


def _adjust(given: GivenTime, first: Claim, held: list[Claim], worth: Worth) -> Claim:
    """Put the difference into a line of its own, approved and paid like any other."""
    rest = _rest(worth, held)
    hours, amount = rest.hours, rest.amount
    open_lines = [
        claim for claim in held if claim.kind == ClaimKind.ADJUSTMENT and claim.status not in FIXED
    ]
    # Reuse a line that came to nothing only if no other is open.
    open_lines.sort(key=lambda claim: claim.status == ClaimStatus.NOTHING)
    line = next(iter(open_lines), None)
    if line is None and not amount:
        return _say_cap(first, worth)
    if line is None:
        line = Claim(
            agency=first.agency,
            member=first.member,
            kind=ClaimKind.ADJUSTMENT,
            attendance=given.attendance,
            other_work=given.other_work,
            plan=first.plan,
            rule=first.rule,
            service_on=first.service_on,
            rate=first.rate,
            hours=hours,
            amount=amount,
            status=ClaimStatus.EARNED,
            donate_to=first.donate_to,
        )
    elif (line.hours, line.amount) == (hours, amount):
        return line
    line.hours, line.amount = hours, amount
    if not amount:
        line.become(ClaimStatus.NOTHING)
        line.comes_back_until = None
    elif amount < 0 or line.status != ClaimStatus.WAIVED:
        line.become(ClaimStatus.EARNED)
        line.comes_back_until = None
    # Whoever corrected it may neither approve nor pay it; the member never may.
    line.entered_by = None if given.corrected_by == first.member else given.corrected_by
    assert first.plan is not None
    line.start_clock(first.agency.today(), first.plan.due_days)
    line.save()
    events.record("payment.adjusted", line, by=None)
    line.member.agency = first.agency
    tell(line.member, "payment.corrected", subject=line)
    return line


def _say_cap(first: Claim, worth: Worth) -> Claim:
    """Report hours that the daily cap left nothing for, on the line and in a message."""
    if worth.before_cap is not None and worth.before_cap != first.before_cap:
        first.before_cap = worth.before_cap
        first.save(update_fields=["before_cap"])
        tell(first.member, "payment.capped", subject=first)
    return first


def worth_of(hours: Decimal, rate: Decimal) -> Decimal:
    """The pay for these hours in dollars: their minutes are exact, and only the money is rounded.

    Hours have two decimals, which tell every minute apart: 0.33 are 20 minutes.
    """
    minutes = (hours * MINUTES).to_integral_value(ROUND_HALF_UP)
    return (minutes * rate / MINUTES).quantize(CENT, ROUND_HALF_UP)


def _others(member: Member, given: GivenTime) -> list[Line]:
    """The member's lines for other time of that day; one query."""
    day = Claim.objects.within(member.agency).for_time()
    others = day.filter(member=member, service_on=given.on).exclude(pk__in=given.lines)
    return [*others.values_list("rule", "amount")]


def _worth(plan: PlanVersion, rate: Earning, given: GivenTime, others: Collection[Line]) -> Worth:
    """What it is worth by its rate, up to what the daily cap leaves; nothing if it was voided."""
    if given.void:
        return Worth(ZERO, ZERO, None)
    full = rate.full(given.hours)
    if rate.rule is not None and rate.rule.basis == RateBasis.DAY:
        # Once a day: what another line of that day has is not paid again.
        paid = sum((amount for rule, amount in others if rule == rate.rule.pk), ZERO)
        full = max(full - paid, ZERO)
    if plan.daily_cap is None:
        return Worth(given.hours, full, None)
    left = plan.daily_cap - sum((amount for _rule, amount in others), ZERO)
    amount = max(min(full, left), ZERO)
    return Worth(given.hours, amount, full if amount < full else None)
