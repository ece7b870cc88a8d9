"""Survey pages on a phone and a desktop, and answering them, in a real browser."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Error, Page, expect

from accounts.models import Member
from devtools.fixtures import Axe, Browse
from foundation.addresses import at
from foundation.models import Agency
from satisfaction.instrument import CURRENT
from satisfaction.models import SurveyRound
from tests.conftest import Login
from tests.satisfaction.conftest import Answering, Finishing, code_of, opened

SHOTS = os.environ.get("SHOTS")


def look(page: Page, axe: Axe, url: str = "", name: str = "") -> None:
    if url:
        page.goto(url)
    axe(page)
    if SHOTS:
        name = name or re.sub(r"\W+", "_", page.url.partition("//")[2].partition("/")[2])
        before = page.viewport_size
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=Path(SHOTS) / f"{name}{width}.png", full_page=True)
        if before is not None:
            page.set_viewport_size(before)


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
    look(page, axe, reverse("satisfaction_open:whole", args=[code_of(round_, consumers[0])]))
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
    page.get_by_role("link", name="All statements on one page").click()
    look(page, axe)
    page.get_by_role("button", name="Send my answers").click()
    expect(page).to_have_title(re.compile("^Error:"))
    axe(page)
    for group in page.locator("main fieldset").all():
        group.get_by_label("I agree", exact=True).or_(group.get_by_label("I use services")).check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert round_.envelopes.count() == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_a_consumer_answers_one_statement_at_a_time(
    javascript: bool,
    round_: SurveyRound,
    consumers: list[Member],
    browse: Browse,
    axe: Axe,
) -> None:
    page = browse(javascript=javascript)

    def seen(name: str) -> None:
        # Without scripts, there is no axe either.
        if javascript:
            look(page, axe, name=name)

    page.set_viewport_size({"width": 320, "height": 640})
    address = reverse("satisfaction_open:survey", args=[code_of(round_, consumers[0])])
    page.goto(address)
    page.get_by_role("button", name="Start").click()
    heading = page.get_by_role("heading", level=1)
    for number, item in enumerate(CURRENT.items, start=1):
        expect(heading).to_have_text(str(item.text))
        expect(page.locator("main")).to_contain_text(f"{number} of 12")
        if number in (1, 2):
            seen(f"step{number}")
        if number == 1:
            page.get_by_role("button", name="Next").click()
            expect(page).to_have_title(re.compile("^Error:"))
            seen("step_error")
        page.wait_for_load_state()
        for choice in page.locator("main .govuk-radios__label").all():
            box = choice.bounding_box()
            assert box is not None
            assert box["height"] >= 44
            assert box["x"] + box["width"] <= 320
        page.get_by_label("I agree", exact=True).check()
        page.get_by_role("button", name="Next").click()
    # Back to the last statement, with another answer.
    page.get_by_role("button", name="Back").click()
    expect(heading).to_have_text(str(CURRENT.items[-1].text))
    expect(page.get_by_label("I agree", exact=True)).to_be_checked()
    page.get_by_label("I disagree", exact=True).check()
    page.get_by_role("button", name="Next").click()
    seen("step_side")
    page.get_by_label("I use services").check()
    page.get_by_role("button", name="Next").click()
    seen("step_comment")
    page.get_by_label("What else should we know?").fill("The room is cold")
    page.get_by_role("button", name="Next").click()
    expect(heading).to_have_text("Check your answers")
    seen("check")
    assert page.url.endswith(address)
    page.get_by_role("button", name=f"Change {CURRENT.items[0].text}").click()
    page.get_by_label("In between").check()
    page.get_by_role("button", name="Save").click()
    expect(heading).to_have_text("Check your answers")
    page.get_by_role("button", name="Send my answers").click()
    expect(heading).to_have_text("Thank you")
    (answered,) = opened(round_)
    assert answered is not None
    expected = {item.code: 4 for item in CURRENT.items} | {"heard": 3, "worthwhile": 2}
    assert answered.scores == expected
    # Whoever takes up this phone now finds no answer by going back or loading again.
    # The browser kept nothing to show, and asks whether to send it again.
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()
    expect(page.locator("body")).not_to_contain_text("The room is cold")
    page.goto(address)
    expect(heading).to_have_text("This survey has been answered with this code.")


def test_a_page_that_a_browser_keeps_as_it_was_has_no_answers(
    round_: SurveyRound, consumers: list[Member], browse: Browse
) -> None:
    page = browse()
    page.goto(reverse("satisfaction_open:survey", args=[code_of(round_, consumers[0])]))
    page.get_by_role("button", name="Start").click()
    page.get_by_label("I agree", exact=True).check()
    expect(page.locator("form[data-private]")).to_have_count(1)
    page.dispatch_event("html", "pagehide")
    expect(page.locator("form[data-private]")).to_have_count(0)


def test_the_pages_of_a_reflection(
    agency: Agency, few: list[Member], browse: Browse, login: Login, axe: Axe
) -> None:
    page = browse(login(few[0]))
    look(page, axe, at(agency, "satisfaction:reflections"), name="reflections_none")
    page.get_by_role("link", name="Write down what you say together").click()
    look(page, axe, name="reflection_write")
    page.get_by_label("When did you meet?").fill(agency.today().isoformat())
    page.get_by_label("Where does the outside peer come from?").fill("The peer center")
    page.get_by_label("What do you say together?").fill("We are heard. Meetings start too early.")
    page.get_by_label("We met without staff").check()
    page.get_by_role("button", name="Save").click()
    look(page, axe, name="reflection_work")
    page = browse(login(few[1]))
    page.goto(at(agency, "satisfaction:reflections"))
    page.get_by_role("button", name="I agree", exact=True).click()
    look(page, axe, name="reflection_agreed")
    page.get_by_role("link", name="Release it").click()
    look(page, axe, name="reflection_release")
    page.get_by_role("button", name="Release it").click()
    look(page, axe, name="reflection_released")
    expect(page.locator("main")).to_contain_text("Meetings start too early.")
