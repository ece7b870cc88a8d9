"""What each page must be: accessible, no wider than a phone, its controls seen and easy to hit."""

from playwright.sync_api import Page

from devtools.browser import Watch, accessibility_findings, overflow
from tests.browser.states import unseen

PHONE, DESK = 320, 1280

# What is folded away is looked at as well.
UNFOLD = """() => document.querySelectorAll("details").forEach((each) => { each.open = true; })"""
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
SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((each) => each.checkVisibility() && each.type !== "hidden")
  .filter((each) => !each.closest("p, .govuk-hint, .govuk-skip-link, [aria-hidden=true]"))
  .filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width < 43.5 || box.height < 43.5;
  })
  .map((each) => each.outerHTML.slice(0, 120))"""


def too_small(page: Page) -> list[str]:
    """Controls and links that stand alone and are smaller than 44 by 44 pixels."""
    found: list[str] = page.evaluate(SMALL)
    return found


def wrong(page: Page, watch: Watch) -> list[str]:
    """All that is wrong with the page as it was loaded, on a phone and on a desk."""
    found = []
    page.evaluate(UNFOLD)
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 800})
        here = [f"unseen: {each}" for each in unseen(page)]
        if (wider := overflow(page)) > 0:
            here.append(f"{wider} px wider")
        if findings := accessibility_findings(page):
            here.append(findings)
        here += [f"too small: {each}" for each in too_small(page)]
        found += [f"at {width} px {each}" for each in here]
    return found + watch.take()


def send_empty(page: Page, place: int) -> None:
    """Send the page's form with all its fields empty; `place` counts all its forms."""
    with page.expect_navigation():
        page.locator("form").nth(place).evaluate(SEND_EMPTY)
