"""Questions about pay are answered once, in writing, by a day; late ones show to all sides."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from accounts import unsettled
from accounts.models import Member
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.payments.models import Payment
from compensation.policies import QUESTION_DAYS, QUESTIONS_A_DAY, QUESTIONS_OPEN
from compensation.questions import actions
from compensation.questions.models import PayAnswer, PayQuestion
from compensation.receiving import actions as receiving
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from notifications.models import Message
from notifications.waiting import waiting
from tests.compensation.conftest import council, earned, meeting, plan
from tests.compensation.test_ledger import execute
from tests.compensation.test_periods import days_later, paid
from tests.conftest import Login, assert_budget

__all__ = ["council", "earned", "meeting", "paid", "plan"]


def about_pay(member: Member) -> list[tuple[str, bool]]:
    """The titles of what waits for the member about questions, and whether they are overdue."""
    rows = waiting(member, member.agency.today())
    return [(row.title, row.overdue) for row in rows if "uestion" in row.title]


def test_a_question_about_a_line_is_answered_and_asked_on(
    earned: Claim, consumer: Member, payer: Member, agency: Agency, login: Login
) -> None:
    client, mine = login(consumer), at(agency, "compensation:my_payments")
    url = at(agency, "compensation:ask_line", pk=earned.pk)
    assert url in client.get(mine).text
    assert client.post(url, {"submission": uuid4(), "words": "Why?"})["Location"] == mine
    asked = PayQuestion.objects.within(agency).get()
    days = QUESTION_DAYS.value(agency, agency.today())
    assert (asked.claim, asked.due_on) == (earned, agency.today() + timedelta(days=days))
    assert "Answer by" in client.get(mine).text
    answer = at(agency, "compensation:answer", pk=asked.pk)
    assert answer in login(payer).get(at(agency, "compensation:questions")).text
    again = at(agency, "compensation:ask_on", pk=asked.pk)
    assert client.get(again).status_code == 403
    sent = {"submission": uuid4(), "words": "It was two hours."}
    assert login(payer).post(answer, sent).status_code == 302
    assert about_pay(payer) == []
    page = client.get(mine).text
    assert "It was two hours." in page
    assert again in page
    client.post(again, {"submission": uuid4(), "words": "It was three."})
    follow = PayQuestion.objects.within(agency).latest("pk")
    assert (follow.follows, follow.claim) == (asked, earned)
    assert again not in client.get(mine).text
    with pytest.raises(Refused, match="asked on before"):
        actions.ask(words="And now?", by=consumer, follows=asked)


def test_a_late_answer_shows_to_both_sides_and_as_a_number_to_administrators(
    earned: Claim,
    consumer: Member,
    approver: Member,
    payer: Member,
    administrator: Member,
    provider: Member,
    agency: Agency,
    login: Login,
) -> None:
    actions.ask(words="When?", by=consumer)
    assert about_pay(administrator) == about_pay(provider) == about_pay(consumer) == []
    told = Message.objects.within(agency).filter(code="payment.asked")
    assert {each.member_id for each in told} == {approver.pk, payer.pk}
    with days_later(agency, QUESTION_DAYS.value(agency, agency.today()) + 1):
        assert [late for _title, late in about_pay(approver)] == [True]
        assert [title[-3:] for title, _late in about_pay(administrator)] == [": 1"]
        for member, name in ((consumer, "my_payments"), (payer, "questions")):
            page = login(member).get(at(agency, f"compensation:{name}")).text
            assert "Late since" in page, name


def test_nobody_asks_without_end(earned: Claim, consumer: Member, payer: Member) -> None:
    for _number in range(QUESTIONS_A_DAY.value):
        asked = actions.ask(words="When?", by=consumer)
        actions.answer(asked, words="Friday.", by=payer)
    with pytest.raises(Refused, match="today"):
        actions.ask(words="When?", by=consumer)


def test_few_questions_are_open_at_once(
    earned: Claim, consumer: Member, agency: Agency, login: Login
) -> None:
    for _number in range(QUESTIONS_OPEN.value):
        actions.ask(words="When?", by=consumer)
    with pytest.raises(Refused, match="wait for an answer"):
        actions.ask(words="When?", by=consumer)
    assert login(consumer).get(at(agency, "compensation:ask")).status_code == 403


def test_who_answers_had_not_asked_and_answers_once(
    earned: Claim, consumer: Member, administrator: Member, approver: Member, payer: Member
) -> None:
    asked = actions.ask(words="When?", by=consumer)
    for other in (consumer, administrator):
        with pytest.raises(Refused, match="Only those who approve or pay"):
            actions.answer(asked, words="Friday.", by=other)
    own = actions.ask(words="When am I paid?", by=payer)
    with pytest.raises(Refused, match="your own"):
        actions.answer(own, words="Friday.", by=payer)
    actions.answer(asked, words="Friday.", by=approver)
    with pytest.raises(Refused, match="already"):
        actions.answer(asked, words="Monday.", by=payer)


def test_nobody_asks_about_or_reads_what_is_anothers(
    earned: Claim,
    paid: Payment,
    consumer: Member,
    second_consumer: Member,
    agency: Agency,
    login: Login,
) -> None:
    asked = actions.ask(words="A private thing", by=consumer, payment=paid)
    client = login(second_consumer)
    for name, pk in (("ask_line", earned.pk), ("ask_payment", paid.pk), ("ask_on", asked.pk)):
        assert client.get(at(agency, f"compensation:{name}", pk=pk)).status_code == 404, name
    for url in (
        at(agency, "compensation:questions"),
        at(agency, "compensation:answer", pk=asked.pk),
    ):
        assert client.get(url).status_code == 403
    assert "A private thing" not in client.get(at(agency, "compensation:my_questions")).text


def test_nobody_is_erased_while_they_wait_for_an_answer_about_their_pay(
    paid: Payment, consumer: Member, payer: Member
) -> None:
    assert unsettled.refusal(consumer) is None
    asked = actions.ask(words="When?", by=consumer)
    receiving.say(paid, kind="missing", by=consumer)
    actions.answer(asked, words="Friday.", by=payer)
    refusal = unsettled.refusal(consumer)
    assert refusal is not None
    assert "about their pay" in str(refusal.reason)
    receiving.answer(paid, words="It is on its way.", by=payer)
    assert unsettled.refusal(consumer) is None


QUESTION = (
    "INSERT INTO compensation_payquestion (agency_id, member_id, claim_id, payment_id, follows_id,"
    " words, asked_on, due_on, recorded_at) SELECT agency_id, {member}, {claim}, {payment},"
    " {follows}, {words}, paid_on, paid_on, now() FROM compensation_payment"
)
ANSWER = (
    "INSERT INTO compensation_payanswer (agency_id, question_id, words, answered_on, by_id,"
    " recorded_at) SELECT agency_id, id, {words}, {on}, {by}, now() FROM compensation_payquestion"
)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"member": "paid_by_id", "payment": "id"}, "their own pay"),
        ({"member": "paid_by_id", "claim": "(SELECT id FROM compensation_claim)"}, "their own pay"),
        ({"follows": "(SELECT id FROM compensation_payquestion)"}, "their own pay"),
        ({"words": "''"}, "their own pay"),
        ({"claim": "(SELECT id FROM compensation_claim)", "payment": "id"}, "about_one_thing"),
    ],
)
def test_the_database_takes_questions_about_ones_own_pay(
    change: dict[str, str], match: str, paid: Payment, consumer: Member
) -> None:
    actions.ask(words="When?", by=consumer)
    usual = {"member": "member_id", "claim": "NULL", "payment": "NULL", "follows": "NULL"}
    usual["words"] = "'When?'"
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        execute(QUESTION.format(**usual | change))
    execute(QUESTION.format(**usual))


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"by": "member_id"}, "answered by another"),
        ({"on": "asked_on - 1"}, "answered by another"),
        ({"words": "''"}, "pay_answer_in_words"),
    ],
)
def test_the_database_takes_one_answer_by_another(
    change: dict[str, str], match: str, earned: Claim, consumer: Member, payer: Member
) -> None:
    actions.ask(words="When?", by=consumer)
    usual = {"words": "'Friday.'", "on": "asked_on", "by": str(payer.pk)}
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        execute(ANSWER.format(**usual | change))
    execute(ANSWER.format(**usual))
    with pytest.raises(DatabaseError, match="pay_answer_once"), transaction.atomic():
        execute(ANSWER.format(**usual))
    for table in ("payquestion", "payanswer"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            execute(f"UPDATE compensation_{table} SET words = 'Never.'")  # noqa: S608


def test_pages_cost_the_same_however_much_was_asked(
    paid: Payment, consumer: Member, provider: Member, payer: Member, agency: Agency, login: Login
) -> None:
    pages = [(login(consumer), "my_payments"), (login(consumer), "my_questions")]
    pages.append((login(payer), "questions"))
    receiving.say(paid, kind="missing", by=consumer)

    def grow() -> list[int]:
        first = actions.ask(words="When?", by=consumer, payment=paid)
        actions.answer(first, words="Friday.", by=payer)
        actions.ask(words="And the bus?", by=provider)
        claiming.claim_cost(
            member=consumer,
            amount=Decimal(5),
            on=agency.today(),
            what_for="Bus",
            no_receipt="Lost",
            by=consumer,
        )
        return [assert_budget(who, at(agency, f"compensation:{name}")) for who, name in pages]

    assert grow() == grow()
    assert PayAnswer.objects.within(agency).count() == 2
