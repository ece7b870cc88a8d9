"""Questions about pay are answered once, in writing, by a day; late ones show to all sides."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from accounts import unsettled
from accounts.models import Member
from compensation.claims import actions as claiming
from compensation.claims.models import Claim
from compensation.payments.models import Payment
from compensation.policies import QUESTION_DAYS, QUESTIONS_A_DAY, QUESTIONS_OPEN
from compensation.questions import actions
from compensation.questions.models import PayAnswer, PayAnswerTold, PayQuestion
from compensation.receiving import actions as receiving
from foundation.addresses import at
from foundation.models import Agency
from foundation.refusals import Refused
from notifications.models import Message
from notifications.waiting import waiting
from tests.compensation.conftest import council, earned, meeting, plan
from tests.compensation.test_ledger import execute
from tests.compensation.test_periods import days_later, paid
from tests.compensation.test_vouching import refusing
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


@pytest.fixture
def on_paper(second_consumer: Member) -> Member:
    """Somebody without a way to sign in."""
    execute(f"UPDATE accounts_member SET user_id = NULL WHERE id = {second_consumer.pk}")  # noqa: S608
    found = Member.objects.within(second_consumer.agency).get(pk=second_consumer.pk)
    found.agency = second_consumer.agency
    return found


def on_paper_asked(member: Member, by: Member, words: str = "When is it paid?") -> PayQuestion:
    return actions.ask_for(
        member, words=words, said_how="spoken", said_on=member.agency.today(), by=by
    )


def test_somebody_on_paper_asks_and_is_told_the_answer_by_letter(
    on_paper: Member, facilitator: Member, payer: Member, agency: Agency, login: Login
) -> None:
    client = login(facilitator)
    url = at(agency, "compensation:ask_for", pk=on_paper.pk)
    assert url in client.get(at(agency, "accounts:member", pk=on_paper.pk)).text
    sent = {"submission": uuid4(), "words": "When is it paid?", "said_how": "spoken"}
    sent["said_on"] = agency.today().isoformat()
    assert client.post(url, sent).status_code == 302
    asked = PayQuestion.objects.within(agency).get()
    assert (asked.member, asked.entered_by, asked.said_how) == (on_paper, facilitator, "spoken")
    assert asked.due_on == agency.today() + QUESTION_DAYS.span(agency, agency.today())
    assert [late for _title, late in about_pay(payer)] == [False]
    letter = at(agency, "compensation:answer_letter", pk=asked.pk)
    assert client.get(letter).status_code == 403
    actions.answer(asked, words="On Friday, in cash.", by=payer)
    told = at(agency, "compensation:told", pk=asked.pk)
    for person in (facilitator, payer):
        rows = waiting(person, agency.today())
        assert [each.url for each in rows if "Tell somebody the answer" in each.title] == [told]
    assert_budget(client, letter)
    page = client.get(letter).text
    assert "On Friday, in cash." in page
    assert "When is it paid?" in page
    assert letter in client.get(told).text
    sent = {"submission": uuid4(), "on": agency.today().isoformat()}
    assert client.post(told, sent).status_code == 302
    kept = PayAnswerTold.objects.within(agency).get()
    assert (kept.question, kept.by) == (asked, facilitator)
    for person in (facilitator, payer):
        rows = waiting(person, agency.today())
        assert not [each for each in rows if "Tell somebody the answer" in each.title]


def test_a_late_answer_on_paper_counts_like_any_other(
    on_paper: Member, facilitator: Member, administrator: Member, payer: Member, agency: Agency
) -> None:
    on_paper_asked(on_paper, facilitator)
    with days_later(agency, QUESTION_DAYS.value(agency, agency.today()) + 1):
        assert [late for _title, late in about_pay(payer)] == [True]
        assert [title[-3:] for title, _late in about_pay(administrator)] == [": 1"]


def test_only_who_has_to_reads_the_answer_of_somebody_on_paper(
    on_paper: Member,
    facilitator: Member,
    payer: Member,
    provider: Member,
    consumer: Member,
    administrator: Member,
    agency: Agency,
    login: Login,
) -> None:
    asked = on_paper_asked(on_paper, facilitator, "A private thing")
    actions.answer(asked, words="A private answer", by=payer)
    own = actions.ask(words="Mine", by=consumer)
    actions.answer(own, words="Yours", by=payer)
    for name in ("answer_letter", "told"):
        url = at(agency, f"compensation:{name}", pk=asked.pk)
        for person in (provider, consumer, administrator):
            found = login(person).get(url)
            assert found.status_code == 403
            assert "A private" not in found.text
        # One who can sign in reads it there.
        assert login(payer).get(at(agency, f"compensation:{name}", pk=own.pk)).status_code == 404


def test_nobody_asks_for_who_can_ask_themselves_nor_without_end(
    on_paper: Member, consumer: Member, provider: Member, facilitator: Member, agency: Agency
) -> None:
    with pytest.raises(Refused, match="sign in"):
        on_paper_asked(consumer, facilitator)
    with pytest.raises(Refused):
        on_paper_asked(on_paper, provider)
    with pytest.raises(ValidationError, match="still to come"):
        actions.ask_for(
            on_paper,
            words="When?",
            said_how="spoken",
            said_on=agency.today() + timedelta(days=1),
            by=facilitator,
        )
    for _number in range(QUESTIONS_OPEN.value):
        on_paper_asked(on_paper, facilitator)
    with pytest.raises(Refused, match="wait for an answer"):
        on_paper_asked(on_paper, facilitator)


def test_what_is_told_on_paper_is_true_whatever_writes(
    on_paper: Member, facilitator: Member, payer: Member, consumer: Member, agency: Agency
) -> None:
    asked = on_paper_asked(on_paper, facilitator)
    on = agency.today()
    told = PayAnswerTold.objects.within(agency)
    with refusing("no answer to be told"):
        told.create(question=asked, told_on=on, by=facilitator)
    actions.answer(asked, words="Friday.", by=payer)
    with refusing("no answer to be told"):
        told.create(question=asked, told_on=on - timedelta(days=1), by=facilitator)
    with pytest.raises(ValidationError, match="on which they got it"):
        actions.tell_answer(asked, on=on + timedelta(days=1), by=facilitator)
    actions.tell_answer(asked, on=on, by=payer)
    with pytest.raises(Refused, match="already"):
        actions.tell_answer(asked, on=on, by=facilitator)
    with refusing("append-only|permission denied"):
        told.update(told_on=on - timedelta(days=1))
    with refusing("said_by_its_member"):
        PayQuestion.objects.within(agency).create(
            member=consumer,
            words="?",
            entered_by=consumer,
            said_how="spoken",
            asked_on=on,
            due_on=on,
        )
