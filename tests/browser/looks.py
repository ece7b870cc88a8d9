"""What each page must be: accessible, no wider than a phone, with controls that fingers can hit."""

from playwright.sync_api import Page

from devtools.browser import accessibility_findings, overflow
from tests.frontend.test_in_browser import is_big_enough

PHONE, DESK = 320, 1280

# Empties the form, takes away the key against double sending, so that nothing can be written,
# and sends it.
SEND_EMPTY = """(form) => {
  for (const field of [...form.elements]) {
    if (field.type === "hidden" && field.name !== "csrfmiddlewaretoken") field.remove();
    else if (field.type === "checkbox" || field.type === "radio") field.checked = false;
    else if (field.tagName === "SELECT") field.selectedIndex = -1;
    else if (field.tagName !== "BUTTON" && field.type !== "hidden") field.value = "";
  }
  HTMLFormElement.prototype.submit.call(form);
}"""
FORMS = """() => [...document.querySelectorAll("main form[method=post]")].findIndex((form) =>
  form.querySelector("[name$=submission]") &&
  form.querySelector("input:not([type=hidden]), textarea, select"))"""
LOST = """() => [...document.querySelectorAll(".govuk-error-summary a")]
  .map((link) => link.getAttribute("href"))
  .filter((href) => !document.getElementById(href.slice(1)))"""


def wrong(page: Page) -> list[str]:
    """What axe finds, sideways scrolling and small controls, on a phone and on a desk."""
    found = []
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 800})
        if (wider := overflow(page)) > 0:
            found.append(f"{wider} px wider than {width} px")
        if findings := accessibility_findings(page):
            found.append(f"at {width} px: {findings}")
        found += [f"too small at {width} px: {each}" for each in is_big_enough(page)]
    return found


def send_empty(page: Page) -> bool:
    """Send the page's first form with fields empty; False where there is none."""
    place = page.evaluate(FORMS)
    if place < 0:
        return False
    form = page.locator("main form[method=post]").nth(place)
    with page.expect_navigation():
        form.evaluate(SEND_EMPTY)
    return True


def wrong_with_errors(page: Page) -> list[str]:
    """A form that was sent empty says so in the title and leads to each field."""
    found = []
    if not page.title().startswith("Error:"):
        found.append(f"sent empty, the title is “{page.title()}”")
    if page.locator(".govuk-error-summary").count() != 1:
        found.append("sent empty, there is no error summary")
    if lost := page.evaluate(LOST):
        found.append(f"errors lead nowhere: {lost}")
    return found
