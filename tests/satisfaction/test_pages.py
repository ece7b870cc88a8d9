from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLog, Member
from foundation.addresses import at
from foundation.models import Agency, Submission
from satisfaction import actions
from satisfaction.instrument import CURRENT
from satisfaction.models import Answer, SurveyRound
from tests.conftest import Login, assert_budget
from tests.satisfaction.conftest import Answering, code_of, scores

LONG = "x" * 20_000


def filled(score: int = 4, **others: object) -> dict[str, Any]:
    return {f"item_{code}": value for code, value in scores(score).items()} | others


def page_of(round_: SurveyRound, member: Member) -> str:
    return reverse("satisfaction_open:survey", args=[code_of(round_, member)])


def test_somebody_without_a_sign_in_answers_with_the_code_of_their_sheet(
    round_: SurveyRound, consumers: list[Member]
) -> None:
    client, code = Client(), code_of(round_, consumers[0])
    typed = client.post(reverse("satisfaction_open:code"), {"code": code.lower()})
    page = client.get(typed["Location"])
    assert "no-store" in page["Cache-Control"]
    assert all(str(item.text) in page.content.decode() for item in CURRENT.items)
    answer = client.post(typed["Location"], filled(comment="I feel safe"))
    assert answer["Location"] == reverse("satisfaction_open:thanks")
    assert client.get(answer["Location"]).status_code == 200
    assert round_.answers.count() == 1
    again = client.get(typed["Location"])
    assert again.status_code == 403
    assert "has been answered with this code" in again.content.decode()


def test_looking_at_the_survey_spends_nothing(round_: SurveyRound, consumers: list[Member]) -> None:
    Client().get(page_of(round_, consumers[0]))
    Client().head(page_of(round_, consumers[0]))
    assert not round_.invitations.filter(spent=True).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"item_heard": ""},
        {"item_heard": "6"},
        {"item_heard": "-1"},
        {"item_heard": "x"},
        {"item_heard": "9" * 40},
        {"comment": LONG},
        {"comment": "a\x00b"},
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_spent(
    round_: SurveyRound, consumers: list[Member], wrong: dict[str, str]
) -> None:
    url = page_of(round_, consumers[0])
    for data in ({}, filled(comment="") | wrong):
        answer = Client().post(url, data)
        assert answer.status_code == 422
        assert "Error:" in answer.content.decode()
    assert not round_.invitations.filter(spent=True).exists()
    assert not Answer.objects.within(round_.agency).exists()


def test_does_not_apply_is_an_answer(round_: SurveyRound, consumers: list[Member]) -> None:
    Client().post(page_of(round_, consumers[0]), filled(item_paid="0", comment=""))
    assert round_.answers.get().scores["paid"] == 0


@pytest.mark.parametrize("code", ["", "short", "AAAA-AAAA-AAAA", LONG, "a\x00b"])
def test_a_code_that_nobody_got_is_an_error(round_: SurveyRound, code: str) -> None:
    answer = Client().post(reverse("satisfaction_open:code"), {"code": code})
    assert answer.status_code == 422
    assert "Error:" in answer.content.decode()
    assert Client().get(reverse("satisfaction_open:survey", args=["NOBODY"])).status_code == 404


def test_what_waits_on_the_home_page_leads_to_the_survey(
    agency: Agency, round_: SurveyRound, consumers: list[Member], provider: Member, login: Login
) -> None:
    client = login(consumers[0])
    answer = client.get(at(agency, "satisfaction:answer", pk=round_.pk))
    assert answer["Location"] == page_of(round_, consumers[0])
    other = login(provider).get(at(agency, "satisfaction:answer", pk=round_.pk))
    assert other.status_code == 404


def test_pages_of_a_round_are_for_those_who_run_surveys(
    agency: Agency,
    round_: SurveyRound,
    facilitator: Member,
    provider: Member,
    consumers: list[Member],
    login: Login,
) -> None:
    urls = [
        at(agency, f"satisfaction:{name}", pk=round_.pk)
        for name in ("close_round", "sheets", "enter")
    ]
    assert {login(provider).get(url).status_code for url in urls} == {403}
    assert {login(facilitator).get(url).status_code for url in urls} == {200}
    assert login(provider).get(at(agency, "satisfaction:open_round")).status_code == 403
    for member in (provider, facilitator):
        page = login(member).get(at(agency, "satisfaction:rounds"))
        assert page.status_code == 200
        assert ("have answered so far" in page.content.decode()) == (member == facilitator)


def test_the_printed_sheets_carry_codes_and_are_logged(
    agency: Agency, round_: SurveyRound, consumers: list[Member], facilitator: Member, login: Login
) -> None:
    page = login(facilitator).get(at(agency, "satisfaction:sheets", pk=round_.pk))
    code = code_of(round_, consumers[0])
    assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in page.content.decode()
    logged = AccessLog.objects.within(agency).filter(about=consumers[0], reader=facilitator)
    assert logged.filter(what="survey sheet").exists()


def test_a_sheet_is_typed_in_for_someone_and_the_code_is_kept_nowhere(
    agency: Agency, round_: SurveyRound, consumers: list[Member], facilitator: Member, login: Login
) -> None:
    client, code = login(facilitator), code_of(round_, consumers[0])
    url = at(agency, "satisfaction:enter", pk=round_.pk)
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"code": code}).status_code == 422
    assert client.post(url, {"code": "AAAA-AAAA-AAAA", "consent": "on"}).status_code == 422
    answer = client.post(url, {"code": code, "consent": "on"})
    assert answer["Location"] == page_of(round_, consumers[0])
    assert round_.invitations.get(member=consumers[0]).entered_by == facilitator
    kept = Submission.objects.within(agency).values_list("location", flat=True)
    assert not [location for location in kept if code in location]


def test_a_round_is_opened_reminded_of_and_closed_on_its_pages(
    agency: Agency,
    consumers: list[Member],
    facilitator: Member,
    today: date,
    later: Callable[[int], None],
    login: Login,
) -> None:
    client = login(facilitator)

    def send(url: str, **data: object) -> Any:
        return client.post(url, {"submission": str(uuid4()), **data})

    url = at(agency, "satisfaction:open_round")
    right = {
        "audience": "consumers",
        "since": today - timedelta(days=90),
        "until": today - timedelta(days=1),
        "closes": today + timedelta(days=13),
    }
    assert client.post(url, {}).status_code == 422
    wrong: dict[str, list[object]] = {
        "audience": ["", "nobody", LONG],
        "since": ["", "x", "9999-12-31", "0001-01-01", today],
        "until": ["", "x", today + timedelta(days=2)],
        "closes": ["", "x", today - timedelta(days=2), today + timedelta(days=200)],
    }
    for field, values in wrong.items():
        for value in values:
            answer = send(url, **{**right, field: value})
            assert answer.status_code == 422, (field, value)
            assert not SurveyRound.objects.within(agency).exists()
    assert send(url, **right).status_code == 302
    round_ = SurveyRound.objects.within(agency).get()
    assert round_.until == today
    later(6)
    client = login(facilitator)
    assert send(at(agency, "satisfaction:remind", pk=round_.pk)).status_code == 302
    assert send(at(agency, "satisfaction:remind", pk=round_.pk)).status_code == 403
    assert send(at(agency, "satisfaction:close_round", pk=round_.pk)).status_code == 302
    assert send(at(agency, "satisfaction:close_round", pk=round_.pk)).status_code == 403


def test_results_are_for_everyone_and_comments_for_few(
    agency: Agency,
    round_: SurveyRound,
    consumers: list[Member],
    provider: Member,
    facilitator: Member,
    committee_chair: Member,
    answer: Answering,
    login: Login,
) -> None:
    url = at(agency, "satisfaction:results", pk=round_.pk)
    for member in consumers:
        answer(round_, member, comment="The room is cold")
    open_page = login(facilitator).get(url).content.decode()
    assert "still open" in open_page
    assert "The room is cold" not in open_page
    actions.close_round(round_, by=facilitator)
    for reader, reads in (
        (provider, False),
        (consumers[0], False),
        (facilitator, True),
        (committee_chair, True),
    ):
        page = login(reader).get(url).content.decode()
        assert "All in all, people gave 4.0 out of 5." in page
        assert ("The room is cold" in page) == reads


@pytest.mark.parametrize("page", ["rounds", "results"])
def test_pages_ask_as_many_queries_with_twice_the_rows(
    page: str,
    agency: Agency,
    round_: SurveyRound,
    consumers: list[Member],
    facilitator: Member,
    answer: Answering,
    today: date,
    later: Callable[[int], None],
    login: Login,
) -> None:
    def one_more(current: SurveyRound) -> SurveyRound:
        for member in consumers:
            answer(current, member, comment="Words")
        actions.close_round(current, by=facilitator)
        now = agency.today()
        return actions.open_round(
            agency,
            by=facilitator,
            since=now - timedelta(days=180),
            until=now,
            closes=now + timedelta(days=14),
        )

    url = at(agency, f"satisfaction:{page}", **({} if page == "rounds" else {"pk": round_.pk}))
    current = one_more(round_)
    client = login(facilitator)
    before = assert_budget(client, url)
    for _ in range(2):
        current = one_more(current)
    assert assert_budget(client, url) == before
