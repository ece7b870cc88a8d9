"""One statement a screen: what comes next, what is refused, and that nothing is stored before."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from redis import Redis
from time_machine import TimeMachineFixture

from accounts.models import Member
from foundation import flood, tenancy
from satisfaction import drafts, round_keys
from satisfaction.drafts import Draft, DraftLost
from satisfaction.forms import AnswerForm
from satisfaction.instrument import CURRENT
from satisfaction.models import SurveyRound
from satisfaction.policies import DRAFT_LASTS, LOOKS_AN_HOUR
from tests.conftest import Login
from tests.owner import now_in_transactions, tables_written_since
from tests.satisfaction.conftest import Finishing, code_of, opened

NAMES = list(AnswerForm(instrument=CURRENT).fields)
ANSWERS = dict.fromkeys(NAMES, "4") | {"side": "consumer", "comment": "The room is cold"}


class Walker:
    """Somebody who goes through the screens with one code."""

    def __init__(self, round_: SurveyRound, member: Member, client: Client | None = None) -> None:
        self.client = client or Client()
        self.url = reverse("satisfaction_open:survey", args=[code_of(round_, member)])
        self.page = self.client.get(self.url)

    @property
    def here(self) -> str:
        found = re.search(r'name="here" value="(\w+)"', self.content)
        return found[1] if found else ""

    @property
    def content(self) -> str:
        return self.page.content.decode()

    @property
    def carried(self) -> str:
        found = re.search(r'name="carried" value="([^"]+)"', self.content)
        return found[1] if found else ""

    def go(self, to: str, **data: Any) -> "Walker":
        """Press a button; `data` replaces what the page carries."""
        sent = {"here": self.here, "carried": self.carried, "to": to, **data}
        self.page = self.client.post(self.url, sent)
        return self

    def answer(self, to: str = "next", **others: str) -> "Walker":
        """Answer the field of this screen."""
        return self.go(to, **{self.here: others.get(self.here, ANSWERS[self.here])})

    def to_the_end(self, **others: str) -> "Walker":
        self.go("begin")
        for _name in NAMES:
            self.answer(**others)
        return self


@pytest.fixture
def walker(round_: SurveyRound, consumers: list[Member]) -> Walker:
    return Walker(round_, consumers[0])


def test_each_screen_has_one_question_and_the_last_has_all_answers(walker: Walker) -> None:
    walker.go("begin")
    for place, name in enumerate(NAMES, start=1):
        assert walker.here == name
        assert f"{place} of {len(NAMES)}" in walker.content
        assert walker.content.count("<fieldset") == (name != "comment")
        assert "no-store" in walker.page["Cache-Control"]
        walker.answer()
    assert walker.here == "check"
    assert "The room is cold" in walker.content
    assert walker.content.count("I agree<") == len(CURRENT.items)


def test_what_was_checked_is_what_is_sent(walker: Walker, round_: SurveyRound) -> None:
    walker.to_the_end(item_paid="0", item_told="1").go("send")
    assert walker.page["Location"] == reverse("satisfaction_open:thanks")
    (answered,) = opened(round_)
    assert answered is not None
    expected = {item.code: 4 for item in CURRENT.items} | {"paid": 0, "told": 1}
    assert (answered.scores, answered.side) == (expected, "consumer")
    assert answered.comment == "The room is cold"
    assert walker.client.get(walker.url).status_code == 403


def test_back_keeps_what_was_answered_and_lets_it_be_changed(
    walker: Walker, round_: SurveyRound
) -> None:
    walker.go("begin").answer().answer(item_respected="2").go("back")
    assert walker.here == "item_respected"
    assert re.search(r'value="2"[^>]* checked', walker.content)
    # An answer that was only just chosen is kept, too.
    walker.answer("back", item_respected="1")
    assert walker.here == "item_heard"
    walker.answer()
    assert re.search(r'value="1"[^>]* checked', walker.content)


def test_from_the_last_page_one_answer_is_changed_and_the_others_stay(
    walker: Walker, round_: SurveyRound
) -> None:
    walker.to_the_end().go("item_safe")
    assert walker.here == "item_safe"
    walker.answer(item_safe="1")
    assert walker.here == "check"
    walker.go("comment")
    # Back without a change, and an emptied comment.
    walker.answer("back")
    walker.go("comment").answer(comment="")
    assert "Nothing written" in walker.content
    walker.go("send")
    (answered,) = opened(round_)
    assert answered is not None
    assert answered.scores == {item.code: 4 for item in CURRENT.items} | {"safe": 1}
    assert answered.comment == ""


@pytest.mark.django_db(transaction=True)
def test_nothing_is_stored_anywhere_before_it_is_sent(
    round_: SurveyRound,
    consumers: list[Member],
    login: Login,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    broker = Redis.from_url(settings.CELERY_BROKER_URL)
    client = login(consumers[0])
    walker = Walker(round_, consumers[0], client)
    with tenancy.entering(None):
        kept = broker.keys("*")
        cookies = {name: each.value for name, each in client.cookies.items()}
        caplog.clear()
        moment = now_in_transactions()
        walker.go("begin").go("next").answer("back").answer()
        walker.to_the_end()
        walker.go("next", carried="changed")
        assert tables_written_since(moment) == set()
        assert (broker.keys("*"), {name: each.value for name, each in client.cookies.items()}) == (
            kept,
            cookies,
        )
        assert not [each for each in caplog.records if "/o/" in each.getMessage()]
        walker.to_the_end().go("send")
        assert tables_written_since(moment) == {
            "satisfaction_sealedanswer",
            "satisfaction_surveycode",
        }


def test_what_a_page_carries_says_nothing_without_the_rounds_key(walker: Walker) -> None:
    walker.to_the_end()
    assert "The room is cold" in walker.content
    assert "cold" not in walker.carried
    walker.go("item_heard")
    # Of the answers before, a browser has no more than this.
    assert "cold" not in walker.content


CHANGED: dict[str, Callable[[Walker], dict[str, str]]] = {
    "nothing": lambda walker: {"carried": ""},
    "made up": lambda walker: {"carried": "e30="},
    "cut": lambda walker: {"carried": walker.carried[:-9]},
    "a letter": lambda walker: {"carried": walker.carried[:40] + "AAAA" + walker.carried[44:]},
    "not text": lambda walker: {"carried": "\x00ü" * 99},
    "no screen": lambda walker: {"here": ""},
    "an unknown screen": lambda walker: {"here": "item_nothing"},
    "a screen with a long name": lambda walker: {"here": "x" * 9_999},
}


@pytest.mark.parametrize("how", CHANGED)
def test_a_hidden_field_that_was_changed_is_refused_with_a_way_on(
    how: str, walker: Walker, round_: SurveyRound
) -> None:
    walker.go("begin").answer().answer()
    walker.go("next", **{walker.here: "4", **CHANGED[how](walker)})
    assert walker.page.status_code == 422
    assert "Please start again. Nothing was sent." in walker.content
    assert walker.here == ""
    assert walker.to_the_end().go("send").page.status_code == 302


@pytest.mark.parametrize("to", ["next", "back"])
@pytest.mark.parametrize("wrong", ["6", "-1", "x", "9" * 40, "4\x00"])
def test_an_answer_that_was_not_offered_is_refused_on_its_screen(
    wrong: str, to: str, walker: Walker
) -> None:
    walker.go("begin").answer().go(to, item_respected=wrong)
    assert walker.page.status_code == 422
    assert walker.here == "item_respected"
    assert "Error:" in walker.content


def test_a_screen_without_an_answer_says_so_and_a_long_comment_is_not_lost(walker: Walker) -> None:
    walker.go("begin").go("next")
    assert (walker.page.status_code, walker.here) == (422, "item_heard")
    walker.to_the_end(comment="x" * 3_000)
    assert (walker.page.status_code, walker.here) == (422, "comment")
    assert "x" * 3_000 in walker.content
    walker.answer("back", comment="y" * 3_000)
    assert (walker.page.status_code, walker.here) == (422, "comment")


def test_nobody_comes_to_the_end_past_a_statement(walker: Walker, round_: SurveyRound) -> None:
    walker.go("begin").answer()
    for to in ("next", "send", "anywhere"):
        walker.go(to, here="check")
        assert walker.page.status_code == 422
        assert not opened(round_)
    walker.to_the_end()
    carried = walker.carried
    # What another code's page carried is nobody else's.
    walker.go("send", carried="", here="check")
    assert not opened(round_)
    walker.go("send", carried=carried, here="check")
    assert walker.page.status_code == 302


def test_what_one_code_carries_is_nothing_to_another(
    round_: SurveyRound, consumers: list[Member]
) -> None:
    one, other = Walker(round_, consumers[0]), Walker(round_, consumers[1])
    one.to_the_end()
    other.go("send", carried=one.carried, here="check")
    assert other.page.status_code == 422
    assert not opened(round_)


def test_answers_that_wait_for_long_are_forgotten(
    round_: SurveyRound, time_machine: TimeMachineFixture
) -> None:
    secret = round_keys.of(round_).secret
    draft = Draft({"item_heard": "4"}, checking=True)
    carried = drafts.seal(secret, "CODE", draft)
    assert drafts.unseal(secret, "CODE", carried) == draft
    time_machine.move_to(timezone.now() + DRAFT_LASTS.span - timedelta(minutes=1))
    assert drafts.unseal(secret, "CODE", carried) == draft
    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    with pytest.raises(DraftLost):
        drafts.unseal(secret, "CODE", carried)


def test_a_round_that_ends_meanwhile_is_told_in_its_words(
    walker: Walker, round_: SurveyRound, finish: Finishing
) -> None:
    walker.go("begin").answer()
    carried = walker.carried
    finish(round_)
    walker.go("next", item_respected="4", carried=carried, here="item_respected")
    # Its codes are deleted with its keys.
    assert walker.page.status_code == 404


def test_a_day_that_is_over_is_told_in_its_words(
    walker: Walker, round_: SurveyRound, later: Callable[[int], None]
) -> None:
    walker.to_the_end()
    later((round_.closes - round_.agency.today()).days)
    walker.go("send")
    assert walker.page.status_code == 403
    assert "This survey is closed." in walker.content


def test_a_house_with_one_address_can_answer_and_guessing_ends(
    round_: SurveyRound, consumers: list[Member]
) -> None:
    pages = len(NAMES) + 4
    assert 50 * pages < LOOKS_AN_HOUR.value
    walker = Walker(round_, consumers[0])
    flood.forget()
    for _page in range(LOOKS_AN_HOUR.value):
        flood.too_many(walker.page.wsgi_request, "survey", limit=LOOKS_AN_HOUR.value)
    walker.go("begin")
    assert walker.page.status_code == 429
    assert "try again in an hour" in walker.content


def test_without_the_rounds_key_the_statements_are_on_one_page(
    round_: SurveyRound, consumers: list[Member], monkeypatch: pytest.MonkeyPatch
) -> None:
    walker = Walker(round_, consumers[0])
    code = code_of(round_, consumers[0])
    monkeypatch.setattr("foundation.key_store.read", lambda name: None)
    page = walker.client.get(walker.url)
    assert page["Location"] == reverse("satisfaction_open:whole", args=[code])
    assert walker.client.get(page["Location"]).status_code == 200


def test_the_last_page_has_the_browser_forget_the_ones_before(db: None) -> None:
    page = Client().get(reverse("satisfaction_open:thanks"))
    assert page["Clear-Site-Data"] == '"cache"'
