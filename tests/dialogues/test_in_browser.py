"""What only a browser can show: pages of dialogues on a phone and a desk, and three taps."""

import os
import re
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Member
from cells.cell.models import Cell
from devtools.fixtures import Axe, Browse
from dialogues.dialogue.models import Dialogue
from dialogues.sessions.models import SessionAnswer
from dialogues.themes import actions as hearing
from dialogues.told_back import actions as telling
from dialogues.voices.models import Contribution, Voice
from foundation.addresses import at
from foundation.models import Agency
from tests.conftest import Login
from tests.dialogues.conftest import Hold

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


def test_who_was_there_answers_two_questions_and_is_thanked(
    agency: Agency,
    hold: Hold,
    consumer: Member,
    provider: Member,
    browse: Browse,
    login: Login,
    axe: Axe,
) -> None:
    meeting = hold(1, consumer, provider)
    page = browse(login(consumer))
    page.goto(at(agency, "home_of"))
    page.get_by_role("link", name="Two questions about").click()
    for question, answer in (("I was heard.", "I agree a lot"), ("I understand", "I disagree")):
        page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page).to_have_url(re.compile(at(agency, "dialogues:questions_answered") + "$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    look(page, axe)
    answers = SessionAnswer.objects.within(agency).filter(meeting=meeting)
    assert [*answers.values_list("side", "heard", "understood")] == [("consumer", 5, 2)]
    page.goto(at(agency, "home_of"))
    expect(page.get_by_role("link", name="Two questions about")).to_have_count(0)


def test_somebody_speaks_as_nobody_in_three_taps_and_finds_the_reply(
    agency: Agency, dialogue: Dialogue, consumer: Member, page: Page, axe: Axe
) -> None:
    page.goto(reverse("dialogues_open:voice", args=[dialogue.doors.get().code]))
    expect(page.locator("main a[href='tel:988']")).to_be_visible()
    look(page, axe)
    page.get_by_label("What has it been like for you here?").check()
    page.get_by_label("What do you want to say?").fill("Nobody asks me.")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What others will see")
    axe(page)
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "o_preview.png", full_page=True)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    axe(page)
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "o_thanks.png", full_page=True)
    receipt = page.locator(".app-code").inner_text()
    voice = Voice.objects.within(agency).get()
    theme = hearing.harvest(dialogue, by=consumer, title="Being asked", words=[voice])
    telling.dispose(theme, by=consumer, kind="answered", answer="We ask everyone now.")
    page.get_by_role("link", name="look for the reply").click()
    look(page, axe)
    page.get_by_label("Your code").fill(receipt)
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_text("We ask everyone now.")).to_be_visible()
    axe(page)
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / "o_found.png", full_page=True)


def test_a_theme_becomes_an_idea_and_its_story_is_told(
    agency: Agency,
    dialogue: Dialogue,
    said: Contribution,
    cell: Cell,
    consumer: Member,
    browse: Browse,
    login: Login,
) -> None:
    page = browse(login(consumer))
    page.goto(at(agency, "dialogues:harvest", pk=dialogue.pk))
    page.get_by_label(said.text).check()
    page.get_by_label("Name the theme in one sentence").fill("People want to see their plan")
    page.get_by_label("The words that say it best").fill("Nobody shows me my plan")
    page.get_by_role("button", name="Keep this theme").click()
    page.get_by_role("button", name="Take it to a cell").or_(
        page.get_by_role("link", name="Take it to a cell")
    ).first.click()
    page.get_by_label("Which cell should take it up?").select_option(label="Plans together")
    page.get_by_label("Something to make better").check()
    page.get_by_role("button", name="Give it to the cell").click()
    expect(page.locator(".app-story")).to_contain_text("Nobody shows me my plan")
    expect(page.locator(".app-story")).to_contain_text("An idea was raised in Plans together")
