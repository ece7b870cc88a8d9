"""The pictures of the README and the guide: taken anew with PICTURES=1, so that they stay true."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.xdist_group("portal")


def test_the_readme_shows_the_dashboard(visit: Visit, picture: Callable[[Page, str], Path]) -> None:
    page = visit("ada")
    page.goto("/a/riverside/indicators/")
    page.set_viewport_size({"width": 1100, "height": 1180})
    expect(page.get_by_role("heading", level=1)).to_have_text("How the program is doing")
    for status in ("On track", "Watch", "Act"):
        expect(page.get_by_text(status, exact=True).first).to_be_visible()
    shown = picture(page, "docs/pictures/dashboard.png")
    assert shown.exists()
    assert "docs/pictures/dashboard.png" in (shown.parents[2] / "README.md").read_text()
