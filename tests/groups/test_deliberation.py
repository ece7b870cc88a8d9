"""Questions before a decision, objections worked in and kept visible, and reviews."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction

from accounts.models import Member
from foundation.addresses import at
from foundation.models import TenantQuerySet
from foundation.refusals import Refused
from groups import actions, rules, tasks
from groups.models import Choice, Decision, DecisionReview, Question, ReviewAnswer
from notifications.models import Message
from notifications.waiting import waiting
from tests.cells.conftest import noon
from tests.conftest import Login, assert_budget

Propose = Callable[..., Decision]
DAY = timedelta(days=1)


def told(member: Member) -> list[str]:
    rows = Message.objects.within(member.agency).filter(member=member)
    rows = rows.exclude(code="seat.offered")
    return list(rows.order_by("pk").values_list("code", flat=True))


def waits(member: Member, on: date) -> list[str]:
    return [str(each.title) for each in waiting(member, on)]


@pytest.fixture
def asked(propose: Propose, provider: Member) -> Question:
    return actions.ask(propose(), text="Warm or cold?", by=provider)


def test_a_question_and_its_answer_are_read_by_everyone_in_the_group(
    asked: Question, consumer: Member, provider: Member, chair: Member, login: Login
) -> None:
    url = at(asked.agency, "groups:decision", pk=asked.decision_id)
    assert "No answer yet." in login(provider).get(url).content.decode()
    actions.answer(asked, text="As you like it.", by=consumer)
    for member in (consumer, provider, chair):
        shown = login(member).get(url).content.decode()
        assert "Warm or cold?" in shown
        assert "As you like it." in shown


def test_the_proposer_is_asked_and_who_asked_hears_of_the_answer(
    asked: Question, consumer: Member, provider: Member, today: date
) -> None:
    waiting_words = f"Answer a question about “{asked.decision.title}”"
    assert told(consumer)[-1] == "decision.asked"
    assert waiting_words in waits(consumer, today)
    actions.answer(asked, text="As you like it.", by=consumer)
    assert told(provider)[-1] == "decision.answered"
    assert waiting_words not in waits(consumer, today)
    with pytest.raises(Refused, match="is answered"):
        actions.answer(asked, text="Cold.", by=consumer)


@pytest.mark.parametrize(
    ("person", "asks", "answers", "looks"),
    [
        ("consumer", True, True, True),  # who proposed it
        ("second_consumer", True, False, True),
        ("chair", True, True, True),
        ("facilitator", True, True, True),
        ("manager", False, False, False),
        ("payer", False, False, False),
    ],
)
def test_who_asks_answers_and_looks_again(
    person: str, asks: bool, answers: bool, looks: bool, asked: Question,
    adopted: Callable[[], Decision], request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    by: Member = request.getfixturevalue(person)
    assert (rules.asking(asked.decision, by) is None) is asks
    assert (rules.answering(asked, by) is None) is answers
    assert (rules.looking_again(adopted(), by) is None) is looks


def test_what_is_decided_is_asked_and_answered_no_more(
    adopted: Callable[[], Decision], consumer: Member, chair: Member
) -> None:
    decision = adopted()
    with pytest.raises(Refused, match="This proposal is decided"):
        actions.ask(decision, text="Why?", by=consumer)
    question = decision.questions.create(
        agency=decision.agency, round=1, asked_by=chair, asked_on=decision.opened_on, text="Why?"
    )
    with pytest.raises(Refused, match="This proposal is decided"):
        actions.answer(question, text="So.", by=consumer)


def test_whoever_has_yet_to_answer_a_new_round_reads_what_was_objected_and_how_it_was_worked_in(
    propose: Propose, consumer: Member, second_consumer: Member, provider: Member, manager: Member,
    chair: Member, login: Login,
) -> None:  # fmt: skip
    decision = propose()
    actions.take_position(decision, member=provider, choice=Choice.OBJECT, reason="It is cold.")
    actions.take_position(decision, member=chair, choice=Choice.AGREE, reason="I am thirsty.")
    url = at(decision.agency, "groups:decision", pk=decision.pk)
    before = login(second_consumer).get(url).content.decode()
    assert "It is cold." not in before
    actions.amend(
        decision, title="Tea", text="Offer tea.", changed="Tea is warm: Priya.", by=consumer
    )
    shown = login(second_consumer).get(url).content.decode()
    for words in ("Offer tea.", "Offer water", "It is cold.", "Tea is warm: Priya."):
        assert words in shown
    assert "I am thirsty." not in shown
    actions.take_position(decision, member=second_consumer, choice=Choice.STAND_ASIDE)
    assert "I am thirsty." in login(second_consumer).get(url).content.decode()
    assert login(manager).get(url).status_code == 403


def test_outsiders_read_what_was_agreed_but_neither_questions_nor_who_objected(
    propose: Propose, consumer: Member, second_consumer: Member, provider: Member, manager: Member,
    chair: Member, login: Login,
) -> None:  # fmt: skip
    decision = propose()
    actions.ask(decision, text="Warm or cold?", by=provider)
    actions.take_position(decision, member=provider, choice=Choice.OBJECT, reason="It is cold.")
    actions.amend(decision, title="Tea", text="Offer tea.", changed="Warm now.", by=consumer)
    for member in (consumer, second_consumer, provider):
        actions.take_position(decision, member=member, choice=Choice.AGREE)
    actions.close_decision(decision, by=chair, waiver="All who were there agreed.")
    shown = login(manager).get(at(decision.agency, "groups:decision", pk=decision.pk))
    assert "Offer tea." in shown.content.decode()
    for words in ("Warm or cold?", "It is cold.", "Warm now."):
        assert words not in shown.content.decode()


@pytest.fixture
def adopted(
    propose: Propose, consumer: Member, second_consumer: Member, chair: Member, today: date
) -> Callable[[], Decision]:
    """Adopted today, to be reviewed in thirty days."""

    def adopted() -> Decision:
        decision = propose()
        for member in (consumer, second_consumer):
            actions.take_position(decision, member=member, choice=Choice.AGREE)
        return actions.close_decision(
            decision, review_on=today + 30 * DAY, by=chair, waiver="All who were there agreed."
        )

    return adopted


def test_on_the_day_to_look_again_it_waits_and_people_are_told_once(
    adopted: Callable[[], Decision], consumer: Member, chair: Member, provider: Member, today: date
) -> None:
    decision = adopted()
    words = f"Look at it again: {decision.title}"
    assert words not in waits(chair, today + 29 * DAY)
    assert words in waits(chair, today + 30 * DAY)
    tasks.remind_of_decision(decision.agency_id, decision.pk)
    assert "decision.to_look_at" not in told(chair)
    with time_machine.travel(noon(today + 30 * DAY)):
        tasks.remind_of_decision(decision.agency_id, decision.pk)
        tasks.remind_of_decision(decision.agency_id, decision.pk)
    assert told(chair).count("decision.to_look_at") == 1
    assert told(consumer).count("decision.to_look_at") == 1
    assert "decision.to_look_at" not in told(provider)


def test_looking_again_is_kept_and_sets_the_next_day(
    adopted: Callable[[], Decision], chair: Member, today: date
) -> None:
    decision = adopted()
    with time_machine.travel(noon(today + 31 * DAY)):
        actions.look_again(
            decision,
            finding=ReviewAnswer.KEEP,
            note="It works.",
            next_on=today + 90 * DAY,
            by=chair,
        )
        decision.refresh_from_db()
        assert decision.review_on == today + 90 * DAY
        assert f"Look at it again: {decision.title}" not in waits(chair, today + 31 * DAY)
        actions.look_again(decision, finding=ReviewAnswer.END, note="No more need.", by=chair)
    after = Decision.objects.within(decision.agency).get(pk=decision.pk)
    assert after.review_on is None
    assert decision.reviews.count() == 2
    reviews = DecisionReview.objects.within(decision.agency)
    with pytest.raises(ProgrammingError, match="permission denied"):
        change(reviews)


@transaction.atomic
def change(reviews: TenantQuerySet[DecisionReview]) -> None:
    reviews.update(note="Else.")


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("finding", {"finding": "perhaps"}),
        ("note", {"note": "  "}),
        ("next_on", {"next_on": -1}),
    ],
)
def test_a_look_that_says_nothing_is_refused_in_words(
    field: str, given: dict[str, object], adopted: Callable[[], Decision], chair: Member,
    today: date,
) -> None:  # fmt: skip
    next_on = today - DAY if "next_on" in given else None
    values = {"finding": ReviewAnswer.KEEP, "note": "It works.", **given, "next_on": next_on}
    with pytest.raises(ValidationError) as error:
        actions.look_again(adopted(), by=chair, **values)  # type: ignore[arg-type]
    assert list(error.value.message_dict) == [field]
    assert not DecisionReview.objects.within(chair.agency).exists()


def test_the_page_of_a_proposal_with_many_questions_keeps_within_ten_queries(
    asked: Question, consumer: Member, chair: Member, provider: Member, login: Login
) -> None:
    client, url = login(chair), at(asked.agency, "groups:decision", pk=asked.decision_id)
    first = assert_budget(client, url)
    for number in range(12):
        question = actions.ask(asked.decision, text=f"Question {number}?", by=provider)
        actions.answer(question, text="Yes.", by=consumer)
    assert assert_budget(client, url) == first


def test_pages_of_questions_and_looks_send_on_to_the_proposal(
    asked: Question, adopted: Callable[[], Decision], consumer: Member, chair: Member, login: Login
) -> None:
    agency, decision = asked.agency, adopted()
    for member, name, pk, given in (
        (consumer, "ask", asked.decision_id, {"text": "Where?"}),
        (consumer, "answer", asked.pk, {"text": "Warm."}),
        (chair, "look_again", decision.pk, {"finding": "change", "note": "It is too little."}),
    ):
        client, url = login(member), at(agency, f"groups:{name}", pk=pk)
        key = client.get(url).context["form"]["submission"].value()
        assert client.post(url, {"submission": key}).status_code == 422
        assert client.post(url, {"submission": key, **given}).status_code == 302
    assert decision.reviews.get().finding == ReviewAnswer.CHANGE
