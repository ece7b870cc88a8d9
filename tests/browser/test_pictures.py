"""The pictures of the README and the guide, taken from the demo: `PICTURES=1` writes them anew."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.xdist_group("portal")
Picture = Callable[[Page, str], Path]
TALL: ViewportSize = {"width": 1100, "height": 1440}
WIDE: ViewportSize = {"width": 1100, "height": 760}


@pytest.mark.parametrize(
    ("person", "url", "heading", "name"),
    [
        ("ada", "/a/riverside/indicators/", "How the program is doing", "dashboard"),
        ("rosa", "/a/riverside/", "Hello, Rosa", "home"),
        ("femi", "/a/riverside/cells/1/", "Planning Together", "cell"),
        ("femi", "/a/riverside/cells/measures/1/", "People who helped to write", "measure"),
        ("rosa", "/a/riverside/cells/ideas/1/", "Give people their plan", "story"),
        ("rosa", "/a/riverside/compensation/mine/", "My payments", "payments"),
    ],
)
def test_a_page_is_pictured(
    person: str, url: str, heading: str, name: str, visit: Visit, picture: Picture
) -> None:
    page = visit(person)
    page.set_viewport_size(TALL if name == "dashboard" else WIDE)
    page.goto(url)
    expect(page.locator("h1")).to_contain_text(heading)
    assert picture(page, f"docs/pictures/{name}.png").suffix == ".png"
