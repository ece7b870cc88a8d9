"""Who is owed what at a meeting, and what is left of the money that was taken out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from django.db.models import Exists, OuterRef, Q, Sum

from accounts.models import Member
from compensation.claims.models import Claim, ClaimKind, ClaimStatus
from compensation.claims.queue import Destination, deductible
from compensation.other_work.models import OtherWork
from compensation.other_work.rules import BESIDE_MEETINGS
from compensation.parts.reading import held_back
from compensation.same_day import rules
from compensation.same_day.models import DayFund, Handout
from foundation.models import Agency
from groups.models import Attendance, Group, Meeting

ZERO = Decimal(0)


def left_of(fund: DayFund) -> Decimal:
    """What should still be there of the money that was taken out; one query."""
    standing = fund.handouts.filter(payment__reversed_on=None)
    handed: Decimal = standing.aggregate(sum=Sum("payment__amount"))["sum"] or ZERO
    return (fund.taken or ZERO) - handed


class RowState(Enum):
    """What happens with somebody's pay at the table."""

    OWED = "owed"
    HANDED = "handed"
    ASKED = "asked"
    ABOVE = "above"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class SheetRow:
    """One person on the sheet: their number there, their lines, and what they get in their hand.

    Lines are their pay for the meeting, with preparation and travel, and approved costs of its day.

    The number stays the same, whoever is written down later.
    """

    number: int
    member: Member
    lines: Sequence[Claim]
    amount: Decimal
    state: RowState
    handout: Handout | None = None


@dataclass(frozen=True)
class DaySheet:
    """The people of a meeting who are owed something, or got it. Who turned it down is not here."""

    rows: Sequence[SheetRow]
    left: Decimal

    def of(self, *states: RowState) -> list[SheetRow]:
        return [row for row in self.rows if row.state in states]

    @property
    def owed(self) -> Decimal:
        return sum((row.amount for row in self.of(RowState.OWED)), ZERO)


def sheet_of(fund: DayFund) -> DaySheet:
    """The sheet of the fund's meeting; eight queries at most, however many people came."""
    agency = fund.agency
    attendances = Attendance.objects.with_voided(agency).filter(meeting=fund.meeting_id)
    came = list(attendances.order_by("pk").values_list("pk", "member", "voided_on"))
    places = {member: place for place, (_pk, member, _voided) in reversed([*enumerate(came, 1)])}
    found: dict[Member, list[Claim]] = defaultdict(list)
    waiting = Q(status__in=[ClaimStatus.WAITING, ClaimStatus.EARNED], donate_to=None)
    beside = OtherWork.objects.within(agency).filter(meeting=fund.meeting_id)
    works = beside.filter(work__in=BESIDE_MEETINGS).values("pk")
    there = [member for _pk, member, voided in came if voided is None]
    costs = Q(
        kind=ClaimKind.REIMBURSEMENT,
        status=ClaimStatus.APPROVED,
        service_on=fund.meeting.on,
        member__in=there,
    )
    pay = waiting & (Q(attendance__in=[pk for pk, *_rest in came]) | Q(other_work__in=works))
    lines = Claim.objects.within(agency).filter(pay | costs, amount__gt=0)
    for claim in lines.select_related("member__user").order_by("pk"):
        claim.member.agency = agency
        found[claim.member].append(claim)
    less = deductible(agency, {member.pk for member in found}, fund.taken_by)
    asked = [claim for lines in found.values() for claim in lines]
    later = held_back(agency, asked, paid_on=fund.meeting.on)
    owed = (_row(fund, places, each, less, later) for each in found.items())
    rows = [*_handed(fund), *(row for row in owed if row.lines)]
    return DaySheet(sorted(rows, key=lambda row: row.number), left_of(fund))


def _row(
    fund: DayFund,
    places: dict[int, int],
    found: tuple[Member, list[Claim]],
    less: Mapping[Destination, Decimal],
    later: set[int],
) -> SheetRow:
    member, lines = found
    pay = [claim for claim in lines if claim.kind != ClaimKind.REIMBURSEMENT]
    earned = sum((claim.amount for claim in pay), ZERO)
    lines = [*pay, *_costs_that_fit(fund, lines, earned)]
    worth = sum((claim.amount for claim in lines), ZERO)
    taken = max(min(less.get((member.pk, None), ZERO), earned), ZERO)
    state = RowState.OWED
    if any(claim.status == ClaimStatus.WAITING for claim in lines):
        state = RowState.ASKED
    elif taken == worth or any(rules.handing(claim, fund) or claim.pk in later for claim in lines):
        state = RowState.ELSEWHERE
    elif worth > fund.each_most:
        state = RowState.ABOVE
    return SheetRow(places[member.pk], member, lines, worth - taken, state)


def _costs_that_fit(fund: DayFund, lines: Sequence[Claim], earned: Decimal) -> Iterator[Claim]:
    """Costs that this money can pay within what was approved for one; others are paid as usual."""
    left = fund.each_most - earned
    for claim in lines:
        is_cost = claim.kind == ClaimKind.REIMBURSEMENT
        if is_cost and claim.amount <= left and rules.handing(claim, fund) is None:
            left -= claim.amount
            yield claim


def _handed(fund: DayFund) -> Iterator[SheetRow]:
    handouts = Handout.objects.within(fund.agency).standing().filter(fund=fund)
    for each in handouts.select_related("member", "payment").order_by("sheet_line"):
        yield SheetRow(each.sheet_line, each.member, [], each.payment.amount, RowState.HANDED, each)


def signed(agency: Agency) -> Exists:
    """Whether the member of a line signed for its payment."""
    return Exists(Handout.objects.within(agency).filter(payment=OuterRef("payment")))


def meeting_names(agency: Agency, reader: Member, meetings: Sequence[Meeting]) -> dict[int, str]:
    """By meeting, the name of its group, where the reader may know of it; one query."""
    groups = Group.objects.within(agency).visible_to(reader, agency.today())
    names = dict(
        groups.filter(pk__in={each.group_id for each in meetings}).values_list("pk", "name")
    )
    return {each.pk: names[each.group_id] for each in meetings if each.group_id in names}
