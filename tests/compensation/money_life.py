"""A small agency whose people do all that can be done about money, in any order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.actions import end_membership
from accounts.models import Member
from accounts.permissions import Role
from compensation.advances import actions as advancing
from compensation.advances.models import SpentAdvance
from compensation.advances.rules import meetings_ahead
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.deputies import actions as deputizing
from compensation.deputies.models import Deputy
from compensation.offers.models import Organization
from compensation.parts import actions as wishing
from compensation.parts.reading import held_back
from compensation.payments import actions as paying
from compensation.payments.models import Payment, PaymentRun
from compensation.periods import actions as closing
from compensation.periods.models import AccountingPeriod
from compensation.plan import actions as planning
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
from groups.models import Attendance, Group, Meeting
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
    # By member and month, lines of pay that were paid, and their sum, after the last act.
    paid: dict[tuple[int, date], tuple[int, Decimal]] = field(default_factory=dict)

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
        people = [*self.approvers, *self.deputies(Role.APPROVER)]
        return people[n % len(people)]

    def payer(self, n: int) -> Member:
        people = [*self.payers, *self.deputies(Role.PAYER)]
        return people[n % len(people)]

    def deputies(self, role: Role) -> list[Member]:
        """Who stands in today, as themselves."""
        rows = Deputy.objects.within(self.agency).on(self.today).filter(grant__role=role)
        found = [each.member for each in rows.select_related("member").order_by("pk")]
        for each in found:
            each.agency = self.agency
        return found

    def has_it(self, fund: DayFund) -> Member:
        """The payer who took the money out."""
        found: Member = Member.objects.within(self.agency).get(pk=fund.taken_by_id or 0)
        found.agency = self.agency
        return found

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
    by = life.administrator if n % 5 else life.payers[1]
    attend(meeting, by, hours or {life.member(n): HOURS[2]})


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
    some = life.some(lines, n)
    if n % 5:
        later = held_back(life.agency, some, paid_on=life.today)
        some = [each for each in some if each.pk not in later]
    if not paying.pay(some, by=by, paid_on=life.today, method=method, reference=str(n)):
        raise Nothing


def reverse(life: MoneyLife, n: int) -> None:
    payment = life.one(Payment.objects.within(life.agency).filter(reversed_on=None), n)
    paying.reverse(payment, reason="It came back.", by=life.payer(n), on=life.today)


def prepare_run(life: MoneyLife, n: int) -> None:
    by = life.payer(n)
    lines = life.some(life.claims().payable_by(by), n)
    paying.prepare(lines, by=by, paid_on=life.today, method="transfer")


def release_run(life: MoneyLife, n: int) -> None:
    run = life.one(_runs(life), n)
    people = [*life.payers, *life.deputies(Role.PAYER)]
    others = [each for each in people if each.pk != run.prepared_by_id]
    paying.release(run, by=others[n % len(others)] if n % 5 else life.payer(n))


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


def name_deputy(life: MoneyLife, n: int) -> None:
    """Anybody stands in for somebody who approves or pays, also who is paid, or has the other role.

    A holder names them, or an administrator.
    """
    role = Role.APPROVER if n % 2 else Role.PAYER
    holders = life.approvers if role == Role.APPROVER else life.payers
    holder = holders[n // 2 % 2]
    others = [*life.members, life.approvers[0], life.payers[0], life.administrator]
    member = others[n // 4 % len(others)]
    since = life.today + DAY * (n % 3)
    by = holder if n % 7 else life.administrator
    last = since + DAY * (n % 11)
    deputizing.name_deputy(member, role=role, holder=holder, since=since, last=last, by=by)


def end_deputy(life: MoneyLife, n: int) -> None:
    deputy = life.one(Deputy.objects.within(life.agency).not_over(life.today), n)
    deputizing.end_deputy(deputy, by=life.administrator if n % 2 else life.payers[1])


def ask_advance(life: MoneyLife, n: int) -> None:
    """For a meeting to come, which is planned if there is none."""
    member = life.member(n)
    if not meetings_ahead(member, life.today).exists():
        soon = timezone.now() + DAY * (1 + n % 9)
        plan_meeting(life.council, starts_at=soon, by=life.administrator)
    meeting = life.one(meetings_ahead(member, life.today), n)
    cost = "fare" if n % 2 else "childcare"
    advancing.ask(
        member=member,
        meeting=meeting,
        cost=cost,
        what_for="The way",
        amount=Decimal(n + 1) / 4,
        by=member if n % 5 else life.administrator,
    )


def settle_advance(life: MoneyLife, n: int) -> None:
    """More was spent, less, nothing, or just as much."""
    told = SpentAdvance.objects.within(life.agency).values("claim")
    paid = life.claims().filter(in_advance=True, status="paid")
    line = life.one(paid.exclude(pk__in=told) if n % 7 else paid, n)
    spent = (Decimal(0), line.amount, line.amount + 3, line.amount / 2)[n % 4]
    advancing.settle(line, spent=spent.quantize(CENT), no_receipt="Lost", by=line.member)


def wish_parts(life: MoneyLife, n: int) -> None:
    most = None if n % 3 == 0 else Decimal(n % 60 + 1)
    wishing.wish(life.member(n), per_month=most, by=life.member(n) if n % 5 else life.payer(n))


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
        *(prepare_run, release_run, drop_run, leave, name_deputy, end_deputy),
        *(ask_advance, settle_advance, wish_parts),
        *(hand_money_out, count_money_back, confirm_money),
    )
}
