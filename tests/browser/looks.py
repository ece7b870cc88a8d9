"""What each page must be: accessible, no wider than a phone, its controls seen and easy to hit."""

from playwright.sync_api import Page

from devtools.browser import Watch, accessibility_findings, overflow
from tests.browser.states import unseen

PHONE, DESK = 320, 1280

# What is folded away is looked at as well.
UNFOLD = """() => document.querySelectorAll("details").forEach((each) => { each.open = true; })"""
SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((each) => each.checkVisibility() && each.type !== "hidden")
  .filter((each) => !each.closest("p, .govuk-hint, .govuk-skip-link, [aria-hidden=true]"))
  .filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width < 43.5 || box.height < 43.5;
  })
  .map((each) => each.outerHTML.slice(0, 120))"""
SHOWN = """() => [...document.querySelectorAll("body *")]
  .map((each) => Number(each.checkVisibility({ visibilityProperty: true }))).join("")"""


def too_small(page: Page) -> list[str]:
    """Controls and links that stand alone and are smaller than 44 by 44 pixels."""
    found: list[str] = page.evaluate(SMALL)
    return found


def wrong(page: Page, watch: Watch) -> list[str]:
    """All that is wrong with the page as it was loaded, on a phone and on a desk."""
    found, shown = [], ""
    page.evaluate(UNFOLD)
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 800})
        here = [f"unseen: {each}" for each in unseen(page)]
        if (wider := overflow(page)) > 0:
            here.append(f"{wider} px wider")
        before, shown = shown, str(page.evaluate(SHOWN))
        # Where the same is shown, only what depends on the width can be otherwise.
        if findings := accessibility_findings(page, only_by_width=before == shown):
            here.append(findings)
        here += [f"too small: {each}" for each in too_small(page)]
        found += [f"at {width} px {each}" for each in here]
    return found + watch.take()
