"""A consumer rates a governing document."""

import re

from playwright.sync_api import expect

from accounts.models import Member
from devtools.fixtures import Browse
from documents.checklists import CHECKLISTS
from documents.models import DocumentKind, Rating
from foundation.addresses import at
from tests.conftest import Login
from tests.documents.conftest import Put


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
