"""The pages of governing documents on a phone and a desk; one person writes, another rates."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from accounts.models import Member
from devtools.fixtures import Axe, Browse
from documents import actions
from documents.checklists import CHECKLISTS
from documents.models import DocumentKind, Form, Rating
from foundation.addresses import at
from tests.browser.looks import too_small
from tests.conftest import Login
from tests.documents.conftest import Put

SHOTS = os.environ.get("SHOTS")


def look(page: Page, axe: Axe, url: str) -> None:
    page.goto(url)
    axe(page)
    assert too_small(page) == [], url
    if SHOTS:
        name = url.strip("/").replace("/", "_").replace("?", "_")
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=Path(SHOTS) / f"{name}_{width}.png", full_page=True)


def test_the_pages_of_a_draft_are_accessible_on_a_phone_and_a_desk(
    put: Put, administrator: Member, browse: Browse, login: Login, axe: Axe
) -> None:
    agency = put().agency
    chart = actions.draft(
        DocumentKind.PROCESS,
        form=Form.CHART,
        text="Ask people\nChoose together\nTry it",
        text_equivalent="First we ask people. Then we choose together. Then we try it.",
        by=administrator,
    )
    page = browse(login(administrator))
    for name in ("version", "edit", "propose"):
        look(page, axe, at(agency, f"documents:{name}", pk=chart.pk))


def test_a_consumer_says_what_they_find(
    put: Put, consumer: Member, browse: Browse, login: Login
) -> None:
    version = put()
    page = browse(login(consumer))
    page.goto(at(version.agency, "documents:rate", pk=version.pk))
    page.get_by_role("button", name="Send what I found").click()
    expect(page).to_have_title(re.compile("^Error:"))
    for item in CHECKLISTS[DocumentKind.MISSION]:
        group = page.get_by_role("group", name=str(item.question))
        group.get_by_label("Yes" if item.code == "hope" else "No").check()
    page.locator("#id_hope_words").fill("trust in hope")
    page.get_by_role("button", name="Send what I found").click()
    expect(page.get_by_text("Thank you. What you found counts now.")).to_be_visible()
    found = Rating.objects.within(version.agency).get().items.filter(present=True).get()
    assert (found.code, found.words) == ("hope", "trust in hope")
