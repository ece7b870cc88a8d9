"""The findings of the fixture `axe` on a page that is wrong at one width or at both."""

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from playwright.sync_api import Page

from devtools import worker
from devtools.fixtures import Axe
from devtools.parts import LookedAt
from tests.browser.shelf import Answer, Shelf
from tests.conftest import Look

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


class Answering(Client):
    """Whose every page has this on it."""

    def __init__(self, planted: str) -> None:
        super().__init__()
        self.planted = planted

    def get(self, *given: Any, **named: Any) -> Any:
        return HttpResponse(PAGE.format(planted=self.planted))


def test_a_page_of_parts_that_axe_has_checked_is_measured_still(look: Look) -> None:
    page = (
        "<style>h1 {{width: {}}}</style>"
        '<details class="planted"><summary>Words</summary><img src="/{}"></details>'
    )
    with pytest.raises(AssertionError, match="image-alt"):
        look(Answering(page.format("auto", "one")), "/one/")
    # Another page with the same parts; what is wrong with them was told.
    with pytest.raises(AssertionError, match="px wider") as told:
        look(Answering(page.format("1500px", "another")), "/another/")
    assert "image-alt" not in str(told.value)


def test_all_processes_of_a_run_know_what_each_has_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(worker.FOLDER, str(tmp_path))
    one, another, alone = LookedAt("parts"), LookedAt("parts"), LookedAt()
    assert one.new(frozenset({"a"}))
    assert not another.new(frozenset({"a"}))
    assert another.new(frozenset({"a", "b"}))
    assert one.parts == {"a", "b"}
    assert alone.new(frozenset({"a"}))
    # What is not written to its end is read once it is.
    with (tmp_path / "looked-at-parts").open("a") as file:
        file.write('["c"')
        file.flush()
        assert one.parts == {"a", "b"}
        file.write("]\n")
    assert one.parts == another.parts == {"a", "b", "c"}
