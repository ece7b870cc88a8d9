"""Links between a person and an anonymous act, planted in any table, are found."""

import time as clock
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Member, StandingKind, User
from cells.cell import actions as cell_actions
from cells.ideas import actions as idea_actions
from cells.ideas.models import OpportunityKind
from cells.ranking import actions as ranking_actions
from cells.ranking import secrecy
from cells.ranking.models import Ballot
from devtools import seating
from dialogues.dialogue import actions as holding
from dialogues.sessions import actions as closing
from dialogues.sessions.models import SessionSide
from dialogues.voices import actions as speaking
from dialogues.voices import receipts
from dialogues.voices.clocks import promised
from dialogues.voices.models import Voice
from foundation import events, flood
from foundation.models import Agency, Submission
from groups import actions as group_actions
from indicators.models import StaleMark
from notifications.actions import tell
from satisfaction import actions as survey_actions
from satisfaction.actions.answers import write_down
from satisfaction.envelopes import AnsweredSurvey
from satisfaction.instrument import CURRENT
from tests.conftest import Enter, Login
from tests.owner import owner
from tests.security.trails import State, Trail, Why, order, state, trails

pytestmark = pytest.mark.django_db(transaction=True)

VOICE = Voice._meta.db_table


def speak(agency: Agency) -> None:
    """An anonymous act: one transaction, one row that names nobody."""
    flood.forget()
    with transaction.atomic():
        Voice.objects.within(agency).create(
            text="As nobody",
            on=agency.today(),
            **asdict(promised(agency, agency.today())),
            receipt=receipts.digest(receipts.new()),
        )
        speaking.stir_voices(agency, agency.today())


def sql(command: str, *values: object) -> None:
    with owner() as raw:
        raw.execute(command.encode(), values)


@contextmanager
def one_more_table() -> Iterator[None]:
    """A table that no model knows of."""
    sql("CREATE TABLE planted (id serial PRIMARY KEY, member_id bigint, what jsonb, day date)")
    try:
        yield
    finally:
        sql("DROP TABLE planted")


# Each does the act and leaves something, which is named beside it.
Plant = Callable[[Agency, Member], object]


def an_event(agency: Agency, member: Member) -> None:
    speak(agency)
    with transaction.atomic():
        events.record("contribution.made", member, by=None)


def a_stale_mark(agency: Agency, member: Member) -> None:
    speak(agency)
    StaleMark.objects.within(agency).create()


def a_key_of_a_form(agency: Agency, member: Member) -> None:
    Submission.objects.within(agency).create()
    speak(agency)


def a_message(agency: Agency, member: Member) -> None:
    speak(agency)
    with transaction.atomic():
        tell(member, "theme.disposed", subject=member)


def a_token_taken_away_in_the_same_transaction(agency: Agency, member: Member) -> None:
    with owner() as raw:
        raw.execute("DELETE FROM planted")
        raw.execute(b"UPDATE " + VOICE.encode() + b" SET text = text")


def a_token_used_in_the_same_transaction(agency: Agency, member: Member) -> None:
    with owner() as raw:
        raw.execute("UPDATE planted SET day = current_date")
        raw.execute(b"UPDATE " + VOICE.encode() + b" SET text = text")


def a_person_seen(agency: Agency, member: Member) -> None:
    speak(agency)
    assert member.user is not None
    User.objects.filter(pk=member.user.pk).update(last_login=timezone.now())


def a_person_locked_in_the_same_transaction(agency: Agency, member: Member) -> None:
    with transaction.atomic():
        Member.objects.within(agency).select_for_update().get(pk=member.pk)
        speak(agency)


def a_row_of_a_history(agency: Agency, member: Member) -> None:
    speak(agency)
    sql("INSERT INTO planted (member_id, day) VALUES (%s, current_date)", member.pk)


def a_time_inside_a_json_value(agency: Agency, member: Member) -> None:
    speak(agency)
    now = timezone.now().isoformat()
    sql("UPDATE planted SET what = jsonb_build_object('seen', %s::text)", now)


def a_time_as_a_number(agency: Agency, member: Member) -> None:
    speak(agency)
    sql("UPDATE planted SET what = to_jsonb(%s::bigint)", int(clock.time() * 1000))


def an_insert_that_was_taken_back(agency: Agency, member: Member) -> None:
    with owner() as raw:
        raw.execute("INSERT INTO planted (day) VALUES (current_date)")
        raw.rollback()
    speak(agency)


PLANTED: dict[Plant, set[Trail]] = {
    an_event: {
        Trail("foundation_event", Why.BESIDE),
        Trail("foundation_event", Why.MOMENT, "at"),
    },
    a_stale_mark: {
        Trail("indicators_stalemark", Why.BESIDE),
        Trail("indicators_stalemark", Why.MOMENT, "at"),
    },
    a_key_of_a_form: {
        Trail("foundation_submission", Why.BESIDE),
        Trail("foundation_submission", Why.MOMENT, "at"),
    },
    a_message: {
        Trail("notifications_message", Why.NAMES, "member_id"),
        Trail("notifications_message", Why.MOMENT, "at"),
    },
    a_token_taken_away_in_the_same_transaction: {Trail("planted", Why.GONE)},
    a_token_used_in_the_same_transaction: {
        Trail("planted", Why.TOGETHER),
        Trail("planted", Why.NAMES, "member_id"),
    },
    a_person_seen: {
        Trail("accounts_user", Why.NAMES),
        Trail("accounts_user", Why.MOMENT, "last_login"),
    },
    a_person_locked_in_the_same_transaction: {Trail("accounts_member", Why.LOCKED)},
    a_row_of_a_history: {
        Trail("planted", Why.NAMES, "member_id"),
        Trail("planted", Why.BESIDE),
    },
    a_time_inside_a_json_value: {Trail("planted", Why.MOMENT, "what")},
    a_time_as_a_number: {Trail("planted", Why.MOMENT, "what")},
    an_insert_that_was_taken_back: {Trail("planted_id_seq", Why.COUNTED)},
}


def test_what_is_planted_in_any_table_is_found(
    agency: Agency, consumer: Member, provider: Member
) -> None:
    speak(agency)
    with one_more_table():
        before = state()
        speak(agency)
        assert trails(before, state(), act={VOICE}) == set()
        for plant, left in PLANTED.items():
            sql("INSERT INTO planted (member_id) VALUES (%s)", consumer.pk)
            before = state()
            plant(agency, consumer)
            found = trails(before, state(), act={VOICE})
            assert left <= found, (plant.__name__, left - found)


def test_a_session_that_was_touched_is_found(
    agency: Agency, consumer: Member, login: Login
) -> None:
    client = login(consumer)
    before = state()
    speak(agency)
    session = client.session
    session["session_seen"] = clock.time()
    session.save()
    words = {str(session.session_key)}
    found = trails(before, state(), act={VOICE}, words=words)
    assert {trail.why for trail in found} >= {Why.NAMES, Why.BESIDE, Why.MOMENT}


def after_each(acts: list[Callable[[], object]]) -> list[State]:
    states = [state()]
    for act in acts:
        act()
        states.append(state())
    return states


# So many that chance puts the newest row at the same end each time only once in 20,000 runs.
SO_MANY = 8


def test_rows_in_the_order_of_the_acts_are_found(agency: Agency) -> None:
    def say(number: int) -> Callable[[], object]:
        return lambda: Voice.objects.within(agency).create(
            text=f"Words {number}",
            on=agency.today(),
            **asdict(promised(agency, agency.today())),
            receipt=receipts.digest(receipts.new()),
        )

    found = order(after_each([say(number) for number in range(SO_MANY)]), VOICE)
    assert {Trail(VOICE, Why.ALONE), Trail(VOICE, Why.ORDER, "the last place")} <= found


@pytest.mark.promise("unnamed")
def test_no_row_tells_which_act_came_when(
    agency: Agency, enter: Enter, facilitator: Member, provider: Member
) -> None:
    people = [enter(f"Person {number}", StandingKind.PRIMARY_CONSUMER) for number in range(SO_MANY)]
    start = agency.today() - timedelta(days=60)
    dialogue = holding.open_dialogue(agency, by=facilitator, name="Open door", on=start)
    for member, standing in ((people[0], "primary_consumer"), (provider, "provider")):
        offer = holding.name_co_facilitator(
            dialogue,
            member,
            standing=standing,
            by=facilitator,
            since=start,
            agreed=True,
            late_reason="It stood on paper.",
        )
        seating.accept(offer)
    meeting = group_actions.plan_meeting(
        dialogue.group, starts_at=timezone.now() - timedelta(days=1), by=facilitator
    )
    here = {member: Decimal(1) for member in people}
    group_actions.record_attendance(meeting, present=here | {provider: Decimal(1)}, by=facilitator)
    round_ = survey_actions.open_round(
        agency, by=facilitator, closes=agency.today() + timedelta(days=14)
    )
    scores = {item.code: 4 for item in CURRENT.items}

    def voice(number: int, _member: Member) -> None:
        speaking.speak_anonymously(
            agency, receipt=receipts.new(), text=f"Words {number}", dialogue_id=dialogue.pk
        )

    def words(number: int, member: Member) -> None:
        speaking.contribute(
            agency, by=member, dialogue=dialogue, text=f"Words {number}", named=False
        )

    def closing_answer(number: int, _member: Member) -> None:
        closing.write_down(
            agency,
            meeting.pk,
            side=SessionSide.OTHER,
            heard=1 + number % 5,
            understood=1 + number // 5,
        )

    def survey_answer(number: int, _member: Member) -> None:
        write_down(
            agency,
            round_.pk,
            AnsweredSurvey("consumer", scores, f"Words {number}", on_paper=False),
        )

    ballot = _a_ballot(agency, people, facilitator)
    acts = (voice, words, closing_answer, survey_answer, ballot)
    states = [state()]
    # One of each kind in turn, so that each state has one more of all.
    for number, member in enumerate(people):
        for act in acts:
            act(number, member)
        states.append(state())
    for table in (
        VOICE,
        "dialogues_contribution",
        "dialogues_sessionanswer",
        "satisfaction_sealedanswer",
        Ballot._meta.db_table,
    ):
        assert order(states, table) == set(), table


def _a_ballot(
    agency: Agency, people: list[Member], facilitator: Member
) -> Callable[[int, Member], None]:
    """A vote of all of them; each recognizes their own ballot by its code."""
    today = agency.today()
    cell = cell_actions.open_cell(name="Welcome", focus="Welcome", by=facilitator, on=today)
    for member in people:
        seating.seat(cell.group, member, since=today, by=facilitator)
    ideas = [
        idea_actions.raise_opportunity(
            cell, title=title, kind=OpportunityKind.PROBLEM, by=facilitator
        )
        for title in ("Wait less", "Call back")
    ]
    ranking = ranking_actions.open_round(
        cell,
        opportunities=ideas,
        votes_each=1,
        closes_on=today + timedelta(days=7),
        by=facilitator,
    )
    entry = ranking.entries.order_by("pk")[0]

    def vote(_number: int, member: Member) -> None:
        assert ranking_actions.cast(ranking, choices=[entry], by=member)
        assert secrecy.has_voted(ranking, member)

    return vote
