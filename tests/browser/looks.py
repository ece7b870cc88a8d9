"""Requirements of each page: accessible, no wider than a phone, controls easy to use."""

from playwright.sync_api import Page

from devtools.browser import Watch, findings_at_width, overflow
from tests.browser.states import unseen

PHONE, DESK = 320, 1280
# The width between a sheet's margins.
LETTER = 672

# Check folded content as well.
UNFOLD = """() => document.querySelectorAll("details").forEach((each) => { each.open = true; })"""
SMALL = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((each) => each.checkVisibility() && each.type !== "hidden")
  .filter((each) => !each.closest("p, .govuk-hint, .govuk-skip-link, [aria-hidden=true]"))
  .filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width < 43.5 || box.height < 43.5;
  })
  .map((each) => each.outerHTML.slice(0, 120))"""
# By how many pixels the page is too wide if each text is one long word, as names can be; and the
# last part that causes it.
WITH_LONG_WORDS = """() => {
  // Numbers, states and what is only heard hold no words of people.
  const OURS = "svg, script, style, option, .app-number, .app-money, .app-status, .govuk-tag, "
    + ".govuk-visually-hidden, thead, nav, footer, .app-header__tools, "
    + ".govuk-task-list__status, .govuk-password-input__toggle";
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (text) =>
    /\\p{L}/u.test(text.data) && !text.parentElement.closest(OURS)
      ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT);
  const kept = [];
  while (texts.nextNode()) kept.push([texts.currentNode, texts.currentNode.data]);
  for (const [text] of kept) text.data = "W".repeat(100);
  const root = document.documentElement, wider = root.scrollWidth - root.clientWidth;
  let part = "";
  if (wider > 0) {
    const all = [...document.querySelectorAll("main, main *")].filter((each) =>
      each.getBoundingClientRect().right > root.clientWidth + 0.5 && each.checkVisibility());
    part = all.length ? all.at(-1).cloneNode(false).outerHTML : "";
  }
  for (const [text, data] of kept) text.data = data;
  return wider > 0 ? `${wider} px wider with long words: ${part}` : "";
}"""
# Common words broken over two lines without a hyphen: their place is too narrow.
BROKEN = """() => {
  const texts = document.createTreeWalker(document.querySelector("main") || document.body,
    NodeFilter.SHOW_TEXT, (text) => text.parentElement.closest("svg, script, style, option, "
      + "textarea, .govuk-visually-hidden") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const range = document.createRange(), broken = [];
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.parentElement.checkVisibility() || text.parentElement.clientHeight < 2) continue;
    for (const word of text.data.matchAll(/\\p{L}{2,13}(?![\\p{L}\\p{N}@:./-])/gu)) {
      if (/[\\p{L}\\p{N}@:./-]$/u.test(text.data.slice(0, word.index))) continue;
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const tops = new Set([...range.getClientRects()].map((each) => Math.round(each.top)));
      if (tops.size > 1) broken.push(word[0]);
    }
  }
  return broken;
}"""


def too_small(page: Page) -> list[str]:
    """Stand-alone controls and links smaller than 44 by 44 pixels."""
    found: list[str] = page.evaluate(SMALL)
    return found


def wrong(page: Page, watch: Watch, *, but_axe: bool = False) -> list[str]:
    """Everything wrong with the loaded page, on phone and desktop.

    `but_axe`: axe has checked all parts of the page before. What depends on its words is measured.
    """
    found = []
    page.evaluate(UNFOLD)
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 800})
        here = [f"unseen: {each}" for each in unseen(page)]
        if (wider := overflow(page)) > 0:
            here.append(f"{wider} px wider")
        if not but_axe and (findings := findings_at_width(page, first=width == PHONE)):
            here.append(findings)
        here += [f"too small: {each}" for each in too_small(page)]
        here += [f"broken in two: {each}" for each in page.evaluate(BROKEN)]
        if long := page.evaluate(WITH_LONG_WORDS):
            here.append(long)
        found += [f"at {width} px {each}" for each in here]
    page.emulate_media(media="print")
    page.set_viewport_size({"width": LETTER, "height": 800})
    if long := page.evaluate(WITH_LONG_WORDS):
        found.append(f"on paper {long}")
    page.emulate_media(media="screen")
    return found + watch.take()
