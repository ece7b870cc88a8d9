"""From an empty page to a proposal in three pages; sheets that fit on their paper."""

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import Member
from cqi_portal.guides.reading import GUIDES
from devtools.fixtures import Browse
from documents.models import Version
from foundation.addresses import at
from foundation.models import Agency
from groups.models import Decision, Group
from starters.rules import PRINTED
from starters.texts import LANGUAGES, TextCode, starter
from tests.conftest import Login, Look
from tests.documents.conftest import board, committee

__all__ = ["board", "committee"]
MOST_PAGES = 3
# A letter sheet without its margins, in CSS pixels.
SHEET = {"width": 672, "height": 912}
SEVERAL_SHEETS = {TextCode.GUIDE}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mission_goes_from_our_text_to_a_proposal(
    language: str,
    agency: Agency,
    administrator: Member,
    committee: Group,
    board: Group,
    browse: Browse,
    login: Login,
) -> None:
    page, text = browse(login(administrator)), starter(TextCode.MISSION, language)
    labels = {blank.name: blank.label for blank in text.blanks}
    page.goto(at(agency, "documents:document", kind="mission"))
    pages: list[str] = []

    def on_the_way() -> None:
        path = page.url.partition("/a/")[2].partition("?")[0]
        if path not in pages:
            pages.append(path)

    page.get_by_role("link", name="Start from our text").click()
    on_the_way()
    if language != "en":
        page.get_by_role("link", name=LANGUAGES[language]).click()
    expect(page.get_by_label(labels["agency"])).to_have_value(agency.name)
    page.get_by_label(labels["area"]).fill("Hood River County")
    page.get_by_role("button", name="Put it in the draft").click()
    on_the_way()
    words = page.get_by_label("The text")
    blank = f"[[{labels['services']}]]"
    assert blank in words.input_value()
    page.get_by_role("button", name="Save it and put it to a decision").click()
    expect(page.get_by_role("alert")).to_contain_text(labels["services"])
    assert not Version.objects.within(agency).exists()
    words.fill(words.input_value().replace(blank, "peer support"))
    page.get_by_role("button", name="Save it and put it to a decision").click()
    on_the_way()
    page.get_by_role("button", name="Ask them").click()
    expect(page.get_by_text("They have been asked.")).to_be_visible()
    assert len(pages) == MOST_PAGES, pages
    version = Version.objects.within(agency).get()
    assert version.proposed_on is not None
    assert "Hood River County" in version.text
    asked = Decision.objects.within(agency).filter(subject_type="document_version")
    assert asked.count() == 2


def filled(code: TextCode, language: str) -> dict[str, str]:
    """Its own examples, and long answers where it gives none."""
    long = "Community Room, second floor, 1200 River Street"
    return {
        blank.name: blank.hint.partition(": ")[2] or long
        for blank in starter(code, language).blanks
    }


def height_on_paper(page: Page, part: str) -> float:
    page.set_viewport_size({"width": SHEET["width"], "height": SHEET["height"]})
    page.emulate_media(media="print")
    box = page.locator(part).bounding_box()
    assert box is not None
    return box["y"] + box["height"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_fits_on_one_sheet(
    language: str, agency: Agency, facilitator: Member, browse: Browse, login: Login
) -> None:
    client = login(facilitator)
    page = browse(client)
    too_long = {}
    for code in PRINTED:
        if code in SEVERAL_SHEETS:
            continue
        shown = client.get(
            at(agency, "starters:text", code=code),
            {"starter": language, **filled(code, language)},
        ).context["shown"]
        page.emulate_media(media="screen")
        page.goto(f"{at(agency, 'starters:text', code=code)}?{shown.query}")
        height = height_on_paper(page, ".app-sheet")
        if height > SHEET["height"]:
            too_long[code] = height
        expect(page.get_by_role("button", name="Show it filled in")).to_be_hidden()
        expect(page.get_by_role("banner")).to_be_hidden()
    assert too_long == {}


def test_a_guide_fits_on_one_sheet(
    agency: Agency, administrator: Member, browse: Browse, login: Login
) -> None:
    page = browse(login(administrator))
    too_long = {}
    for guide in GUIDES:
        page.emulate_media(media="screen")
        page.goto(at(agency, "guide", guide=guide.code))
        height = height_on_paper(page, ".app-footer")
        if height > SHEET["height"]:
            too_long[guide.code] = height
    assert too_long == {}


def test_the_pages_can_be_used_by_everybody(
    agency: Agency, administrator: Member, look: Look, login: Login
) -> None:
    client: Client = login(administrator)
    for url in (
        at(agency, "documents:starter", kind="process"),
        f"{at(agency, 'documents:draft', kind='process')}?starter=es",
        at(agency, "starters:texts"),
        f"{at(agency, 'starters:text', code=TextCode.POSTER)}?starter=es",
        at(agency, "starters:text", code=TextCode.GUIDE),
        at(agency, "guide", guide="administrator"),
    ):
        look(client, url)
