"""How people were paid before, which numbers are used, and what a run says now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from accounts.models import Member
from compensation.claims.models import Claim, ClaimQuerySet, ClaimStatus
from compensation.claims.queue import Destination, PayeeSum, deductible
from compensation.parts.reading import held_back, wishes_of
from compensation.payments import rules
from compensation.payments.models import Payment, PaymentMethod, PaymentRun, RunLine
from foundation.models import Agency


def last_methods(agency: Agency, members: Iterable[int]) -> Mapping[Destination, str]:
    """By destination of these members, by key, how they were paid last, in words; one query."""
    made = Payment.objects.within(agency).filter(member__in=list(members), reversed_on=None)
    last = made.order_by("member", "donated_to", "-paid_on", "-pk").distinct("member", "donated_to")
    rows = last.values_list("member", "donated_to", "method")
    return {(member, to): str(PaymentMethod(method).label) for member, to, method in rows}


def used_before(agency: Agency, method: str, references: Iterable[str]) -> Mapping[str, Payment]:
    """The last payment by this method with each of these references, undone ones too; one query."""
    made = Payment.objects.within(agency).filter(method=method, reference__in=set(references))
    last = made.order_by("reference", "-paid_on", "-pk").distinct("reference")
    return {each.reference: each for each in last.select_related("member", "donated_to")}


def within_wishes(
    agency: Agency, sums: Sequence[PayeeSum], claims: ClaimQuerySet, on: date
) -> list[PayeeSum]:
    """The same sums without lines that their members want in a later month; who has none left goes.

    One query, and two more if somebody asked for pay in parts.
    """
    wishes = wishes_of(agency, {each.destination[0] for each in sums})
    if not wishes:
        return [*sums]
    lines = list(claims.filter(member__in=list(wishes)).order_by("pk"))
    later = held_back(agency, lines, paid_on=on, wishes=wishes)
    left: dict[Destination, list[Claim]] = defaultdict(list)
    for line in lines:
        if line.pk not in later:
            left[line.member_id, line.donate_to_id].append(line)
    found = []
    for each in sums:
        if each.destination[0] not in wishes:
            found.append(each)
        elif mine := left[each.destination]:
            found.append(
                replace(
                    each,
                    lines=len(mine),
                    due=min(line.due_on for line in mine),
                    worth=sum((line.amount for line in mine), Decimal(0)),
                    for_time=sum((line.amount for line in mine if line.for_time), Decimal(0)),
                )
            )
    return found


def deducted_from(
    lines: Iterable[Claim], less: Mapping[Destination, Decimal]
) -> dict[Destination, Decimal]:
    """By destination of these lines, what corrections deduct: at most their pay for time."""
    for_time: dict[Destination, Decimal] = defaultdict(Decimal)
    for line in lines:
        for_time[line.member_id, line.donate_to_id] += line.amount if line.for_time else 0
    return {
        key: max(min(less.get(key, Decimal(0)), most), Decimal(0)) for key, most in for_time.items()
    }


@dataclass(frozen=True)
class RunShare:
    """What a run pays to one member, or where they donate it."""

    member: Member
    organization: str
    lines: int
    amount: Decimal
    deducted: Decimal
    reference: str


@dataclass(frozen=True)
class RunNow:
    """A run's shares by name as prepared, and the people of whose lines something changed since.

    `own`: the reader had a part in a line or a correction of it, so another payer releases it.
    """

    shares: list[RunShare]
    changed: list[Member]
    own: bool


def run_now(run: PaymentRun, reader: Member) -> RunNow:
    """Three queries, however many lines; nothing changes in a run that is released or dropped."""
    rows = RunLine.objects.within(run.agency).filter(run=run)
    rows = rows.select_related("member", "donated_to", "claim")
    found: dict[Destination, list[RunLine]] = defaultdict(list)
    for line in rows.order_by("member__full_name", "donated_to", "pk"):
        found[line.member_id, line.donated_to_id].append(line)
    shares = [
        RunShare(
            lines[0].member,
            lines[0].donated_to.name if lines[0].donated_to else "",
            len(lines),
            sum((line.amount - line.deducted for line in lines), Decimal(0)),
            sum((line.deducted for line in lines), Decimal(0)),
            lines[0].reference,
        )
        for lines in found.values()
    ]
    if not run.is_open:
        return RunNow(shares, [], own=False)
    members = {member for member, _to in found}
    less, theirs = deductible(run.agency, members), deductible(run.agency, members, reader)
    claims = [line.claim for lines in found.values() for line in lines]
    now = deducted_from(claims, less)
    own = any(theirs.get(key) != less.get(key) for key in found)
    changed = [
        lines[0].member
        for key, lines in found.items()
        if any(_changed(line) for line in lines)
        or now.get(key) != sum((line.deducted for line in lines), Decimal(0))
    ]
    return RunNow(shares, changed, own or any(rules.having_part(each, reader) for each in claims))


def _changed(line: RunLine) -> bool:
    claim = line.claim
    return claim.status != ClaimStatus.APPROVED or (claim.amount, claim.donate_to_id) != (
        line.amount,
        line.donated_to_id,
    )
