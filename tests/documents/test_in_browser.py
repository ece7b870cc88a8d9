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


def test_a_process_is_written_in_steps_and_drawn(
    facilitator: Member, browse: Browse, login: Login
) -> None:
    """On a phone without scripts: two steps, one moved, the drawing and the list."""
    page = browse(login(facilitator), javascript=False)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(at(facilitator.agency, "documents:draft", kind="process"))
    page.get_by_label("The text").fill("It follows our mission statement.")
    page.get_by_label("Steps that are drawn as a flowchart").check()
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("link", name="Add the first step").click()
    page.get_by_role("button", name="Save the step").click()
    expect(page).to_have_title(re.compile("^Error:"))
    for name in ("Choose an idea", "Ask people"):
        page.get_by_label("What happens in this step?").fill(name)
        page.get_by_label("Who decides?").fill("The cell, by consent.")
        page.get_by_label("Where do consumers take part?").fill("They vote as everybody does.")
        page.get_by_role("button", name="Save the step").click()
        if name == "Choose an idea":
            page.get_by_role("link", name="Add a step").click()
    expect(
        page.get_by_text("No step says this yet: Told back, Appeal, Measured by")
    ).to_be_visible()
    page.get_by_role("link", name="Move (Ask people)").click()
    page.get_by_role("button", name="Move it up").click()
    drawn = page.get_by_role("img", name=re.compile("^Flowchart of the steps"))
    expect(drawn).to_have_count(1)
    expect(drawn).to_contain_text("1. Ask people")
    box = drawn.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    names = page.locator("ol strong").all_text_contents()
    assert names == ["Ask people", "Choose an idea"]
