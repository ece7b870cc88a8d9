"""A concern from its writer, without scripts, to the right two readers, and to nobody else."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from accounts.models import Member
from concerns.models import Concern
from devtools.fixtures import Axe, Browse
from foundation.addresses import at
from foundation.models import Agency
from tests.concerns.conftest import SAID, CodedReader
from tests.concerns.test_secrecy import everything
from tests.conftest import Login

Readers = tuple[CodedReader, CodedReader, CodedReader]
PHONE, DESK = ViewportSize(width=320, height=800), ViewportSize(width=1280, height=800)


def narrow(page: Page) -> None:
    """Nothing of the page is wider than a phone; measured without a script of the page."""
    page.set_viewport_size(PHONE)
    for each in page.locator("main *:visible").all():
        box = each.bounding_box()
        assert box is None or box["x"] + box["width"] <= PHONE["width"] + 1, each
    page.set_viewport_size(DESK)


def enter(page: Page, reader: CodedReader) -> None:
    page.goto(at(reader.member.agency, "concerns:enter_code"))
    page.get_by_label("Your reading code").fill(reader.code)
    page.get_by_role("button", name="Go on").click()


def ready(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="I am ready to read").click()


@pytest.mark.promise("concerns")
def test_a_concern_reaches_two_readers_and_nobody_else(
    readers: Readers,
    consumer: Member,
    administrator: Member,
    agency: Agency,
    browse: Browse,
    login: Login,
    axe: Axe,
) -> None:
    chidi, dana, luis = readers
    writer = browse(login(consumer), javascript=False)
    writer.goto(at(agency, "concerns:channel"))
    narrow(writer)
    writer.get_by_role("button", name="Write to them").or_(
        writer.get_by_role("link", name="Write to them")
    ).click()
    writer.get_by_label("Luis").check()
    narrow(writer)
    writer.get_by_role("button", name="Go on").click()
    expect(writer.get_by_text("Chidi")).to_be_visible()
    expect(writer.get_by_text("Luis")).to_have_count(0)
    narrow(writer)
    writer.get_by_label("What happened?").fill(SAID)
    writer.get_by_role("button", name="Send it").click()
    code = writer.locator(".app-code").inner_text()
    narrow(writer)

    concern = Concern.objects.within(agency).get()
    url = at(agency, "concerns:concern", key=concern.pk)
    one, other = browse(login(chidi.member)), browse(login(dana.member))
    enter(one, chidi)
    ready(one, url)
    expect(one.get_by_text(SAID)).to_have_count(0)
    axe(one)
    enter(other, dana)
    ready(other, url)
    expect(other.get_by_text(SAID)).to_be_visible()
    one.get_by_role("link", name="Look again").click()
    expect(one.get_by_text(SAID)).to_be_visible()
    axe(one)
    one.get_by_role("link", name="Reply to the person who wrote").click()
    one.get_by_label("Your words").fill("We believe you.")
    one.get_by_role("button", name="Send the reply").click()

    for member in (luis.member, administrator):
        assert login(member).get(url).status_code == 404
    dump = everything()
    assert SAID not in dump
    assert "We believe you." not in dump

    writer.goto("/o/concerns/answer/")
    writer.get_by_label("Your code").fill(code)
    writer.get_by_role("button", name="Read").click()
    expect(writer.get_by_text("We believe you.")).to_be_visible()
    narrow(writer)
    writer.get_by_role("button", name="Make it a formal complaint as well").click()
    expect(writer.get_by_text("have not handed it in yet")).to_be_visible()
