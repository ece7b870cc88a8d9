"""The demo's pages for screen readers, in print and in high contrast."""

from typing import Any

import pytest

from cells.cell.models import Cell
from cells.ideas.models import Opportunity
from cells.plans.models import ActionPlan
from foundation import tenancy
from foundation.addresses import at
from foundation.models import Agency
from measures.definitions.models import Measure
from tests.browser.conftest import Visit

pytestmark = pytest.mark.xdist_group("demo")

CELLS = "/a/riverside/cells/"
OF: dict[str, Any] = {
    "cells:cell": Cell,
    "measures:measure": Measure,
    "cells:opportunity": Opportunity,
    "cells:plan": ActionPlan,
}
ALIKE = """() => {
  const led = new Map(), opened = [];
  for (const link of document.querySelectorAll("main a[href]")) {
    const words = link.textContent.replace(/\\s+/g, " ").trim();
    led.set(words, (led.get(words) || new Set()).add(link.getAttribute("href")));
  }
  for (const summary of document.querySelectorAll("main summary")) {
    opened.push(summary.textContent.replace(/\\s+/g, " ").trim());
  }
  return [
    ...[...led].filter(([, places]) => places.size > 1).map(([words]) => words),
    ...opened.filter((words, place) => opened.indexOf(words) !== place),
  ];
}"""
LINES = """() => [...document.querySelectorAll(".app-nav__link")].map((link) => [
  link.hasAttribute("aria-current"),
  getComputedStyle(link).borderBottomColor === getComputedStyle(document.body).backgroundColor,
])"""
AFTER = """() => [...document.querySelectorAll("main a.govuk-link[href^='/']")]
  .map((link) => getComputedStyle(link, "::after").content)"""


FOLDED = """() => [
  ...document.querySelectorAll("main details:not([open]):not(:has(form)) > :not(summary)")
].filter((each) => each.textContent.trim() && !each.checkVisibility()).length"""


def of_row(demo: Agency, name: str, number: int) -> str:
    """The page of the demo's n-th row, in order of creation, from 1."""
    with tenancy.entering(demo):
        return at(demo, name, pk=OF[name].objects.within(demo).order_by("pk")[number - 1].pk)


@pytest.mark.parametrize(
    ("name", "number"),
    [("cells:plan", 1), ("cells:plan", 3), ("measures:measure", 2), ("cells:opportunity", 5)],
)
def test_what_is_called_the_same_is_the_same(
    name: str, number: int, demo: Agency, visit: Visit
) -> None:
    seen = visit("rosa", of_row(demo, name, number))
    assert seen.evaluate(ALIKE) == []


# The controls of the header that can be seen, with their color once they have the focus.
FOCUSED = """() => [...document.querySelectorAll(".app-header a, .app-header button")]
  .filter((each) => each.checkVisibility())
  .map((each) => {
    each.focus();
    return [each.textContent.trim(), getComputedStyle(each).backgroundColor];
  })"""
YELLOW = "rgb(255, 221, 0)"


@pytest.mark.parametrize("width", [390, 1280])
def test_every_control_of_the_header_shows_that_it_has_the_focus(
    width: int, demo: Agency, visit: Visit
) -> None:
    page = visit("femi", CELLS)
    page.set_viewport_size({"width": width, "height": 800})
    controls = dict(page.evaluate(FOCUSED))
    assert ("Menu" in controls) is (width < 1024)
    assert set(controls.values()) == {YELLOW}, controls


def test_in_high_contrast_only_the_page_that_one_is_on_has_a_line(visit: Visit) -> None:
    page = visit("rosa", CELLS)
    page.emulate_media(forced_colors="active")
    lines = page.evaluate(LINES)
    assert [current for current, _hidden in lines].count(True) == 1
    assert all(current is not hidden for current, hidden in lines)


@pytest.mark.parametrize("url", ["", "board/", "plan"])
def test_paper_does_not_tell_where_links_lead_within_the_portal(
    url: str, demo: Agency, visit: Visit
) -> None:
    page = visit("femi", of_row(demo, "cells:plan", 4) if url == "plan" else CELLS + url)
    page.emulate_media(media="print")
    assert set(page.evaluate(AFTER)) <= {"none"}


def test_a_small_line_is_seen_in_high_contrast_on_black(demo: Agency, visit: Visit) -> None:
    page = visit("rosa", of_row(demo, "cells:cell", 1))
    page.emulate_media(forced_colors="active", color_scheme="dark")
    line = page.locator(".app-spark path[stroke-linejoin]").first
    assert line.evaluate("line => getComputedStyle(line).stroke") == "rgb(255, 255, 255)"


def test_what_is_folded_away_is_read_on_paper(demo: Agency, visit: Visit) -> None:
    page = visit("femi", of_row(demo, "measures:measure", 2))
    assert page.evaluate(FOLDED) > 0
    page.emulate_media(media="print")
    assert page.evaluate(FOLDED) == 0
