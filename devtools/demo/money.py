"""Compensation: the plan, people's choices, and a payday every other week."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from PIL import Image, ImageDraw

from accounts.permissions import Role
from compensation.advances.actions import ask as ask_advance
from compensation.advances.rules import meetings_ahead
from compensation.budget.actions import enter as enter_line
from compensation.budget.models import Covers
from compensation.choosing.actions import elect
from compensation.claims.actions.approving import approve
from compensation.claims.actions.costs import (
    claim_cost,
    claim_cost_again,
    claim_miles,
    send_back,
)
from compensation.claims.models import Claim, ClaimKind, CostKind
from compensation.claims.receipts import receipt_of
from compensation.deputies.actions import name_deputy
from compensation.employment.actions import decide
from compensation.employment.models import EmploymentKind
from compensation.offers.actions import list_organization
from compensation.offers.models import Agreement, Election, Offer, OfferChoice, Organization
from compensation.other_work.actions import enter, orient
from compensation.payments.actions import pay, prepare, reverse
from compensation.payments.models import Payment, PaymentMethod
from compensation.periods.actions import ask_to_close, close
from compensation.periods.models import AccountingPeriod
from compensation.plan.actions import (
    NO_RATES,
    RateGiven,
    adopt,
    attest,
    draft,
    put_in_force,
    seek_ratification,
)
from compensation.plan.models import RateBasis, WorkKind
from compensation.policies import mile_rate, worth_of_miles
from compensation.proving.actions import prove
from compensation.questions.actions import answer, ask
from compensation.questions.models import PayQuestion
from compensation.receiving.actions import say
from compensation.receiving.models import ArrivalKind
from compensation.same_day.actions import count_back, hand_out, pre_approve, take_out
from compensation.same_day.models import DayFund
from compensation.same_day.reading import RowState, left_of, sheet_of
from compensation.special.actions import decide as decide_case
from compensation.special.models import SpecialCase
from compensation.special.presenting import BEGINNINGS
from devtools.demo.story import Story
from devtools.demo.texts import NOT_ALL_CAME
from groups.actions import close_decision, record_attendance, take_position
from groups.models import Choice as Position

FIRST = """\
Your time and your knowledge are worth money to us. Whoever takes part in a cell, a dialogue, the \
council, the board or the oversight committee, and is not paid for that time by a job, is offered \
payment for each hour. You may say yes, say no, or give it to a cause. Nobody thinks more or less \
of you for it, and you can change your mind on any day. We pay within 14 days."""
SECOND = (
    FIRST
    + """ Bus tickets and child care are given back as well. Time to get ready counts \
like the meeting itself."""
)
THIRD = (
    SECOND
    + """ People who lead a dialogue are also paid for the hour before it and the \
hour after it."""
)
# Time to get ready and to learn, like the meeting itself; the draft adds who leads, and what is
# called off.
SECOND_RATES: Mapping[WorkKind, RateGiven] = {
    WorkKind.PREPARATION: (Decimal(25), RateBasis.HOUR),
    WorkKind.ORIENTATION: (Decimal(25), RateBasis.HOUR),
}
THIRD_RATES: Mapping[WorkKind, RateGiven] = {
    WorkKind.CO_FACILITATION: (Decimal(84), RateBasis.SESSION),
    WorkKind.PREPARATION: (Decimal(28), RateBasis.HOUR),
    WorkKind.ORIENTATION: (Decimal(28), RateBasis.HOUR),
    WorkKind.LATE_CANCELLATION: (Decimal(28), RateBasis.SESSION, 24),
}
AGREED = "The board decided in its meeting that everybody who gives time from now on is paid."
CAUSE = "Harbor Street Food Pantry"
BUS = "Bus tickets to the dialogue, there and back"
SITTER = "A sitter for my two children"
BUS_HOME = "Many come by bus and need their money for the way home."
NEXT_TIME = "Two people asked for their money on the day."
SIGNED = (
    "M60 120L66 96L78 62L96 40L112 46L110 74L92 98L74 108L100 118L132 140L150 148"
    "M168 120L182 102L198 104L194 124L178 132L170 122M214 108L208 126L222 130L236 112L252 110"
)
RATE = "Is the time to get ready paid at the new rate as well?"
RIDE = "Is a ride with a neighbor paid back, too?"
TAXI = "Taxi home after the evening meeting"
DRIVE = "Home to the center and back"
NO_PAPER = "I put the paper in the box at the front desk."
# Everybody else says yes; one person is undecided.
DECLINE, UNDECIDED = {"hank", "edward", "bernice", "harold", "tessa"}, {"mei"}
DONATE = {"andre", "luis"}


def write(story: Story) -> None:
    """Two plan versions, each ratified by the committee, and a draft; offers, costs and paydays."""
    story.on(535, _decide_employment, story)
    story.on(534, _write_plan, story, FIRST, "20.00", "120.00")
    story.on(532, _put_in_force, story)
    story.on(532, _list_organization, story)
    story.on(531, _ratify, story, "june theo imani lena priya")
    story.on(251, _write_plan, story, SECOND, "25.00", "150.00", SECOND_RATES)
    story.on(249, _ratify, story, "june theo imani priya lena carol")
    story.on(248, _adopt, story)
    story.on(2, _write_plan, story, THIRD, "28.00", "180.00", THIRD_RATES)
    for ago in range(516, 10, -14):
        story.on(ago + 2, _choose, story, hour=11)
        story.on(ago + 1, _approve, story, hour=11)
        story.on(ago, _pay, story, hour=14)
    # The books of each quarter or so, up to the end of the month before.
    for ago in (400, 310, 220, 130, 40):
        story.on(ago, _close_books, story, hour=15)
    story.on(1, _ask_to_close, story, hour=15)
    _costs(story)
    _told(story)
    # June read for the review all day: more than the daily cap.
    story.on(23, _write_hours, story, "june", "7")
    story.on(23, _prepared, story, "theo", "0.50")
    story.on(4, _oriented, story, "otis", "0.75", hour=19)
    # Recent earnings: some are approved, the rest wait.
    story.on(6, _approve, story, hour=11)
    # Too many hours were recorded for Lena and paid; Aaron has not decided on that yet.
    story.on(4, _write_hours, story, "lena", "1")
    story.on(4, _approve_money, story, "first_visit", 2, BUS_HOME, hour=11)
    story.on(2, _take_money, story, hour=15)
    story.on(2, _hand_out_money, story, hour=21)
    story.on(1, _approve_money, story, "calm", -2, NEXT_TIME, hour=11)
    # Paula goes on vacation soon; what she prepared, somebody else releases.
    story.on(1, _name_deputy, story, hour=12)
    story.on(1, _prepare_run, story, hour=16)
    story.on(1, prove, story.agency)


def _decide_employment(story: Story) -> None:
    decide(
        kind=EmploymentKind.CONTRACTOR,
        decided_by="The board, with the executive director",
        advice="The agency’s accountant, and a lawyer who knows labor law",
        decided_on=story.agency.today(),
        by=story["ada"],
    )
    decide_case(
        case=SpecialCase.NO_NUMBER,
        words=str(BEGINNINGS[SpecialCase.NO_NUMBER]),
        contact="Paula Grant, 555-0142",
        decided_by="The board of directors",
        advice="A lawyer of the legal aid office",
        decided_on=story.agency.today(),
        by=story["ada"],
    )


def _write_plan(
    story: Story, text: str, rate: str, cap: str, rates: Mapping[WorkKind, RateGiven] = NO_RATES
) -> None:
    story.payment_plan = draft(
        text=text,
        hourly_rate=Decimal(rate),
        daily_cap=Decimal(cap),
        due_days=14,
        rates=rates,
        by=story["ada"],
    )


def _list_organization(story: Story) -> None:
    list_organization(name=CAUSE, by=story["ada"], on=story.agency.today())


def _put_in_force(story: Story) -> None:
    """In the founding: the council's chair was there when the board agreed to pay people."""
    version = put_in_force(
        story.payment_plan,
        on=story.agency.today(),
        text=AGREED,
        asked=story["june"],
        by=story["ada"],
    )
    attest(version, by=story["june"])


def _adopt(story: Story) -> None:
    adopt(story.payment_plan, on=story.agency.today(), by=story["ada"])


def _ratify(story: Story, present: str) -> None:
    decision = seek_ratification(story.payment_plan, by=story["ada"])
    for member in story.everyone(present):
        take_position(decision, member=member, choice=Position.AGREE)
    close_decision(
        decision,
        by=story["june"],
        waiver=NOT_ALL_CAME,
        outcome="It says what we mean, and the rate is fair.",
        review_on=story.agency.today() + timedelta(days=365),
    )


def _choose(story: Story) -> None:
    """Everybody newly offered payment accepts, declines, or donates it."""
    offers = Offer.objects.within(story.agency)
    chosen = Election.objects.within(story.agency).values("member")
    listed = Organization.objects.within(story.agency).get(name=CAUSE)
    asked = set(offers.exclude(member__in=chosen).values_list("member", flat=True))
    for key, member in story.people.items():
        if member.pk not in asked or key in UNDECIDED:
            continue
        choice = OfferChoice.DECLINE if key in DECLINE else OfferChoice.ACCEPT
        choice = OfferChoice.DONATE if key in DONATE else choice
        on_paper = member.user is None
        elect(
            member,
            choice=choice,
            organization=listed if choice == OfferChoice.DONATE else None,
            gives_up_earned=True,
            on=story.agency.today(),
            by=story["femi"] if on_paper else None,
            agreed_how=Agreement.SIGNED if on_paper else "",
            agreed_on=story.agency.today() if on_paper else None,
        )


def _approve(story: Story) -> None:
    claims = Claim.objects.within(story.agency).to_approve().order_by("pk")
    approve(claims, by=story["aaron"], on=story.agency.today())


def _pay(story: Story) -> None:
    """Checks for people without a bank account, transfers for the others."""
    claims = list(Claim.objects.within(story.agency).to_pay().select_related("member"))
    by_check = {member.pk for member in story.people.values() if member.user is None}
    today = story.agency.today()
    for method, lines in (
        (PaymentMethod.CHECK, [claim for claim in claims if claim.member_id in by_check]),
        (PaymentMethod.TRANSFER, [claim for claim in claims if claim.member_id not in by_check]),
    ):
        if lines:
            pay(
                lines,
                by=story["paula"],
                paid_on=today,
                method=method,
                reference=f"{today:%Y-%m-%d}",
            )


def _close_books(story: Story) -> None:
    close(_ask_to_close(story), by=story["aaron"])


def _ask_to_close(story: Story) -> AccountingPeriod:
    last = story.agency.today().replace(day=1) - timedelta(days=1)
    return ask_to_close(last=last, by=story["paula"])


def _name_deputy(story: Story) -> None:
    since = story.agency.today() + timedelta(days=10)
    name_deputy(
        story["femi"],
        role=Role.PAYER,
        holder=story["paula"],
        since=since,
        last=since + timedelta(days=6),
        by=story["paula"],
    )


def _prepare_run(story: Story) -> None:
    paula = story["paula"]
    prepare(
        Claim.objects.within(story.agency).payable_by(paula),
        by=paula,
        paid_on=story.agency.today(),
        method=PaymentMethod.TRANSFER,
    )


def _approve_money(story: Story, key: str, ago: int, reason: str) -> None:
    pre_approve(
        story.meetings[key, ago],
        people_most=12,
        each_most=Decimal(60),
        total=Decimal(400),
        reason=reason,
        by=story["aaron"],
    )


def _fund(story: Story) -> DayFund:
    return DayFund.objects.within(story.agency).select_related("meeting").get(reason=BUS_HOME)


def _take_money(story: Story) -> None:
    take_out(_fund(story), taken=Decimal(400), by=story["paula"])


def _hand_out_money(story: Story) -> None:
    """The first signs with a finger, the others with their initials; the rest comes back."""
    fund, paula = _fund(story), story["paula"]
    fund.approved_by.agency = fund.agency = story.agency
    for place, row in enumerate(sheet_of(fund).of(RowState.OWED)):
        initials = "".join(part[0] for part in row.member.name.split())
        hand_out(
            fund,
            row.lines,
            amount=row.amount,
            sheet_line=row.number,
            drawing="" if place else SIGNED,
            initials=initials,
            by=paula,
        )
    count_back(fund, brought_back=left_of(fund), by=paula)


def _costs(story: Story) -> None:
    """Bus tickets, a question about one of them, and a lost check.

    Of the last two costs, one waits for an answer, one for a decision.
    """
    story.on(410, _claim_cost, story, "rosa", "5.50", BUS)
    story.on(300, _claim_cost, story, "nadia", "18.00", SITTER)
    story.on(120, _claim_cost, story, "gil", "55.00", BUS)
    story.on(119, _ask_back, story, "gil", "Did you mean $5.50? The two tickets are $5.50.")
    story.on(117, _answer, story, "gil", "5.50")
    story.on(20, _budget, story, Covers.MEETINGS, "Pay for meetings", "15000")
    story.on(20, _budget, story, Covers.COSTS, "Travel and childcare", "400")
    story.on(8, _claim_cost, story, "rosa", "5.50", BUS)
    story.on(4, _claim_cost, story, "walter", "23.00", TAXI)
    story.on(4, _claim_miles, story, "gil", "12.4", DRIVE)
    story.on(2, _ask_back, story, "walter", "Was this for one evening, or for two?")
    story.on(3, _claim_cost, story, "nadia", "18.00", SITTER)
    story.on(1, _advance, story, "nadia", "18.00")
    story.on(77, _lose_check, story, "joel")


def _told(story: Story) -> None:
    """A payment that came, and one that did not; a question that was answered, and an open one."""
    story.on(11, _say, story, "rosa", ArrivalKind.GOT)
    story.on(4, _say, story, "nadia", ArrivalKind.MISSING)
    story.on(30, _question, story, "rosa", RATE)
    story.on(28, _reply, story, "rosa", "Yes. The new rate counts from the day it was adopted.")
    story.on(2, _question, story, "gil", RIDE)


def _say(story: Story, key: str, kind: str) -> None:
    payments = Payment.objects.within(story.agency).filter(member=story[key], reversed_on=None)
    say(payments.latest("paid_on"), kind=kind, by=story[key])


def _budget(story: Story, covers: Covers, name: str, amount: str) -> None:
    today = story.agency.today()
    enter_line(
        name=name,
        covers=covers,
        since=today - timedelta(days=180),
        last_day=today + timedelta(days=185),
        amount=Decimal(amount),
        decided_on=today,
        decided_by="the board of directors",
        by=story["ada"],
    )


def _advance(story: Story, key: str, amount: str) -> None:
    member = story[key]
    meeting = meetings_ahead(member, story.agency.today()).first()
    if meeting is not None:
        ask_advance(
            member=member,
            meeting=meeting,
            cost=CostKind.CHILDCARE,
            what_for=SITTER,
            amount=Decimal(amount),
            by=member,
        )


def _question(story: Story, key: str, words: str) -> None:
    ask(words=words, by=story[key])


def _reply(story: Story, key: str, words: str) -> None:
    asked = PayQuestion.objects.within(story.agency).filter(member=story[key])
    answer(asked.latest("pk"), words=words, by=story["aaron"])


def _claim_cost(story: Story, key: str, amount: str, what_for: str) -> None:
    member, today = story[key], story.agency.today()
    claim_cost(
        member=member,
        amount=Decimal(amount),
        on=today,
        what_for=what_for,
        kind=CostKind.CHILDCARE if what_for == SITTER else CostKind.FARE,
        receipt=receipt_of(photo(what_for, amount)) if what_for == TAXI else None,
        no_receipt=NO_PAPER,
        by=member,
    )


def _claim_miles(story: Story, key: str, miles: str, what_for: str) -> None:
    member, today = story[key], story.agency.today()
    rate = mile_rate(story.agency, today)
    # In a year whose rate nobody has entered, nobody can ask for miles.
    if rate is not None:
        claim_miles(
            member=member,
            miles=Decimal(miles),
            on=today,
            what_for=what_for,
            comes_to=worth_of_miles(Decimal(miles), rate),
            by=member,
        )


def photo(*lines: str) -> bytes:
    """A picture of a receipt with these words on it."""
    paper = Image.new("RGB", (480, 640), "white")
    drawing = ImageDraw.Draw(paper)
    for place, words in enumerate(("RECEIPT", *lines)):
        drawing.text((40, 60 + 60 * place), words, fill="black", font_size=32)
    made = BytesIO()
    paper.save(made, "PNG")
    return made.getvalue()


def _cost_of(story: Story, key: str) -> Claim:
    claims = Claim.objects.within(story.agency).filter(kind=ClaimKind.REIMBURSEMENT)
    return claims.filter(member=story[key]).latest("pk")


def _ask_back(story: Story, key: str, reason: str) -> None:
    send_back(_cost_of(story, key), reason=reason, by=story["aaron"])


def _answer(story: Story, key: str, amount: str) -> None:
    claim_cost_again(_cost_of(story, key), amount=Decimal(amount), what_for=BUS, by=story[key])


def _write_hours(story: Story, key: str, hours: str) -> None:
    """Correct somebody's hours at the last committee meeting but one."""
    meeting = story.meetings["committee", 24]
    record_attendance(meeting, present={story[key]: Decimal(hours)}, by=story["priya"])


def _prepared(story: Story, key: str, hours: str) -> None:
    """Write down that somebody prepared for that meeting."""
    done = {story[key]: {WorkKind.PREPARATION: Decimal(hours)}}
    enter(story.meetings["committee", 24], done=done, by=story["priya"])


def _oriented(story: Story, key: str, hours: str) -> None:
    """Write down who showed a newcomer how the evening dialogue works."""
    by = story["femi"]
    orient(
        story.groups["evening"],
        story[key],
        on=story.agency.today(),
        hours=Decimal(hours),
        given_by=by,
        by=by,
    )


def _lose_check(story: Story, key: str) -> None:
    """Reverse the payment; the next payday pays it again."""
    payments = Payment.objects.within(story.agency).filter(member=story[key], reversed_on=None)
    reverse(
        payments.latest("paid_on"),
        reason="The check did not arrive.",
        by=story["paula"],
        on=story.agency.today(),
    )
