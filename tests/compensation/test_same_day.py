"""Money for a meeting: approved by one, handed out by another against a signature, counted back."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.actions.capacities import grant_role
from accounts.models import Member, StandingKind
from accounts.permissions import Role
from compensation.choosing import actions as choosing
from compensation.claims import actions as claiming
from compensation.claims.models import Claim, ClaimStatus
from compensation.ledger.models import Entry
from compensation.payments import actions as paying
from compensation.payments.models import Payment
from compensation.plan.models import PlanVersion
from compensation.same_day import actions
from compensation.same_day.models import DayFund, FundCard, Handout, Proof
from compensation.same_day.reading import RowState, sheet_of
from devtools.states import state
from foundation.addresses import at
from foundation.keys import code_of
from foundation.models import Agency
from foundation.refusals import Refused
from groups.models import Meeting
from notifications.waiting import waiting
from tests.compensation.conftest import attend, council, earned, meeting, plan
from tests.compensation.test_ledger import execute
from tests.compensation.test_periods import days_later
from tests.compensation.test_vouching import refusing
from tests.conftest import Enter, Login, assert_budget
from tests.security.test_money import together

__all__ = ["council", "earned", "meeting", "plan"]

NAME = "M10 20L40 90L80 30"


@state
def fund(plan: PlanVersion, meeting: Meeting, approver: Member) -> DayFund:
    """Up to 100 dollars for 2 people, 50 each."""
    return actions.pre_approve(
        meeting,
        people_most=2,
        each_most=Decimal(50),
        total=Decimal(100),
        reason="People travel far.",
        by=approver,
    )


@state
def taken(fund: DayFund, payer: Member) -> DayFund:
    return actions.take_out(fund, taken=Decimal(100), by=payer)


@state
def owed(taken: DayFund, earned: Claim) -> DayFund:
    """Money for a meeting at which a consumer earned 40 dollars."""
    return taken


def fresh(fund: DayFund) -> DayFund:
    rows = DayFund.objects.within(fund.agency).select_related("meeting", "approved_by", "taken_by")
    found = rows.get(pk=fund.pk)
    found.approved_by.agency = found.agency = fund.agency
    return found


def states(fund: DayFund) -> dict[str, RowState]:
    return {row.member.name: row.state for row in sheet_of(fresh(fund)).rows}


def hand(fund: DayFund, by: Member, cards: Sequence[FundCard] = (), **signed: str) -> Handout:
    """Hand out what the first person on the sheet is owed."""
    (row, *_others) = sheet_of(fresh(fund)).of(RowState.OWED)
    return actions.hand_out(
        fund,
        row.lines,
        amount=row.amount,
        sheet_line=row.number,
        cards=cards,
        by=by,
        **(signed or {"drawing": NAME}),
    )


def titles(member: Member) -> list[str]:
    rows = waiting(member, member.agency.today())
    return [row.title for row in rows if "People travel far." in row.title]


def test_three_people_bring_the_pay_into_a_hand_in_one_go(
    owed: DayFund, earned: Claim, consumer: Member, approver: Member, payer: Member, agency: Agency
) -> None:
    handout = hand(owed, payer)
    earned.refresh_from_db()
    assert (earned.status, earned.approved_by, earned.paid_by) == (
        ClaimStatus.PAID,
        approver,
        payer,
    )
    payment = handout.payment
    assert (payment.amount, payment.method, payment.paid_on) == (
        Decimal(40),
        "cash",
        owed.meeting.on,
    )
    assert Entry.objects.within(agency).count() == 4
    assert states(owed) == {consumer.name: RowState.HANDED}
    counted = actions.count_back(owed, brought_back=Decimal(60), by=payer)
    assert (counted.handed, counted.difference_reason) == (Decimal(40), "")
    connection.check_constraints()


def test_only_the_right_person_takes_each_step(
    fund: DayFund, earned: Claim, approver: Member, payer: Member, administrator: Member
) -> None:
    grant_role(approver, role=Role.PAYER, since=approver.agency.today(), by=administrator)
    approver = Member.objects.within(approver.agency).get(pk=approver.pk)
    for by in (approver, administrator):
        with pytest.raises(Refused):
            actions.take_out(fund, taken=Decimal(10), by=by)
    with pytest.raises(Refused):
        actions.pre_approve(
            fund.meeting,
            people_most=1,
            each_most=Decimal(1),
            total=Decimal(1),
            reason="Mine.",
            by=payer,
        )
    with pytest.raises(ValidationError, match="more than was approved"):
        actions.take_out(fund, taken=Decimal("100.01"), by=payer)
    actions.take_out(fund, taken=Decimal(100), by=payer)
    with pytest.raises(Refused):
        hand(fund, approver)
    with pytest.raises(Refused):
        actions.withdraw(fund, by=approver)
    with pytest.raises(Refused):
        actions.count_back(fund, brought_back=Decimal(100), by=approver)


def test_the_sheet_has_nobody_who_turned_it_down_and_asks_who_has_not_said(
    taken: DayFund,
    consumer: Member,
    second_consumer: Member,
    administrator: Member,
    payer: Member,
    agency: Agency,
) -> None:
    attend(taken.meeting, administrator, {second_consumer: "1.00", consumer: "2.00"})
    assert {*states(taken).values()} == {RowState.ASKED}
    (number,) = [row.number for row in sheet_of(taken).rows if row.member == consumer]
    choosing.elect(second_consumer, choice="decline", gives_up_earned=True, on=agency.today())
    assert states(taken) == {consumer.name: RowState.ASKED}
    choosing.elect(consumer, choice="accept", on=agency.today())
    (row,) = sheet_of(fresh(taken)).rows
    assert (row.state, row.number, row.amount) == (RowState.OWED, number, Decimal(40))


def test_nobody_who_handled_it_is_paid_from_it(
    plan: PlanVersion, meeting: Meeting, consumer: Member, administrator: Member, enter: Enter
) -> None:
    agency = meeting.agency
    approver, payer = (
        enter(name, StandingKind.PRIMARY_CONSUMER, roles=(role,))
        for name, role in (("Ann", Role.APPROVER), ("Pat", Role.PAYER))
    )
    fund = actions.pre_approve(
        meeting,
        people_most=3,
        each_most=Decimal(50),
        total=Decimal(90),
        reason="Far.",
        by=approver,
    )
    actions.take_out(fund, taken=Decimal(90), by=payer)
    attend(meeting, administrator, {approver: "1.00", payer: "1.00", consumer: "2.00"})
    for member in (approver, payer, consumer):
        choosing.elect(member, choice="accept", on=agency.today())
    elsewhere = RowState.ELSEWHERE
    assert states(fund) == {
        approver.name: elsewhere,
        payer.name: elsewhere,
        consumer.name: RowState.OWED,
    }
    for line in Claim.objects.within(agency).exclude(member=consumer):
        with pytest.raises(Refused):
            actions.hand_out(fund, [line], amount=line.amount, sheet_line=1, by=payer)


def test_a_line_above_the_limit_is_paid_as_usual(
    meeting: Meeting, earned: Claim, approver: Member, payer: Member, consumer: Member
) -> None:
    fund = actions.pre_approve(
        meeting,
        people_most=2,
        each_most=Decimal(30),
        total=Decimal(60),
        reason="Small.",
        by=approver,
    )
    actions.take_out(fund, taken=Decimal(60), by=payer)
    assert states(fund) == {consumer.name: RowState.ABOVE}
    with pytest.raises(ValidationError, match="for one person"):
        actions.hand_out(fund, [earned], amount=earned.amount, sheet_line=1, by=payer, initials="A")
    earned.refresh_from_db()
    assert earned.status == ClaimStatus.EARNED


def test_what_is_left_is_counted_and_a_difference_needs_a_reason_and_a_second_person(
    owed: DayFund,
    earned: Claim,
    payer: Member,
    approver: Member,
    committee_chair: Member,
    login: Login,
) -> None:
    hand(owed, payer, initials="RA")
    assert [len(titles(each)) for each in (payer, approver)] == [1, 0]
    with pytest.raises(ValidationError, match="say why"):
        actions.count_back(owed, brought_back=Decimal(55), by=payer)
    actions.count_back(owed, brought_back=Decimal(55), reason="A bill was torn.", by=payer)
    with pytest.raises(Refused):
        actions.confirm(owed, by=payer)
    with pytest.raises(Refused):
        actions.hand_out(owed, [earned], amount=Decimal(1), sheet_line=1, by=payer)
    assert [len(titles(each)) for each in (payer, approver)] == [0, 1]
    url = at(owed.agency, "compensation:fund_differences")
    page = login(committee_chair).get(url).text
    assert "A bill was torn." in page
    assert "$5.00 is missing" in page
    actions.confirm(owed, by=approver)
    assert titles(approver) == []
    assert "confirmed it on" in login(committee_chair).get(url).text


def test_gift_cards_have_numbers_that_are_used_once(
    fund: DayFund, earned: Claim, payer: Member, agency: Agency
) -> None:
    for cards, match in (
        ([("A1", Decimal(20)), ("A1", Decimal(20))], "twice"),
        ([("A1", Decimal("50.01"))], "more than a card"),
    ):
        with pytest.raises(ValidationError, match=match):
            actions.take_out(fund, cards=cards, by=payer)
    actions.take_out(fund, cards=[(name, Decimal(20)) for name in ("A1", "A2", "A3")], by=payer)
    one, two, three = FundCard.objects.within(agency).order_by("serial")
    with pytest.raises(ValidationError, match="exactly"):
        hand(fund, payer, cards=[one])
    handout = hand(fund, payer, cards=[one, two])
    connection.check_constraints()
    assert (handout.payment.method, handout.payment.reference) == ("gift_card", "A1, A2")
    with refusing("where it is|not worth"):
        FundCard.objects.within(agency).filter(pk=three.pk).update(handout=handout)
        connection.check_constraints()
    with refusing("where it is"):
        FundCard.objects.within(agency).filter(pk=one.pk).update(back_on=agency.today())
    with pytest.raises(ValidationError, match="say why"):
        actions.count_back(fund, by=payer)
    assert actions.count_back(fund, cards=[three], by=payer).brought_back == Decimal(20)
    with refusing("fund_card_serial_once|written down"):
        FundCard.objects.within(agency).create(fund=fund, serial="A3", value=Decimal(5))


def test_a_payment_that_is_undone_puts_the_money_back(
    owed: DayFund, payer: Member, agency: Agency, consumer: Member
) -> None:
    handout = hand(owed, payer)
    paying.reverse(handout.payment, reason="It was somebody else.", by=payer, on=agency.today())
    # Its approval stands, so it is paid as usual; the money is there again.
    assert states(owed) == {}
    assert actions.count_back(owed, brought_back=Decimal(100), by=payer).handed == 0


def test_a_payment_can_stand_for_one_handout_only_and_only_for_this_money(
    owed: DayFund, earned: Claim, payer: Member, approver: Member, agency: Agency
) -> None:
    """What the serving login writes past the actions: no second hand, no other payment."""
    today = agency.today()
    handout = hand(owed, payer)
    before = claiming.claim_cost(
        member=earned.member,
        amount=Decimal(5),
        on=today - timedelta(days=1),
        what_for="Bus",
        no_receipt="Lost",
        by=earned.member,
    )
    (bus,) = claiming.approve([before], by=approver, on=today)
    (other,) = paying.pay([bus], by=payer, paid_on=today, method="cash")
    row = {"fund": owed, "member": earned.member, "sheet_line": 1, "proof": "paper"}
    for values, match in (
        ({"payment": handout.payment}, "payment_id|more is handed out"),
        ({"payment": other}, "not approved under"),
        ({"payment": other, "member": payer}, "not made from"),
        ({"payment": other, "proof": "drawn"}, "not approved under|in one way"),
    ):
        with refusing(match):
            Handout.objects.within(agency).create(**{**row, **values})
    for name, value in (("proof", "paper"), ("drawing", ""), ("fund_id", owed.pk)):
        with refusing("permission denied"):
            Handout.objects.within(agency).update(**{name: value})


@pytest.mark.parametrize(
    ("sql", "match"),
    [
        ("UPDATE {fund} SET total = 500", "stays as it is"),
        ("UPDATE {fund} SET approved_by_id = taken_by_id", "stays as it is|taken_by_another"),
        ("UPDATE {fund} SET taken = 60", "stays as it is"),
        ("UPDATE {fund} SET taken_by_id = NULL, taken_on = NULL", "stays as it is|taken_by"),
        ("UPDATE {fund} SET {counted} 0, 100", "counted otherwise"),
        ("UPDATE {fund} SET {counted} 40, 50", "difference_has_reason"),
        ("UPDATE {fund} SET {counted} 40, NULL::numeric", "counted_back|reason"),
        ("UPDATE {fund} SET confirmed_by_id = approved_by_id, confirmed_on = now()", "stays|conf"),
        ("DELETE FROM {fund}", "permission denied"),
        ("DELETE FROM compensation_fundcard", "permission denied"),
        ("INSERT INTO compensation_fundcard (agency_id, fund_id, serial, value)"
         " SELECT agency_id, id, 'X', 5 FROM {fund}", "when they are taken out"),
    ],
)  # fmt: skip
def test_what_happened_with_the_money_is_not_rewritten(
    sql: str, match: str, owed: DayFund, payer: Member
) -> None:
    hand(owed, payer)
    counted = "(counted_by_id, counted_on, handed, brought_back) = (SELECT taken_by_id, taken_on,"
    given = sql.replace("{counted}", counted).replace("{fund}", "compensation_dayfund")
    with refusing(match):
        execute(given + (")" if counted in given else ""))


def test_more_than_was_taken_out_is_never_handed_out(
    fund: DayFund, earned: Claim, payer: Member, approver: Member, agency: Agency
) -> None:
    actions.take_out(fund, taken=Decimal(39), by=payer)
    with pytest.raises(ValidationError, match="more than is left"):
        hand(fund, payer)
    (claim,) = claiming.approve([earned], by=approver, on=agency.today())
    (payment,) = paying.pay([claim], by=payer, paid_on=fund.meeting.on, method="cash")
    with refusing("than there is"):
        Handout.objects.within(agency).create(
            fund=fund, member=earned.member, payment=payment, sheet_line=1, proof="paper"
        )


@pytest.mark.django_db(transaction=True)
def test_two_who_tap_at_once_hand_it_out_once(
    owed: DayFund, earned: Claim, payer: Member, agency: Agency
) -> None:
    def tap() -> None:
        actions.hand_out(owed, [earned], amount=Decimal(40), sheet_line=1, by=payer, initials="R")

    done = together(agency, tap, tap)
    assert sorted(each is None for each in done) == [False, True]
    assert Payment.objects.within(agency).count() == 1


def test_a_signature_is_strokes_and_is_seen_by_three(
    owed: DayFund,
    consumer: Member,
    second_consumer: Member,
    approver: Member,
    payer: Member,
    administrator: Member,
    agency: Agency,
    login: Login,
    enter: Enter,
) -> None:
    table = login(payer)
    url = at(agency, "compensation:hand_out", pk=owed.pk, member=consumer.pk)
    page = at(agency, "compensation:day_fund", pk=owed.pk)
    assert url in table.get(page).text
    assert url not in login(approver).get(page).text
    assert_budget(table, page)
    sent = {"submission": uuid4(), "amount": "40.00"}
    for drawing in ('M1 1"/><script>', "M1 1L2", "M1 1L2 2" * 1001):
        assert table.post(url, {**sent, "drawing": drawing}).status_code == 422
    assert table.post(url, {**sent, "initials": "RA"}).status_code == 422
    assert table.post(url, {**sent, "amount": "39.00", "paper": "on"}).status_code == 422
    assert table.post(url, {**sent, "drawing": NAME}).status_code == 302
    assert table.post(url, {**sent, "drawing": NAME}).status_code == 302
    handout = Handout.objects.within(agency).get()
    assert handout.proof == Proof.DRAWN
    seen = at(agency, "compensation:signature", pk=handout.payment_id)
    other_payer = enter("Pat Other", roles=(Role.PAYER,))
    for member in (consumer, approver, payer):
        assert NAME in login(member).get(seen).text
    for member in (second_consumer, other_payer):
        assert login(member).get(seen).status_code == 404
    assert seen in login(consumer).get(at(agency, "compensation:my_payments")).text


def test_the_paper_sheet_is_printed_and_ticked_off(
    owed: DayFund, payer: Member, agency: Agency, login: Login
) -> None:
    client = login(payer)
    assert "$40.00" in client.get(at(agency, "compensation:fund_sheet", pk=owed.pk)).text
    url = at(agency, "compensation:fund_tick_off", pk=owed.pk)
    (row,) = sheet_of(owed).rows
    sent = {"submission": uuid4(), "rows": [f"{row.number}-39.00"]}
    assert client.post(url, sent).status_code == 422
    sent["rows"] = [f"{row.number}-{row.amount}"]
    assert client.post(url, sent).status_code == 302
    assert Handout.objects.within(agency).get().proof == Proof.PAPER
    counting = at(agency, "compensation:fund_count_back", pk=owed.pk)
    client.post(counting, {"submission": uuid4(), "brought_back": "60"})
    assert DayFund.objects.within(agency).get().counted_on == agency.today()


def test_money_is_approved_for_meetings_to_come_on_the_page(
    meeting: Meeting, plan: PlanVersion, approver: Member, payer: Member, login: Login
) -> None:
    agency = meeting.agency
    url, client = at(agency, "compensation:pre_approve"), login(approver)
    assert code_of(meeting) in client.get(url).text
    sent = {
        "submission": uuid4(),
        "meeting": code_of(meeting),
        "people_most": "2",
        "each_most": "50",
        "total": "101",
        "reason": "Far.",
    }
    assert client.post(url, sent).status_code == 422
    assert client.post(url, {**sent, "total": "100"}).status_code == 302
    fund = DayFund.objects.within(agency).get()
    assert code_of(meeting) not in client.get(url).text
    for name in ("day_funds", "fund_differences"):
        assert_budget(client, at(agency, f"compensation:{name}"))
    taking = at(agency, "compensation:fund_take_out", pk=fund.pk)
    assert client.get(taking).status_code == 403
    sent = {"submission": uuid4(), "method": "gift_card", "cards": "A1, 20\nA2 $20"}
    assert login(payer).post(taking, sent).status_code == 422
    sent["cards"] = "A1, 20\nA2, $20.00\n"
    assert login(payer).post(taking, sent).status_code == 302
    assert FundCard.objects.within(agency).count() == 2


def test_approved_money_can_be_withdrawn_and_approved_again(
    fund: DayFund, approver: Member, payer: Member, agency: Agency
) -> None:
    assert len(titles(payer)) == 1
    actions.withdraw(fund, by=approver)
    assert titles(payer) == []
    with pytest.raises(Refused):
        actions.take_out(fund, taken=Decimal(1), by=payer)
    with days_later(agency, 1), pytest.raises(Refused):
        actions.pre_approve(
            fund.meeting,
            people_most=1,
            each_most=Decimal(1),
            total=Decimal(1),
            reason="Late.",
            by=approver,
        )
