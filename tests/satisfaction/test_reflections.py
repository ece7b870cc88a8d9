"""What a few consumers say together: who writes and releases it, and that it then stays."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import Member
from devtools.seating import seat
from foundation.addresses import at
from foundation.models import Agency, Event
from foundation.refusals import Refused
from groups.models import Group
from notifications.models import Message
from satisfaction import actions
from satisfaction.models import Reflection, ReflectionVoice
from tests.conftest import Login, assert_budget
from tests.satisfaction.conftest import Answering, Finishing, open_now
from tests.satisfaction.test_indicator import judged


def write(member: Member, text: str = "We are heard.", **others: Any) -> Reflection:
    said = {"met_on": member.agency.today(), "peer": "The peer center", **others}
    return actions.write_reflection(text=text, by=member, **said)


def released(few: list[Member]) -> Reflection:
    reflection = write(few[0])
    actions.say_of_reflection(reflection, agrees=True, by=few[1])
    return actions.release_reflection(reflection, by=few[2])


def test_few_consumers_write_agree_and_release_and_nobody_is_named(
    agency: Agency, few: list[Member], staff: Member
) -> None:
    reflection = released(few)
    assert reflection.released_on == agency.today()
    assert not ReflectionVoice.objects.within(agency).exists()
    events = Event.objects.within(agency).filter(name__startswith="reflection.")
    assert {each.actor_id for each in events} == {None}
    told = Message.objects.within(agency).filter(code="satisfaction.reflection_released")
    assert {each.member for each in told.select_related("member")} == {*few, staff}


def test_nobody_else_writes_agrees_or_releases(
    few: list[Member], staff: Member, facilitator: Member, administrator: Member
) -> None:
    reflection = write(few[0])
    for member in (staff, facilitator, administrator):
        with pytest.raises(Refused):
            write(member)
        with pytest.raises(Refused):
            actions.say_of_reflection(reflection, agrees=True, by=member)
        with pytest.raises(Refused):
            actions.release_reflection(reflection, by=member)


def test_where_many_consumers_take_part_there_is_a_survey_instead(
    few: list[Member], consumers: list[Member]
) -> None:
    with pytest.raises(Refused):
        write(few[0])


def test_one_consumer_alone_says_nothing_together(
    council: Group, consumer: Member, administrator: Member, today: date
) -> None:
    seat(council, consumer, since=today - timedelta(days=200), by=administrator)
    with pytest.raises(Refused):
        write(consumer)


def test_it_takes_more_than_half_and_nobody_who_says_no(few: list[Member]) -> None:
    reflection = write(few[0])
    with pytest.raises(Refused):
        actions.release_reflection(reflection, by=few[0])
    actions.say_of_reflection(reflection, agrees=True, by=few[1])
    actions.say_of_reflection(reflection, agrees=False, by=few[2])
    with pytest.raises(Refused):
        actions.release_reflection(reflection, by=few[0])
    actions.say_of_reflection(reflection, agrees=True, by=few[2])
    actions.release_reflection(reflection, by=few[0])


def test_other_words_need_new_agreement(agency: Agency, few: list[Member]) -> None:
    reflection = write(few[0])
    actions.say_of_reflection(reflection, agrees=True, by=few[1])
    assert write(few[2], text="We are not heard.") == reflection
    voices = ReflectionVoice.objects.within(agency)
    assert [each.member for each in voices.select_related("member")] == [few[2]]
    with pytest.raises(ValidationError):
        write(few[0], met_on=agency.today() + timedelta(days=1))


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE satisfaction_reflection SET text = 'All is well.'",
        "UPDATE satisfaction_reflection SET peer = 'Us'",
        "UPDATE satisfaction_reflection SET released_on = NULL",
        "DELETE FROM satisfaction_reflection",
    ],
)
def test_the_database_keeps_what_was_released(few: list[Member], attack: str) -> None:
    released(few)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE satisfaction_reflection SET released_on = written_on",
        "UPDATE satisfaction_reflection SET text = 'All is well.'",
        "INSERT INTO satisfaction_reflection (agency_id, met_on, peer, text, written_on,"
        " released_on) SELECT agency_id, met_on, peer, text, written_on, written_on"
        " FROM satisfaction_reflection",
    ],
)
def test_the_database_wants_several_who_agree_to_these_words(
    few: list[Member], attack: str
) -> None:
    write(few[0])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attack)


def test_only_the_consumers_know_of_one_that_is_not_released(
    agency: Agency, few: list[Member], staff: Member, administrator: Member, login: Login
) -> None:
    names = ("write_reflection", "say_of_reflection", "release_reflection")
    page, urls = (
        at(agency, "satisfaction:reflections"),
        [at(agency, f"satisfaction:{name}") for name in names],
    )
    reflection = write(few[0], text="We wait too long.")
    for member in (staff, administrator):
        client = login(member)
        assert "We wait too long." not in client.get(page).content.decode()
        assert "Write down" not in client.get(page).content.decode()
        assert {client.post(url, {"submission": str(uuid4())}).status_code for url in urls} == {404}
    assert "We wait too long." in login(few[1]).get(page).content.decode()
    actions.say_of_reflection(reflection, agrees=True, by=few[1])
    actions.release_reflection(reflection, by=few[1])
    assert "We wait too long." in login(staff).get(page).content.decode()


def test_it_is_written_agreed_on_and_released_on_its_pages(
    agency: Agency, few: list[Member], login: Login
) -> None:
    page = at(agency, "satisfaction:reflections")
    said = {"met_on": str(agency.today()), "peer": "The peer center", "text": "We are heard."}

    def send(client: Client, name: str, **data: str) -> int:
        url = at(agency, f"satisfaction:{name}")
        return int(client.post(url, {"submission": str(uuid4()), **data}).status_code)

    first, second = login(few[0]), login(few[1])
    assert send(first, "write_reflection", **said) == 422
    assert send(first, "write_reflection", alone="on", **said) == 302
    assert "1 of 3 agree so far." in second.get(page).content.decode()
    assert send(second, "release_reflection") == 403
    assert send(second, "say_of_reflection", agrees="True") == 302
    assert "2 of 3 agree so far." in second.get(page).content.decode()
    assert send(second, "release_reflection") == 302
    assert "We are heard." in first.get(page).content.decode()
    assert_budget(first, page)


@pytest.mark.usefixtures("established")
def test_a_released_reflection_counts_as_measured_for_some_months(
    agency: Agency, few: list[Member], staff: Member, later: Callable[[int], None]
) -> None:
    today = agency.today()
    before = judged(agency, today)
    assert before["answered"][0] != "met"
    later(1)
    released(few)
    on = agency.today()
    assert set(judged(agency, on).values()) == {("met", "reflected")}
    # The day before stays as it was, and after half a year it is too old.
    assert judged(agency, today) == before
    later(200)
    assert judged(agency, agency.today())["answered"][0] != "met"
    assert judged(agency, on)["answered"] == ("met", "reflected")


@pytest.mark.usefixtures("established")
def test_a_survey_with_too_few_answers_leaves_the_reflection_to_count(
    agency: Agency,
    few: list[Member],
    facilitator: Member,
    answer: Answering,
    finish: Finishing,
) -> None:
    released(few)
    round_ = open_now(agency, facilitator)
    for member in few:
        answer(round_, member)
    finish(round_)
    found = judged(agency, agency.today())
    assert found["asked"] == ("met", "asked")
    assert found["answered"] == ("met", "reflected")
