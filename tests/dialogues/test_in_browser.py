"""What only a browser can show: pages of dialogues on a phone and a desk, and three taps."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import Member, StandingKind
from cells.models import Cell, OpportunityKind
from devtools.fixtures import Axe, Browse
from dialogues import actions, readers
from dialogues.models import Contribution, Dialogue, Theme, Voice
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


def test_every_page_of_a_dialogue_is_accessible_on_a_phone_and_a_desk(
    agency: Agency,
    dialogue: Dialogue,
    focused: Dialogue,
    theme: Theme,
    cell: Cell,
    hold: Hold,
    program_readers: None,
    administrator: Member,
    facilitator: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    enter: Callable[..., Member],
    browse: Browse,
    login: Login,
    axe: Axe,
) -> None:
    actions.speak_anonymously(agency, receipt="A" * 12, text="I was never asked.")
    actions.contribute(agency, by=second_consumer, text="The doors are open. Good!", named=False)
    words = actions.contribute(
        agency, by=second_consumer, dialogue=dialogue, text="The bus is late"
    )
    bus = actions.harvest(dialogue, by=facilitator, title="Buses", words=[words])
    actions.dispose(
        bus, by=facilitator, kind="not_ours", reason="The city runs it.", went_to="The city"
    )
    actions.take_to_cell(
        theme, cell, by=facilitator, kind=OpportunityKind.PROBLEM, title=theme.title
    )
    actions.reply(theme, by=facilitator, text="You said you do not see your plan. Now you do.")
    words = actions.contribute(agency, by=second_consumer, dialogue=dialogue, text="More tea")
    tea = actions.harvest(dialogue, by=facilitator, title="Tea", words=[words])
    actions.open_door(agency, None, by=facilitator)
    people = [
        enter(f"P{n}", kind)
        for kind in (StandingKind.PRIMARY_CONSUMER, StandingKind.PROVIDER)
        for n in range(5 * (kind == StandingKind.PROVIDER), 5 + 5 * (kind == StandingKind.PROVIDER))
    ]
    meeting = hold(6, consumer, second_consumer, provider, *people)

    def pages(names: str, pk: int | None = None) -> list[str]:
        keys = {} if pk is None else {"pk": pk}
        return [at(agency, f"dialogues:{name}", **keys) for name in names.split()]

    by = {
        second_consumer: [
            *pages("have_your_say say my_words dialogues questions_answered"),
            *pages("dialogue say_in ground_rules closings", dialogue.pk),
            *pages("story", theme.pk),
            *pages("story", bus.pk),
            *pages("closing_questions", meeting.pk),
            at(agency, "groups:meeting", pk=meeting.pk),
        ],
        consumer: [
            *pages("dialogue ground_rules set_ground_rules harvest door_of", dialogue.pk),
            *pages("theme add_words dispose convert", tea.pk),
            *pages("theme reply", theme.pk),
            *pages("unheard", dialogue.pk),
            *pages("unheard_program"),
            *pages("program_reader end_reader", readers.named(agency, agency.today())[0].pk),
        ],
        administrator: pages("program_readers"),
        facilitator: [
            *pages("dialogues open_dialogue enter_for_someone door"),
            *pages("co_facilitator grow", dialogue.pk),
            *pages("dialogue close harvest", focused.pk),
        ],
    }
    for member, urls in by.items():
        page = browse(login(member))
        for url in urls:
            look(page, axe, url)


def test_empty_pages_and_errors_are_accessible(
    agency: Agency,
    bare: Dialogue,
    second_consumer: Member,
    facilitator: Member,
    browse: Browse,
    login: Login,
    axe: Axe,
) -> None:
    page = browse(login(second_consumer))
    for name in ("have_your_say", "my_words"):
        look(page, axe, at(agency, f"dialogues:{name}"))
    page.goto(at(agency, "dialogues:say"))
    page.get_by_role("button", name="Send").click()
    expect(page).to_have_title(re.compile("^Error:"))
    axe(page)
    page = browse(login(facilitator))
    look(page, axe, at(agency, "dialogues:harvest", pk=bare.pk))
    page.goto(at(agency, "dialogues:open_dialogue"))
    page.get_by_role("button", name="Start the dialogue").click()
    expect(page).to_have_title(re.compile("^Error:"))
    axe(page)


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
    receipt = page.locator(".app-number").inner_text()
    voice = Voice.objects.within(agency).get()
    theme = actions.harvest(dialogue, by=consumer, title="Being asked", words=[voice])
    actions.dispose(theme, by=consumer, kind="answered", answer="We ask everyone now.")
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
