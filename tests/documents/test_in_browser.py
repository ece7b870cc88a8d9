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
from tests.conftest import Login
from tests.documents.conftest import Adopt, Put, Rate
from tests.frontend.test_in_browser import is_big_enough

SHOTS = os.environ.get("SHOTS")


def look(page: Page, axe: Axe, url: str) -> None:
    page.goto(url)
    axe(page)
    assert is_big_enough(page) == [], url
    if SHOTS:
        name = url.strip("/").replace("/", "_").replace("?", "_")
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.screenshot(path=Path(SHOTS) / f"{name}_{width}.png", full_page=True)


def test_every_page_of_documents_is_accessible_on_a_phone_and_a_desk(
    put: Put,
    adopt: Adopt,
    rate: Rate,
    administrator: Member,
    consumer: Member,
    provider: Member,
    browse: Browse,
    login: Login,
    axe: Axe,
) -> None:
    first = adopt(put())
    second = adopt(put(text="We trust in people.\n\nThey decide."))
    rate(second, consumer, without="hope")
    rate(second, provider)
    chart = actions.draft(
        DocumentKind.PROCESS,
        form=Form.CHART,
        text="Ask people\nChoose together\nTry it",
        text_equivalent="First we ask people. Then we choose together. Then we try it.",
        by=administrator,
    )
    agency = first.agency
    mission = at(agency, "documents:document", kind="mission")
    compare = at(agency, "documents:compare", kind="mission")
    by = {
        consumer: [
            at(agency, "documents:list"),
            mission,
            at(agency, "documents:document", kind="charter"),
            at(agency, "documents:version", pk=second.pk),
            at(agency, "documents:rate", pk=second.pk),
            at(agency, "documents:print_version", pk=second.pk),
            compare,
            f"{compare}?old={first.pk}&new={second.pk}",
        ],
        administrator: [
            mission,
            at(agency, "documents:draft", kind="mission"),
            at(agency, "documents:version", pk=chart.pk),
            at(agency, "documents:edit", pk=chart.pk),
            at(agency, "documents:propose", pk=chart.pk),
        ],
    }
    for member, urls in by.items():
        page = browse(login(member))
        for url in urls:
            look(page, axe, url)


def test_a_consumer_says_what_they_find(
    put: Put, consumer: Member, browse: Browse, login: Login, axe: Axe
) -> None:
    version = put()
    page = browse(login(consumer))
    page.goto(at(version.agency, "documents:rate", pk=version.pk))
    page.get_by_role("button", name="Send what I found").click()
    expect(page).to_have_title(re.compile("^Error:"))
    axe(page)
    for item in CHECKLISTS[DocumentKind.MISSION]:
        group = page.get_by_role("group", name=str(item.question))
        group.get_by_label("Yes" if item.code == "hope" else "No").check()
    page.locator("#id_hope_words").fill("trust in hope")
    page.get_by_role("button", name="Send what I found").click()
    expect(page.get_by_text("Thank you. What you found counts now.")).to_be_visible()
    found = Rating.objects.within(version.agency).get().items.filter(present=True).get()
    assert (found.code, found.words) == ("hope", "trust in hope")
