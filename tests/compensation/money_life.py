"""A small agency whose people do all that can be done about money, in any order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from accounts.actions import end_membership
from accounts.models import Member
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.offers.models import Organization
from compensation.payments import actions as paying
from compensation.payments.models import Payment, PaymentRun
from compensation.periods import actions as closing
from compensation.periods.models import AccountingPeriod
from compensation.plan import actions as planning
from compensation.plan.models import PlanVersion
from compensation.proving.checking import findings
from compensation.questions import actions as asking
from compensation.questions.models import PayQuestion
from compensation.receiving import actions as receiving
from compensation.receiving.models import Arrival
from compensation.same_day import actions as same_day
from compensation.same_day.models import DayFund
from compensation.same_day.reading import RowState, sheet_of
from devtools import ratified
from foundation.models import Agency
from foundation.refusals import Refused
from groups.actions import plan_meeting, void_attendance
from groups.models import Attendance, Group, Meeting, Seat
from tests.compensation.conftest import attend

RATES = (Decimal(18), Decimal("20.50"), Decimal(57))
HOURS = ("0.00", "0.50", "1.75", "2.00", "3.25")
CHOICES = ("accept", "decline", "donate", "accept")
# What answers an act that can't be done now.
NOT_NOW = (Refused, ValidationError)
DAY = timedelta(days=1)
CENT = Decimal("0.01")


class Nothing(ValidationError):
    """There is nothing that this could be done to."""

    def __init__(self) -> None:
        super().__init__("nothing of this kind")


@dataclass
class MoneyLife:
    """`n` of an act picks among the people and rows that there are."""

    agency: Agency
    council: Group
    pantry: Organization
    members: list[Member]
    administrator: Member
    approvers: list[Member]
    payers: list[Member]

    @property
    def today(self) -> Any:
        return self.agency.today()

    def one(self, rows: Any, n: int) -> Any:
        found = list(rows.order_by("pk"))
        if not found:
            raise Nothing
        return found[n % len(found)]

    def some(self, rows: Any, n: int) -> list[Any]:
        """A part of the rows, or all of them."""
        found = list(rows.order_by("pk"))
        if not found:
            raise Nothing
        return found[n % len(found) :] if n % 3 else found

    def member(self, n: int) -> Member:
        return self.members[n % len(self.members)]

    def approver(self, n: int) -> Member:
        return self.approvers[n % len(self.approvers)]

    def payer(self, n: int) -> Member:
        return self.payers[n % len(self.payers)]

    def has_it(self, fund: DayFund) -> Member:
        """The payer who took the money out."""
        return next(each for each in self.payers if each.pk == fund.taken_by_id)

    def claims(self) -> Any:
        return Claim.objects.within(self.agency)


def meet(life: MoneyLife, n: int) -> None:
    """A new meeting, and who was there."""
    meeting = plan_meeting(life.council, starts_at=timezone.now(), by=life.administrator)
    attend(meeting, life.administrator, {life.member(n): HOURS[n % 4 + 1]})


def correct(life: MoneyLife, n: int) -> None:
    meeting = life.one(Meeting.objects.within(life.agency).filter(status="held"), n)
    there = Attendance.objects.within(life.agency).filter(meeting=meeting).order_by("pk")
    rows = there.select_related("member")
    hours = {row.member: HOURS[(n + each) % len(HOURS)] for each, row in enumerate(rows)}
    attend(meeting, life.administrator, hours or {life.member(n): HOURS[2]})


def void(life: MoneyLife, n: int) -> None:
    row = life.one(Attendance.objects.within(life.agency), n)
    void_attendance(row, reason="Was not there.", by=life.administrator)


def elect(life: MoneyLife, n: int) -> None:
    choice = CHOICES[n % 4]
    choosing.elect(
        life.member(n // 4),
        choice=choice,
        on=life.today,
        organization=life.pantry if choice == "donate" else None,
        gives_up_earned=choice == "decline" and n % 8 > 3,
    )


def cost(life: MoneyLife, n: int) -> None:
    member = life.member(n)
    claiming.claim_cost(
        member=member,
        amount=Decimal(n + 1) / 4,
        on=life.today,
        what_for="Bus",
        no_receipt="Lost",
        by=member,
    )


def take_cost_back(life: MoneyLife, n: int) -> None:
    line = life.one(life.claims().filter(kind="reimbursement"), n)
    claiming.withdraw(line, by=line.member)


def send_cost_back(life: MoneyLife, n: int) -> None:
    line = life.one(life.claims().to_approve().filter(kind="reimbursement"), n)
    act = claiming.send_back if n % 2 else claiming.refuse
    act(line, reason="Which day?", by=life.approver(n))


def send_cost_again(life: MoneyLife, n: int) -> None:
    line = life.one(life.claims().filter(status="returned"), n)
    claiming.claim_cost_again(line, amount=Decimal(n + 2) / 4, what_for="Train", by=line.member)


def approve(life: MoneyLife, n: int) -> None:
    by = life.approver(n)
    lines = life.claims().approvable_by(by) if n % 7 else life.claims().to_approve()
    claiming.approve(life.some(lines, n), by=by, on=life.today)


def undo_approval(life: MoneyLife, n: int) -> None:
    line = life.one(life.claims().filter(status="approved"), n)
    claiming.undo_approval(line, by=life.approver(n), on=life.today)


def pay(life: MoneyLife, n: int) -> None:
    by = life.payer(n)
    lines = life.claims().payable_by(by) if n % 7 else life.claims().to_pay()
    method = ("check", "cash", "gift_card", "transfer")[n % 4]
    paying.pay(life.some(lines, n), by=by, paid_on=life.today, method=method, reference=str(n))


def reverse(life: MoneyLife, n: int) -> None:
    payment = life.one(Payment.objects.within(life.agency).filter(reversed_on=None), n)
    paying.reverse(payment, reason="It came back.", by=life.payer(n), on=life.today)


def prepare_run(life: MoneyLife, n: int) -> None:
    by = life.payer(n)
    lines = life.some(life.claims().payable_by(by), n)
    paying.prepare(lines, by=by, paid_on=life.today, method="transfer")


def release_run(life: MoneyLife, n: int) -> None:
    run = life.one(_runs(life), n)
    other = next(each for each in life.payers if each.pk != run.prepared_by_id)
    paying.release(run, by=other if n % 5 else life.payer(n))


def drop_run(life: MoneyLife, n: int) -> None:
    paying.drop(life.one(_runs(life), n), by=life.payer(n // 2))


def _runs(life: MoneyLife) -> Any:
    return PaymentRun.objects.within(life.agency).filter(released_on=None, dropped_on=None)


def leave(life: MoneyLife, n: int) -> None:
    """One of the two goes for good; what is owed is paid all the same."""
    if n % 4:
        raise Nothing
    end_membership(life.member(1), on=life.today, by=life.administrator)


def say_whether_it_came(life: MoneyLife, n: int) -> None:
    made = Payment.objects.within(life.agency)
    payment = life.one(made.filter(reversed_on=None, donated_to=None) if n % 5 else made, n)
    receiving.say(payment, kind="missing" if n % 3 else "got", by=payment.member)


def find_payment(life: MoneyLife, n: int) -> None:
    said = life.one(Arrival.objects.within(life.agency).to_find().select_related("payment"), n)
    receiving.answer(said.payment, words="The bank has it.", by=life.payer(n))


def question(life: MoneyLife, n: int) -> None:
    member = life.member(n)
    asking.ask(words="Is that right?", by=member)


def answer(life: MoneyLife, n: int) -> None:
    asked = life.one(PayQuestion.objects.within(life.agency).open(), n)
    asking.answer(asked, words="It is.", by=life.payer(n))


def ask_to_close(life: MoneyLife, n: int) -> None:
    closing.ask_to_close(last=life.today - DAY * (1 + n % 9), by=life.payer(n))


def close(life: MoneyLife, n: int) -> None:
    period = life.one(AccountingPeriod.objects.within(life.agency).filter(closed_on=None), n)
    if n % 5:
        closing.close(period, by=life.approver(n))
    else:
        closing.take_back(period, by=life.payer(n))


def change_plan(life: MoneyLife, n: int) -> None:
    version = planning.draft(
        text="Another rate.",
        hourly_rate=RATES[n % 3],
        daily_cap=None if n % 4 else Decimal(60),
        due_days=14,
        by=life.administrator,
    )
    ratified.adopt(version, on=life.today + DAY * (n % 3), by=life.administrator)


def approve_money_for_today(life: MoneyLife, n: int) -> None:
    earned = life.claims().to_approve().filter(service_on=life.today)
    meetings = Meeting.objects.within(life.agency).filter(on=life.today)
    if n % 5 and earned.exists():
        meetings = meetings.filter(pk__in=earned.values("attendance__meeting"))
    meeting = life.one(meetings, n)
    same_day.pre_approve(
        meeting,
        people_most=1 + n % 3,
        each_most=Decimal(60),
        total=Decimal(60 * (1 + n % 3)),
        reason="They travel far.",
        by=life.approver(n),
    )


def take_money_out(life: MoneyLife, n: int) -> None:
    fund = life.one(DayFund.objects.within(life.agency).to_take_out(), n)
    same_day.take_out(fund, taken=fund.total, by=life.payer(n))


def hand_money_out(life: MoneyLife, n: int) -> None:
    funds = DayFund.objects.within(life.agency).to_count()
    fund = life.one(funds.select_related("meeting", "approved_by", "taken_by"), n)
    fund.approved_by.agency = life.agency
    rows = sheet_of(fund).of(RowState.OWED)
    if not rows:
        raise Nothing
    row = rows[n % len(rows)]
    same_day.hand_out(
        fund,
        row.lines,
        amount=row.amount,
        sheet_line=row.number,
        by=life.has_it(fund) if n % 5 else life.payer(n),
        initials="R. D.",
    )


def count_money_back(life: MoneyLife, n: int) -> None:
    fund = life.one(DayFund.objects.within(life.agency).to_count(), n)
    same_day.count_back(
        fund, brought_back=Decimal(n), reason="One bill is torn." if n % 2 else "", by=life.payer(n)
    )


def confirm_money(life: MoneyLife, n: int) -> None:
    fund = life.one(DayFund.objects.within(life.agency).to_confirm(), n)
    same_day.confirm(fund, by=life.approver(n))


ACTS: dict[str, Callable[[MoneyLife, int], None]] = {
    act.__name__: act
    for act in (
        *(meet, correct, void, elect, cost, take_cost_back, send_cost_back, send_cost_again),
        *(approve, undo_approval, pay, reverse, say_whether_it_came, find_payment, question),
        *(answer, ask_to_close, close, change_plan, approve_money_for_today, take_money_out),
        *(prepare_run, release_run, drop_run, leave),
        *(hand_money_out, count_money_back, confirm_money),
    )
}

# What somebody with the login of the server could write past all actions; each is refused, unless
# there is no such row.
ATTACKS = (
    "UPDATE compensation_claim SET amount = amount + 1 WHERE status IN ('approved', 'paid')",
    "UPDATE compensation_claim SET approved_by_id = member_id WHERE status = 'approved'",
    "UPDATE compensation_claim SET member_id = member_id + 1 WHERE status = 'approved'",
    "UPDATE compensation_claim SET status = 'earned', paid_by_id = NULL, payment_id = NULL,"
    " approved_by_id = NULL, approved_on = NULL WHERE status = 'paid'",
    "UPDATE compensation_claim SET status = 'paid', paid_by_id = approved_by_id"
    " WHERE status = 'approved'",
    "UPDATE compensation_claim SET status = 'approved', approved_by_id = {approver},"
    " approved_on = service_on WHERE status = 'earned'",
    "UPDATE compensation_payment SET amount = amount + 1",
    "UPDATE compensation_payment SET member_id = paid_by_id",
    "UPDATE compensation_payment SET paid_by_id = {approver}",
    "UPDATE compensation_payment SET reversed_on = paid_on, reversal_reason = 'Gone'"
    " WHERE reversed_on IS NULL",
    "UPDATE compensation_payment SET reversed_on = NULL, reversal_reason = ''"
    " WHERE reversed_on IS NOT NULL",
    "UPDATE compensation_election SET choice = 'decline' WHERE choice = 'accept'",
    'UPDATE compensation_posting SET "on" = "on" - 1',
    "UPDATE compensation_entry SET credit = credit + 1 WHERE credit > 0",
    "UPDATE compensation_planversion SET hourly_rate = hourly_rate + 1"
    " WHERE ratified_on IS NOT NULL",
    "UPDATE compensation_accountingperiod SET closed_on = NULL WHERE closed_on IS NOT NULL",
    "UPDATE compensation_dayfund SET handed = taken + 1 WHERE counted_on IS NOT NULL",
    "UPDATE compensation_dayfund SET taken = total + 1 WHERE taken_on IS NOT NULL",
    "UPDATE compensation_dayfund SET total = total + 1",
    *(
        f"DELETE FROM compensation_{table}"  # noqa: S608 - of our own tables
        for table in (
            *("claim", "payment", "posting", "entry", "election", "setoff", "arrival"),
            *("accountingperiod", "dayfund", "handout", "historicalclaim", "payquestion"),
        )
    ),
    # Lines for a posting that was written before.
    "INSERT INTO compensation_entry (agency_id, posting_id, account, member_id, debit, credit)"
    " SELECT p.agency_id, p.id, side.account, m.id, side.debit, side.credit"
    " FROM compensation_posting p, accounts_member m, (VALUES ('participation', 5, 0),"
    " ('payable', 0, 5)) AS side (account, debit, credit)"
    " WHERE p.id = (SELECT max(id) FROM compensation_posting)"
    " AND m.id = {member}",
    'INSERT INTO compensation_posting (agency_id, kind, "on", claim_id, by_id, at)'
    " SELECT agency_id, 'approved', approved_on, id, approved_by_id, now()"
    " FROM compensation_claim WHERE status = 'approved' LIMIT 1",
    'INSERT INTO compensation_posting (agency_id, kind, "on", payment_id, reverses_id, by_id, at)'
    " SELECT agency_id, 'reversed', \"on\", payment_id, id, by_id, now()"
    " FROM compensation_posting WHERE id = (SELECT max(id) FROM compensation_posting)",
    'INSERT INTO compensation_posting (agency_id, kind, "on", claim_id, by_id, at)'
    " SELECT p.agency_id, 'approved', p.last, c.id, {approver}, now()"
    " FROM compensation_accountingperiod p, compensation_claim c"
    " WHERE p.closed_on IS NOT NULL AND c.status = 'earned' LIMIT 1",
    "INSERT INTO compensation_payment (agency_id, member_id, paid_on, method, reference, amount,"
    " paid_by_id, recorded_at, reversal_reason) SELECT agency_id, member_id, service_on, 'cash',"
    " '', 9, {payer}, now(), '' FROM compensation_claim WHERE member_id = {member} LIMIT 1",
)


def attack(life: MoneyLife, n: int) -> None:
    """AssertionError if the database takes what it has to refuse."""
    sql = ATTACKS[n % len(ATTACKS)].format(
        approver=life.approver(n).pk, payer=life.payer(n).pk, member=life.member(n).pk
    )
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(sql)
                written = cursor.rowcount
            connection.check_constraints()
            transaction.set_rollback(True)
    except DatabaseError:
        return
    assert not written, f"the database took: {sql}"


# What is never true of any row, whatever is done; counted by the database.
NEVER = """
SELECT
    (SELECT count(*) FROM compensation_claim WHERE member_id IN (approved_by_id, paid_by_id)
        OR approved_by_id = paid_by_id OR entered_by_id IN (approved_by_id, paid_by_id)),
    (SELECT count(*) FROM compensation_claim c JOIN compensation_payment p ON p.id = c.payment_id
        WHERE p.reversed_on IS NOT NULL OR p.member_id <> c.member_id),
    (SELECT count(*) FROM compensation_claim WHERE donate_to_id IS NOT NULL
        AND kind = 'reimbursement'),
    (SELECT count(*) FROM compensation_dayfund f WHERE f.taken > f.total OR (
        SELECT coalesce(sum(p.amount), 0) FROM compensation_handout h
        JOIN compensation_payment p ON p.id = h.payment_id AND p.reversed_on IS NULL
        WHERE h.fund_id = f.id) > f.taken)
"""


def check(life: MoneyLife, seats: int, *, files: bool) -> None:
    """All that has to be true of money after every act; `files`: closed books, byte by byte."""
    connection.check_constraints()
    assert [*findings(life.agency, None if files else 0)] == []
    with connection.cursor() as cursor:
        cursor.execute(NEVER)
        assert cursor.fetchone() == (0, 0, 0, 0)
    assert Seat.objects.within(life.agency).count() == seats, "choices never move seats"
    worth = _worth_by_day(life)
    assert worth == {key: sums for key, sums in worth.items() if sums[0] <= sums[1]}, worth


def _worth_by_day(life: MoneyLife) -> dict[Any, tuple[Decimal, Decimal]]:
    """By member and day: what their lines come to, and the most that their hours are worth."""
    lines: dict[Any, Decimal] = {}
    for claim in life.claims().exclude(attendance=None):
        key = claim.member_id, claim.service_on
        lines[key] = lines.get(key, Decimal(0)) + claim.amount
    found: dict[Any, tuple[Decimal, Decimal]] = {}
    plans = {plan.pk: plan for plan in PlanVersion.objects.within(life.agency)}
    worth: dict[Any, Decimal] = {}
    caps: dict[Any, Decimal | None] = {}
    first = life.claims().filter(kind="pay").select_related("attendance")
    for claim in first:
        key = claim.member_id, claim.service_on
        hours = Decimal(0) if claim.attendance.voided_on else claim.attendance.hours
        worth[key] = worth.get(key, Decimal(0)) + (hours * claim.rate).quantize(CENT, ROUND_HALF_UP)
        caps[key] = plans[claim.plan_id].daily_cap
    for key, amount in lines.items():
        cap = caps[key]
        most = worth[key] if cap is None else min(worth[key], cap)
        found[key] = amount, most
    return found
