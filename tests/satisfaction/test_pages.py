import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLog, Member
from foundation.addresses import at
from foundation.models import Agency, Event, Submission
from notifications.models import Message
from satisfaction import actions
from satisfaction.instrument import CURRENT
from satisfaction.models import SurveyRound
from satisfaction.tasks import attend_to_round
from tests.conftest import Login, assert_budget
from tests.satisfaction.conftest import Answering, Finishing, code_of, open_now, opened, scores

LONG = "x" * 20_000


def filled(score: int = 4, **others: object) -> dict[str, Any]:
    return {f"item_{code}": value for code, value in scores(score).items()} | {
        "side": "consumer",
        **others,
    }


def page_of(round_: SurveyRound, member: Member) -> str:
    return reverse("satisfaction_open:whole", args=[code_of(round_, member)])


def test_somebody_without_a_sign_in_answers_with_the_code_of_their_sheet(
    round_: SurveyRound, consumers: list[Member]
) -> None:
    client, code = Client(), code_of(round_, consumers[0])
    typed = client.post(reverse("satisfaction_open:code"), {"code": code.lower()})
    assert client.get(typed["Location"]).status_code == 200
    whole = page_of(round_, consumers[0])
    page = client.get(whole)
    assert "no-store" in page["Cache-Control"]
    assert all(str(item.text) in page.content.decode() for item in CURRENT.items)
    answer = client.post(whole, filled(comment="I feel safe"))
    assert answer["Location"] == reverse("satisfaction_open:thanks")
    assert client.get(answer["Location"]).status_code == 200
    assert [each and each.comment for each in opened(round_)] == ["I feel safe"]
    for address in (whole, typed["Location"]):
        again = client.get(address)
        assert again.status_code == 403
        assert "has been answered with this code" in again.content.decode()


def test_looking_at_the_survey_spends_nothing(round_: SurveyRound, consumers: list[Member]) -> None:
    for name in ("survey", "whole"):
        url = reverse(f"satisfaction_open:{name}", args=[code_of(round_, consumers[0])])
        Client().get(url)
        Client().head(url)
    assert not round_.codes.filter(spent=True).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"item_heard": ""},
        {"item_heard": "6"},
        {"item_heard": "-1"},
        {"item_heard": "x"},
        {"item_heard": "9" * 40},
        {"side": ""},
        {"side": "nobody"},
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
    assert not round_.codes.filter(spent=True).exists()
    assert not opened(round_)


def test_does_not_apply_is_an_answer(round_: SurveyRound, consumers: list[Member]) -> None:
    Client().post(page_of(round_, consumers[0]), filled(item_paid="0", comment=""))
    (answered,) = opened(round_)
    assert answered is not None
    assert answered.scores["paid"] == 0


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
    code = code_of(round_, consumers[0])
    assert answer["Location"] == reverse("satisfaction_open:survey", args=[code])
    other = login(provider).get(at(agency, "satisfaction:answer", pk=round_.pk))
    assert other.status_code == 404


def test_whoever_has_answered_is_told_so_and_takes_it_off_their_own_list(
    agency: Agency, round_: SurveyRound, consumers: list[Member], provider: Member, login: Login
) -> None:
    client, where = login(consumers[0]), at(agency, "satisfaction:answer", pk=round_.pk)
    clear = at(agency, "satisfaction:clear", pk=round_.pk)
    assert "Take it off my list" in client.get(at(agency, "satisfaction:rounds")).content.decode()
    Client().post(page_of(round_, consumers[0]), filled(comment=""))
    page = client.get(where)
    assert page.status_code == 200
    assert "You have answered" in page.content.decode()
    assert clear in page.content.decode()
    events = Event.objects.within(agency).count()
    assert sent(client, clear).status_code == 302
    assert round_.invitations.filter(cleared=True).get().member == consumers[0]
    assert clear not in client.get(where).content.decode()
    # It says nothing about an answer, and leaves nothing beside it.
    assert Event.objects.within(agency).count() == events
    assert sent(login(provider), clear).status_code == 404


def test_the_committee_checks_who_was_asked_and_nobody_else_does(
    agency: Agency,
    round_: SurveyRound,
    consumers: list[Member],
    committee_chair: Member,
    facilitator: Member,
    administrator: Member,
    login: Login,
) -> None:
    roster = at(agency, "satisfaction:roster", pk=round_.pk)
    for member in (facilitator, administrator, consumers[0]):
        assert login(member).get(roster).status_code == 403
    client = login(committee_chair)
    assert roster in client.get(at(agency, "satisfaction:rounds")).content.decode()
    page = client.get(roster).content.decode()
    assert all(str(member) in page for member in consumers)
    assert "7 people were asked" in page


def test_pages_of_a_round_are_for_those_who_run_surveys(
    agency: Agency,
    round_: SurveyRound,
    facilitator: Member,
    provider: Member,
    consumers: list[Member],
    login: Login,
) -> None:
    urls = [
        at(agency, f"satisfaction:{name}", pk=round_.pk) for name in ("extend", "sheets", "enter")
    ]
    assert {login(provider).get(url).status_code for url in urls} == {403}
    assert {login(facilitator).get(url).status_code for url in urls} == {200}
    for name in ("open_round", "send"):
        assert login(provider).get(at(agency, f"satisfaction:{name}")).status_code == 403


def test_how_many_have_answered_is_not_told_while_it_could_tell_one_from_the_others(
    agency: Agency,
    round_: SurveyRound,
    facilitator: Member,
    provider: Member,
    consumers: list[Member],
    answer: Answering,
    later: Callable[[int], None],
    login: Login,
) -> None:
    told: set[str] = set()
    pages: set[str] = set()
    for member in consumers:
        answer(round_, member)
        later(1)
        attend_to_round(agency.pk, round_.pk)
        url = at(agency, "satisfaction:rounds")
        told.add(login(facilitator).get(url).context["so_far"])
        content = login(provider).get(url).content.decode()
        # Parts that differ on each load anyway: form keys, nonces.
        pages.add(re.sub(r'(value|nonce|content)="[^"]*"', "", content))
    # Seven were asked: nothing is shown, so that all seven looks are alike.
    assert (len(told), len(pages)) == (1, 1)


def test_the_sheets_are_printed_once_with_codes_that_lead_to_nobody(
    agency: Agency, round_: SurveyRound, consumers: list[Member], facilitator: Member, login: Login
) -> None:
    client, url = login(facilitator), at(agency, "satisfaction:sheets", pk=round_.pk)
    for sheets in ("", "x", "0", "-1", "8", "9" * 40):
        assert client.post(url, {"sheets": sheets}).status_code == 422
    page = client.post(url, {"sheets": "3"})
    assert "no-store" in page["Cache-Control"]
    content = page.content.decode()
    assert content.count("app-sheet") == 3
    assert not [member for member in consumers if re.search(rf"\b{member.display_name}\b", content)]
    printed = set(re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", content))
    own = {code_of(round_, member) for member in consumers}
    assert not own & {code.replace("-", "") for code in printed}
    assert printed
    assert not [code for code in printed if code in client.get(url).content.decode()]
    assert not AccessLog.objects.within(agency).filter(about__in=consumers).exists()


def test_a_sheet_is_typed_in_with_its_code_and_nobodys_own(
    agency: Agency, round_: SurveyRound, consumers: list[Member], facilitator: Member, login: Login
) -> None:
    (code,) = actions.print_sheets(round_, sheets=1, by=facilitator)
    client, url = login(facilitator), at(agency, "satisfaction:enter", pk=round_.pk)
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"code": code}).status_code == 422
    for wrong in ("AAAA-AAAA-AAAA", code_of(round_, consumers[0])):
        assert client.post(url, {"code": wrong, "consent": "on"}).status_code == 422
    answer = client.post(url, {"code": code, "consent": "on"})
    assert answer["Location"] == reverse("satisfaction_open:whole", args=[code])
    assert client.post(answer["Location"], filled(comment="")).status_code == 302
    (answered,) = opened(round_)
    assert answered is not None
    assert answered.on_paper
    kept = Submission.objects.within(agency).values_list("location", flat=True)
    assert not [location for location in kept if code in location]


def sent(client: Client, url: str, **data: object) -> Any:
    return client.post(url, {"submission": str(uuid4()), **data})


def test_before_anything_is_sent_a_page_says_how_many_people_get_a_message(
    agency: Agency, consumers: list[Member], staff: Member, facilitator: Member, login: Login
) -> None:
    today = agency.today()
    client, url = login(facilitator), at(agency, "satisfaction:send")
    told = Message.objects.within(agency).exclude(code__in=("seat.offered", "change.role"))
    last_days: list[object] = ["", "x", "9999-12-31", "0001-01-01", today, today + timedelta(5)]
    for last in [*last_days, today + timedelta(200)]:
        assert client.get(url, {"closes": str(last)}).status_code == 422
    page = client.get(url, {"closes": str(today + timedelta(13))})
    assert page.status_code == 200
    assert page.context["form"].initial["people"] == 8
    assert not told.exists()
    assert not SurveyRound.objects.within(agency).exists()
    closes = today + timedelta(14)
    for wrong in ({"people": 7}, {"people": ""}, {"closes": today}, {"closes": "x"}):
        assert sent(client, url, **{"closes": closes, "people": 8, **wrong}).status_code == 422
    assert not SurveyRound.objects.within(agency).exists()
    assert sent(client, url, closes=closes, people=8).status_code == 302
    round_ = SurveyRound.objects.within(agency).get()
    assert (round_.closes, round_.until, round_.invited) == (closes, today, 8)
    assert told.count() == 8


def test_a_round_is_reminded_of_and_given_more_time_on_its_pages(
    agency: Agency,
    round_: SurveyRound,
    facilitator: Member,
    later: Callable[[int], None],
    login: Login,
) -> None:
    remind = at(agency, "satisfaction:remind", pk=round_.pk)

    def offered(client: Client) -> bool:
        return remind in client.get(at(agency, "satisfaction:rounds")).content.decode()

    # They got a message when it opened; some days later they can be reminded, once.
    assert not offered(login(facilitator))
    later(6)
    client = login(facilitator)
    assert offered(client)
    assert sent(client, remind).status_code == 302
    assert not offered(client)
    assert sent(client, remind).status_code == 403
    url = at(agency, "satisfaction:extend", pk=round_.pk)
    earlier = round_.closes - timedelta(days=3)
    for day in ("", "x", "9999-12-31", earlier, round_.opens + timedelta(days=200)):
        assert sent(client, url, closes=day).status_code == 422
    assert sent(client, url, closes=round_.closes).status_code == 302
    round_.refresh_from_db()
    assert round_.closes == earlier + timedelta(days=4)


def test_results_are_for_everyone_and_comments_for_few(
    agency: Agency,
    round_: SurveyRound,
    consumers: list[Member],
    provider: Member,
    facilitator: Member,
    committee_chair: Member,
    answer: Answering,
    finish: Finishing,
    login: Login,
) -> None:
    url = at(agency, "satisfaction:results", pk=round_.pk)
    for member in consumers:
        answer(round_, member, comment="The room is cold")
    open_page = login(facilitator).get(url).content.decode()
    assert "still open" in open_page
    assert "The room is cold" not in open_page
    finish(round_)
    for reader, reads in (
        (provider, False),
        (consumers[0], False),
        (facilitator, True),
        (committee_chair, True),
    ):
        page = login(reader).get(url).content.decode()
        assert "people gave 4.0 out of 5" in page
        assert ("The room is cold" in page) == reads


def test_the_file_of_a_survey_has_what_its_page_shows(
    agency: Agency,
    round_: SurveyRound,
    consumers: list[Member],
    provider: Member,
    answer: Answering,
    finish: Finishing,
    login: Login,
) -> None:
    url = at(agency, "satisfaction:results_csv", pk=round_.pk)
    for member in consumers:
        answer(round_, member, comment="The room is cold")
    assert login(provider).get(url).status_code == 403
    finish(round_)
    client = login(provider)
    assert url in client.get(at(agency, "satisfaction:results", pk=round_.pk)).content.decode()
    lines = client.get(url).content.decode().splitlines()
    assert len(lines) == 1 + len(CURRENT.items)
    # Seven answers are too few to show how they are spread.
    assert '"When I speak, people listen.",4.0,not shown,not shown,not shown' in lines[1]
    assert "cold" not in "".join(lines)


@pytest.mark.parametrize("page", ["rounds", "results"])
def test_pages_ask_as_many_queries_with_twice_the_rows(
    page: str,
    agency: Agency,
    round_: SurveyRound,
    consumers: list[Member],
    facilitator: Member,
    answer: Answering,
    finish: Finishing,
    login: Login,
) -> None:
    def one_more(current: SurveyRound) -> SurveyRound:
        for member in consumers:
            answer(current, member, comment="Words")
        finish(current)
        return open_now(agency, facilitator)

    url = at(agency, f"satisfaction:{page}", **({} if page == "rounds" else {"pk": round_.pk}))
    current = one_more(round_)
    before = assert_budget(login(facilitator), url)
    for _ in range(2):
        current = one_more(current)
    assert assert_budget(login(facilitator), url) == before
