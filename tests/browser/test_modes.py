"""What is told apart by ear, on paper and in high contrast, seen on the demo's pages."""

import pytest

from tests.browser.conftest import Visit

pytestmark = pytest.mark.xdist_group("portal")

CELLS = "/a/riverside/cells/"
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


@pytest.mark.parametrize("page", ["plans/1/", "plans/3/", "measures/2/", "ideas/5/"])
def test_what_is_called_the_same_is_the_same(page: str, visit: Visit) -> None:
    seen = visit("rosa")
    seen.goto(CELLS + page)
    assert seen.evaluate(ALIKE) == []


def test_in_high_contrast_only_the_page_that_one_is_on_has_a_line(visit: Visit) -> None:
    page = visit("rosa")
    page.emulate_media(forced_colors="active")
    page.goto(CELLS)
    lines = page.evaluate(LINES)
    assert [current for current, _hidden in lines].count(True) == 1
    assert all(current is not hidden for current, hidden in lines)


@pytest.mark.parametrize("url", ["", "board/", "plans/4/"])
def test_paper_does_not_tell_where_links_lead_within_the_portal(url: str, visit: Visit) -> None:
    page = visit("femi")
    page.goto(CELLS + url)
    page.emulate_media(media="print")
    assert set(page.evaluate(AFTER)) <= {"none"}


def test_a_small_line_is_seen_in_high_contrast_on_black(visit: Visit) -> None:
    page = visit("rosa")
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.goto(CELLS + "1/")
    line = page.locator(".app-spark path[stroke-linejoin]").first
    assert line.evaluate("line => getComputedStyle(line).stroke") == "rgb(255, 255, 255)"
