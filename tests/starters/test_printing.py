"""Texts to print: who may, what is filled in, and that nothing is stored."""

from datetime import date, datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils.timezone import make_aware

from accounts.models import Member
from accounts.permissions import Role
from dialogues.dialogue import actions as dialogues
from dialogues.dialogue.models import Dialogue
from foundation.addresses import at
from foundation.models import Agency, Event
from groups import actions as groups
from groups.models import Meeting, Office
from starters.rules import INVITING, LEADING, PRINTED, printable
from starters.texts import LANGUAGES, TextCode, starter
from tests.conftest import Enter, Login, assert_budget


@pytest.fixture
def dialogue(agency: Agency, facilitator: Member, long_ago: date) -> Dialogue:
    return dialogues.open_dialogue(agency, by=facilitator, name="Tea", on=long_ago)


@pytest.fixture
def session(agency: Agency, dialogue: Dialogue, facilitator: Member) -> Meeting:
    day = datetime.combine(agency.today() + timedelta(days=7), time(16))
    return groups.plan_meeting(
        dialogue.group,
        starts_at=make_aware(day, ZoneInfo(agency.timezone)),
        minutes_planned=105,
        place="Room 4",
        by=facilitator,
    )


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return unescape(answer.content.decode())


def test_facilitators_and_administrators_print_all_texts(
    agency: Agency, facilitator: Member, administrator: Member, login: Login
) -> None:
    for member in (facilitator, administrator):
        assert printable(member) == PRINTED
        client = login(member)
        listed = page(client, at(agency, "starters:texts"))
        for code in PRINTED:
            assert at(agency, "starters:text", code=code) in listed
            for name in ("text", "text_file"):
                assert client.get(at(agency, f"starters:{name}", code=code)).status_code == 200


def test_who_leads_a_dialogue_prints_what_leading_needs_but_no_letters(
    agency: Agency, consumer: Member, dialogue: Dialogue, administrator: Member, login: Login
) -> None:
    from devtools import seating

    client = login(consumer)
    assert client.get(at(agency, "starters:texts")).status_code == 403
    seating.seat(
        dialogue.group,
        consumer,
        office=Office.CO_FACILITATOR,
        since=agency.today(),
        by=administrator,
    )
    assert set(printable(consumer)) == set(LEADING)
    assert client.get(at(agency, "starters:texts")).status_code == 200
    assert client.get(at(agency, "starters:text", code=TextCode.GUIDE)).status_code == 200
    for code in INVITING:
        for name in ("text", "text_file"):
            assert client.get(at(agency, f"starters:{name}", code=code)).status_code == 403


@pytest.mark.parametrize("role", [None, Role.COMMITTEE, Role.PAYER, Role.MANAGEMENT])
def test_others_are_told_whom_to_ask(role: Role | None, enter: Enter, login: Login) -> None:
    member = enter("Wren", roles=(role,) if role else ())
    client, agency = login(member), member.agency
    for url in (
        at(agency, "starters:texts"),
        at(agency, "starters:text", code=TextCode.POSTER),
        at(agency, "starters:text_file", code=TextCode.POSTER),
    ):
        assert client.get(url).status_code == 403
    assert at(agency, "starters:texts") not in page(client, at(agency, "documents:list"))


@pytest.mark.parametrize("code", ["mission", "plan", "nonsense"])
def test_what_is_adopted_is_not_among_the_texts_to_print(
    code: str, agency: Agency, administrator: Member, login: Login
) -> None:
    for name in ("text", "text_file"):
        url = at(agency, f"starters:{name}", code=code)
        assert login(administrator).get(url).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", PRINTED)
def test_a_text_is_filled_in_shown_and_downloaded(
    code: TextCode, language: str, agency: Agency, facilitator: Member, login: Login
) -> None:
    client, text = login(facilitator), starter(code, language)
    values = {blank.name: f"<{blank.name}> & co" for blank in text.blanks}
    url = at(agency, "starters:text", code=code)
    before = Event.objects.within(agency).count()
    answer = client.get(url, {"starter": language, **values})
    shown = answer.content.decode()
    assert 'class="app-blank"' not in shown
    assert f'<article class="app-sheet{" app-sheet--poster" * (code == "poster")}"' in shown
    file = client.get(
        f"{at(agency, 'starters:text_file', code=code)}?{answer.context['shown'].query}"
    )
    assert file["Content-Type"] == "text/markdown; charset=utf-8"
    assert f"{code}-{language}.md" in file["Content-Disposition"]
    assert file.content.decode() == text.filled(values) + "\n"
    for name, value in values.items():
        assert value in file.content.decode(), name
    assert Event.objects.within(agency).count() == before


def test_what_is_left_open_is_a_line_and_a_switch_keeps_what_was_filled_in(
    agency: Agency, facilitator: Member, login: Login
) -> None:
    url = at(agency, "starters:text", code=TextCode.LETTER)
    answer = login(facilitator).get(url, {"starter": "en", "place": "Room 4"})
    assert 'class="app-blank"' in answer.content.decode()
    spanish = next(each for each in answer.context["languages"] if each.code == "es")
    there = login(facilitator).get(spanish.href).context["shown"]
    assert (there.text.language, there.values["place"]) == ("es", "Room 4")


def test_no_text_asks_for_the_name_of_the_person_it_goes_to() -> None:
    for code in INVITING:
        for language in LANGUAGES:
            names = {blank.name for blank in starter(code, language).blanks}
            assert not names & {"name", "to", "person", "recipient"}
    assert "Dear ____" in starter(TextCode.LETTER, "en").body


def test_a_planned_session_leads_to_its_texts_with_day_time_and_place(
    agency: Agency, facilitator: Member, session: Meeting, consumer: Member, login: Login
) -> None:
    client, url = login(facilitator), at(agency, "groups:meeting", pk=session.pk)
    shown = page(client, url)
    (href,) = {
        part.partition('"')[0]
        for part in shown.split('href="')
        if part.startswith(at(agency, "starters:text", code=TextCode.POSTER))
    }
    values = client.get(href).context["shown"].values
    assert values["place"] == "Room 4"
    assert values["start"] == "4:00 p.m."
    assert values["end"] == "5:45 p.m."
    assert str(session.on.year) in values["date"]
    groups.cancel_meeting(session, by=facilitator)
    assert at(agency, "starters:text", code=TextCode.POSTER) not in page(client, url)


def test_dialogues_people_and_documents_lead_to_the_texts(
    agency: Agency, facilitator: Member, administrator: Member, dialogue: Dialogue, login: Login
) -> None:
    texts = f'href="{at(agency, "starters:texts")}"'
    assert texts in page(login(facilitator), at(agency, "dialogues:dialogue", pk=dialogue.pk))
    assert texts in page(login(facilitator), at(agency, "documents:list"))
    assert texts in page(login(administrator), at(agency, "accounts:people"))


def test_a_text_costs_few_queries(agency: Agency, facilitator: Member, login: Login) -> None:
    assert_budget(login(facilitator), at(agency, "starters:text", code=TextCode.GUIDE))
