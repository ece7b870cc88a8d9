"""Results of the two questions at the end of sessions, as shown."""

from collections.abc import Callable
from datetime import date

from accounts.models import Member, StandingKind
from dialogues.dialogue.models import Dialogue
from dialogues.sessions import actions
from dialogues.sessions import reading as closings
from dialogues.sessions.reading import Session
from notifications.waiting import waiting
from tests.dialogues.conftest import Hold


def session(day: int, consumers: int, providers: int, others: int = 0) -> Session:
    sides = ["consumer"] * consumers + ["provider"] * providers + ["other"] * others
    return Session(date(2026, 1, day), tuple((side, 4, 3) for side in sides))


def grouped(*sessions: Session) -> list[list[int]]:
    return [[each.on.day for each in pool] for pool in closings.pools(sessions)]


def test_a_session_stands_alone_when_each_side_has_five() -> None:
    assert grouped(session(1, 5, 5)) == [[1]]


def test_a_side_that_is_too_small_hides_the_other() -> None:
    assert grouped(session(1, 9, 4)) == []
    assert grouped(session(1, 4, 9)) == []
    assert grouped(session(1, 9, 0)) == []


def test_sessions_wait_for_each_other_and_count_once() -> None:
    three = [session(day, 2, 2) for day in range(1, 8)]
    assert grouped(*three) == [[1, 2, 3], [4, 5, 6]]


def test_others_are_never_shown_so_they_need_not_be_enough() -> None:
    assert grouped(session(1, 5, 5, others=1)) == [[1]]


def test_results_come_when_the_questions_are_closed(
    dialogue: Dialogue,
    hold: Hold,
    enter: Callable[..., Member],
    later: Callable[[int], None],
) -> None:
    consumers = [enter(f"Con {n}", StandingKind.PRIMARY_CONSUMER) for n in range(5)]
    providers = [enter(f"Pro {n}", StandingKind.PROVIDER) for n in range(5)]
    meeting = hold(0, *consumers, *providers)
    for member in consumers:
        actions.answer_questions(meeting, by=member, heard=2, understood=3)
    for member in providers:
        actions.answer_questions(meeting, by=member, heard=5, understood=4)
    assert closings.results(dialogue, dialogue.agency.today()) == []
    later(7)
    (result,) = closings.results(dialogue, dialogue.agency.today())
    assert [(str(row.heard), str(row.understood)) for row in result.rows] == [
        ("2.0", "3.0"),
        # All five gave the highest, which is not revealed.
        ("4.0 or more", "4.0"),
    ]


def test_the_questions_wait_for_those_who_were_there_until_they_have_answered(
    hold: Hold, consumer: Member, second_consumer: Member, provider: Member, today: date
) -> None:
    def waits(member: Member) -> bool:
        return any("Two questions" in each.title for each in waiting(member, today))

    meeting = hold(0, consumer, provider)
    assert waits(consumer)
    assert not waits(second_consumer)
    actions.answer_questions(meeting, by=consumer, heard=4, understood=4)
    assert not waits(consumer)
    assert waits(provider)
