"""The findings of the fixture `axe` on a page that is wrong at one width or at both."""

import pytest
from playwright.sync_api import Page

from devtools.fixtures import Axe
from tests.browser.shelf import Answer, Shelf

PAGE = """<!doctype html><html lang="en"><head><title>Words</title>
  <style>@media (max-width: 900px) {{.only-wide {{display: none}}}}</style></head>
  <body><main><h1>Words</h1>{planted}</main></body></html>"""


@pytest.mark.parametrize(
    ("planted", "width"),
    [
        ('<p class="planted on both"><img></p>', 320),
        ('<p class="only-wide planted"><img></p>', 1280),
        ('<p class="planted wide"></p><p style="width: 900px">Words</p>', 320),
    ],
    ids=["at both", "on a desk alone", "too wide for a phone"],
)
def test_what_is_wrong_is_found_at_the_width_at_which_it_is_shown(
    planted: str, width: int, axe: Axe, on_shelf: Page, shelf: Shelf
) -> None:
    on_shelf.goto(shelf.put("/planted/", Answer(PAGE.format(planted=planted), "")))
    with pytest.raises(AssertionError, match=f"{width} px"):
        axe(on_shelf)


def test_a_page_on_which_nothing_is_wrong_is_let_be(axe: Axe, on_shelf: Page, shelf: Shelf) -> None:
    planted = '<p class="planted and fine"><img alt="A tree"></p>'
    on_shelf.goto(shelf.put("/fine/", Answer(PAGE.format(planted=planted), "")))
    axe(on_shelf)
