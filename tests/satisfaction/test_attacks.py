"""Attacks with the serving login and hand-written SQL on what the database guards."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Member
from foundation.sealing import size
from satisfaction import actions
from satisfaction.models import SurveyRound
from satisfaction.models.answers import ROOM
from tests.satisfaction.conftest import Answering, Finishing


def attack(sql: str, *values: int | str, match: str) -> None:
    """Run it as the serving login, inside the entered agency; it must fail."""
    with pytest.raises(IntegrityError, match=match):
        run(sql, *values)


def run(sql: str, *values: int | str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def closed(
    round_: SurveyRound,
    consumers: list[Member],
    answer: Answering,
    on_paper: Callable[..., None],
    finish: Finishing,
) -> SurveyRound:
    for member in consumers[:6]:
        answer(round_, member, comment="a word")
    on_paper(round_, 1)
    return finish(round_)


def test_a_closing_day_is_not_brought_forward(round_: SurveyRound) -> None:
    attack(
        "UPDATE satisfaction_surveyround SET closes = closes - 1 WHERE id = %s",
        round_.pk,
        match="brought forward",
    )


@pytest.mark.parametrize(
    "change",
    [
        "opens = opens - 30, until = until - 30",
        "since = since + 90",
        "number = 99",
        "invited = 1, consumers_invited = 1",
        "consumers_invited = 0",
        "public_key = ''",
        "public_key = 'AAAA'",
    ],
)
def test_what_an_open_round_asks_and_of_how_many_stays(round_: SurveyRound, change: str) -> None:
    attack(
        f"UPDATE satisfaction_surveyround SET {change} WHERE id = %s",  # noqa: S608
        round_.pk,
        match="stays as it was opened",
    )


def test_a_round_is_not_closed_before_its_day(round_: SurveyRound) -> None:
    attack(
        "UPDATE satisfaction_surveyround SET closed_on = closes - 1, answered = 0, on_paper = 0,"
        " consumers_answered = 0, consumers_on_paper = 0 WHERE id = %s",
        round_.pk,
        match="round_counted_when_closed",
    )


def test_a_round_that_is_closed_in_the_table_shows_nothing_before_its_day(
    round_: SurveyRound, consumers: list[Member], answer: Answering
) -> None:
    from satisfaction import results, rules

    for member in consumers:
        answer(round_, member)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE satisfaction_surveyround SET closed_on = closes, answered = 7, on_paper = 0,"
            " consumers_answered = 7, consumers_on_paper = 0 WHERE id = %s",
            [round_.pk],
        )
    round_.refresh_from_db()
    assert results.of_round(round_, comments=True) == []
    assert results.trend(round_.agency) == []
    assert rules.reading_results(round_, round_.agency.today()) is not None


@pytest.mark.parametrize(
    "change",
    [
        "closed_on = NULL, answered = NULL, on_paper = NULL, consumers_answered = NULL,"
        " consumers_on_paper = NULL",
        "consumers_answered = 7, answered = 7",
        "closes = closes + 30",
    ],
)
def test_a_closed_round_stays_as_it_was_counted(closed: SurveyRound, change: str) -> None:
    attack(
        f"UPDATE satisfaction_surveyround SET {change} WHERE id = %s",  # noqa: S608
        closed.pk,
        match="is closed",
    )


def test_a_round_is_not_deleted_and_opened_again(round_: SurveyRound) -> None:
    attack("DELETE FROM satisfaction_surveyround WHERE id = %s", round_.pk, match="not deleted")


def test_nothing_is_added_to_a_closed_round(closed: SurveyRound, consumers: list[Member]) -> None:
    key = (closed.agency_id, closed.pk)
    attack(
        "INSERT INTO satisfaction_answer (id, agency_id, round_id, side, scores, on_paper)"
        " VALUES (gen_random_uuid(), %s, %s, 'consumer', '{}', false)",
        *key,
        match="takes nothing",
    )
    attack(
        "INSERT INTO satisfaction_comment (id, agency_id, round_id, text, on_paper)"
        " VALUES (gen_random_uuid(), %s, %s, 'late', false)",
        *key,
        match="takes nothing",
    )
    attack(
        "INSERT INTO satisfaction_surveycode (id, agency_id, round_id, digest)"
        " VALUES (gen_random_uuid(), %s, %s, 'x')",
        *key,
        match="takes nothing",
    )
    attack(
        "INSERT INTO satisfaction_sealedanswer (id, agency_id, round_id, envelope)"
        " VALUES (gen_random_uuid(), %s, %s, decode(repeat('00', %s), 'hex'))",
        *key,
        size(ROOM),
        match="takes nothing",
    )
    attack(
        "INSERT INTO satisfaction_surveyinvitation (agency_id, round_id, member_id)"
        " VALUES (%s, %s, %s)",
        *key,
        consumers[0].pk,
        match="takes nothing",
    )


@pytest.mark.parametrize("table", ["answer", "comment", "surveyinvitation"])
def test_nothing_of_a_closed_round_is_changed_or_deleted(closed: SurveyRound, table: str) -> None:
    name = f"satisfaction_{table}"
    attack(f"UPDATE {name} SET round_id = round_id", match="takes nothing")  # noqa: S608
    attack(f"DELETE FROM {name}", match="takes nothing")  # noqa: S608


def test_a_table_of_ones_own_does_not_stand_in_for_the_rounds(closed: SurveyRound) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_database_privilege(current_database(), 'TEMP')")
        (may_shadow,) = cursor.fetchone()
    if may_shadow:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE satisfaction_surveyround (id bigint, closed_on date)")
            cursor.execute("INSERT INTO satisfaction_surveyround VALUES (%s, NULL)", [closed.pk])
    attack(
        "INSERT INTO satisfaction_answer (id, agency_id, round_id, side, scores, on_paper)"
        " VALUES (gen_random_uuid(), %s, %s, 'consumer', '{}', false)",
        closed.agency_id,
        closed.pk,
        match="takes nothing",
    )


def test_an_envelope_has_the_size_of_all_others(round_: SurveyRound) -> None:
    attack(
        "INSERT INTO satisfaction_sealedanswer (id, agency_id, round_id, envelope)"
        " VALUES (gen_random_uuid(), %s, %s, 'short')",
        round_.agency_id,
        round_.pk,
        match="sealed_answer_size",
    )


def test_a_round_whose_answers_are_lost_has_none(closed: SurveyRound, round_: SurveyRound) -> None:
    attack(
        "UPDATE satisfaction_surveyround SET lost = true WHERE id = %s",
        closed.pk,
        match="is closed",
    )
    with pytest.raises(IntegrityError, match="round_lost_when_closed"), transaction.atomic():
        SurveyRound.objects.within(closed.agency).create(
            number=2,
            since=round_.since,
            until=round_.until,
            opens=round_.opens,
            closes=round_.closes,
            opened_by=round_.opened_by,
            invited=1,
            consumers_invited=1,
            lost=True,
        )


def test_an_answer_is_of_one_of_the_sides(round_: SurveyRound) -> None:
    attack(
        "INSERT INTO satisfaction_answer (id, agency_id, round_id, side, scores, on_paper)"
        " VALUES (gen_random_uuid(), %s, %s, 'Ana', '{}', false)",
        round_.agency_id,
        round_.pk,
        match="survey_answer_side",
    )


def test_a_round_is_open_for_a_week_at_least(
    round_: SurveyRound, facilitator: Member, finish: Finishing
) -> None:
    finish(round_)
    with pytest.raises(IntegrityError, match="round_time"), transaction.atomic():
        SurveyRound.objects.within(round_.agency).create(
            number=2,
            since=round_.since,
            until=round_.until,
            opens=round_.opens,
            closes=round_.opens + timedelta(days=6),
            opened_by=facilitator,
            invited=1,
            consumers_invited=1,
        )
    assert actions.to_ask(round_.agency, round_.agency.today())
