"""Survey pages on a phone and a desktop, and answering them, in a real browser."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Member
from devtools.fixtures import Axe, Browse
from foundation.addresses import at
from foundation.models import Agency
from satisfaction.models import SurveyRound
from tests.conftest import Login
from tests.satisfaction.conftest import Answering, Finishing, code_of

SHOTS = os.environ.get("SHOTS")


def look(page: Page, axe: Axe, url: str = "") -> None:
    if url:
        page.goto(url)
    axe(page)
    if SHOTS:
        name = re.sub(r"\W+", "_", page.url.partition("//")[2].partition("/")[2])
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=Path(SHOTS) / f"{name}{width}.png", full_page=True)


def test_every_page_of_the_survey_is_accessible_on_a_phone_and_a_desk(
    agency: Agency,
    round_: SurveyRound,
    consumers: list[Member],
    facilitator: Member,
    answer: Answering,
    finish: Finishing,
    browse: Browse,
    login: Login,
    axe: Axe,
) -> None:
    page = browse(login(facilitator))
    for name in ("extend", "sheets", "enter", "results"):
        look(page, axe, at(agency, f"satisfaction:{name}", pk=round_.pk))
    look(page, axe, at(agency, "satisfaction:rounds"))
    look(page, axe, reverse("satisfaction_open:code"))
    look(page, axe, reverse("satisfaction_open:thanks"))
    for number, member in enumerate(consumers):
        answer(round_, member, score=number % 3 + 3, comment=f"Words {number}")
    look(page, axe, reverse("satisfaction_open:survey", args=[code_of(round_, consumers[0])]))
    finish(round_)
    page = browse(login(facilitator))
    for name in ("results",):
        look(page, axe, at(agency, f"satisfaction:{name}", pk=round_.pk))
    look(page, axe, at(agency, "satisfaction:rounds"))
    look(page, axe, at(agency, "satisfaction:open_round"))
    page.get_by_role("button", name="See who gets a message").click()
    expect(page).to_have_title(re.compile("^Who gets a message"))
    look(page, axe)


def test_a_consumer_answers_from_what_waits(
    agency: Agency,
    round_: SurveyRound,
    consumers: list[Member],
    browse: Browse,
    login: Login,
    axe: Axe,
    later: Callable[[int], None],
) -> None:
    page = browse(login(consumers[0]))
    page.goto(at(agency, "satisfaction:answer", pk=round_.pk))
    look(page, axe)
    page.get_by_role("button", name="Send my answers").click()
    expect(page).to_have_title(re.compile("^Error:"))
    axe(page)
    for group in page.locator("main fieldset").all():
        group.get_by_label("I agree", exact=True).or_(group.get_by_label("I use services")).check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert round_.envelopes.count() == 1
