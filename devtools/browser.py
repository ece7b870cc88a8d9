"""Chromium for the browser tests: found, fetched if possible, or explained how to get."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from time import monotonic

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    ViewportSize,
)

from devtools.parts import LookedAt

# The same Chromium without a window of its own around each page is named first: that costs half.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
MISSING = (
    f"The browser tests need Chromium. Install it (Debian: apt-get install {SHELL}), or run"
    " `.venv/bin/playwright install chromium`, or name one in the variable CHROMIUM."
)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
# Seconds to wait for a page.
PATIENCE = 15
WINDOW: ViewportSize = {"width": 1280, "height": 800}
# An address of the portal, and of profiles kept for reuse, where nothing happens.
NOTHING = "/static/portal.css"
# Report content security policy violations to the console, which is watched.
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI || "inline"}`));
"""
# Mark a page as being left, until the next one has replaced it.
TELL_LEAVING = """
addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a[href]");
  const goes = link && !event.defaultPrevented && !link.target && !link.hasAttribute("download")
    && link.protocol.startsWith("http") && link.href.split("#")[0] !== location.href.split("#")[0];
  if (goes) window.isLeft = true;
});
addEventListener("submit", (event) => { if (!event.defaultPrevented) window.isLeft = true; });
"""
IS_THERE = "() => !window.isLeft && document.readyState === 'complete'"
# Transfer only failures from the browser; an element's own HTML identifies it, so no selector is
# computed. The portal has no frames.
FIND = """(rules) => axe.run({
  resultTypes: ["violations"], selectors: false, iframes: false,
  ...(rules ? { runOnly: { type: "rule", values: rules } } : {})
}).then((found) => found.violations.map(
  ({ id, help, nodes }) =>
    `${id}: ${help}\\n    ${nodes.map((node) => node.html.slice(0, 200)).join("\\n    ")}`))"""
# The rules that measure; all others depend only on what is there and visible.
BY_WIDTH = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]

# Remember what is visible; return each kind of part that differs from the remembered state, once.
SHOWN = """(first) => {
  const sort = (each) => [each.localName, ...each.classList].join(".")
    + each.getAttributeNames().sort().filter((name) => name !== "class").join(" ");
  const before = first ? new Map() : window.shownBefore, now = new Map(), otherwise = new Set();
  for (const each of document.querySelectorAll("body *")) {
    const shown = each.checkVisibility({ visibilityProperty: true });
    now.set(each, shown);
    if (!first && before.get(each) !== shown)
      otherwise.add(`${shown} ${sort(each.parentElement)} > ${sort(each)}`);
  }
  window.shownBefore = now;
  return [...otherwise];
}"""
# Per process: the kinds of parts already checked that differ at some width.
SHOWN_OTHERWISE = LookedAt()


def find_chromium(playwright: Playwright) -> str | None:
    """The path of a Chromium; on Debian, root installs one if there is none."""
    if path := _on_this_machine(playwright):
        return path
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _fetch()
    return _on_this_machine(playwright)


def _on_this_machine(playwright: Playwright) -> str | None:
    named = os.environ.get("CHROMIUM")
    for path in (named, *map(shutil.which, NAMES), playwright.chromium.executable_path, MAC):
        if path and os.access(path, os.X_OK):
            return path
    return None


def _fetch() -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", SHELL]):
        subprocess.run(
            ["apt-get", "-qq", *arguments], env=environment, stdin=subprocess.DEVNULL, check=False
        )


@dataclass
class Watch:
    """Errors in a test's pages that nobody would otherwise notice."""

    problems: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch every page of the context."""
        context.add_init_script(TELL_VIOLATIONS)
        context.add_init_script(TELL_LEAVING)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))

    def take(self) -> list[str]:
        """Return the errors since the last call."""
        taken, self.problems = self.problems, []
        return taken

    def _console(self, message: ConsoleMessage) -> None:
        if message.type != "error" or _is_expected(message):
            return
        self.problems.append(f"{message.text} ({message.location.get('url', '')})")


def _is_expected(message: ConsoleMessage) -> bool:
    """Expected: a page that refuses (403, 404, 422); unexpected: a missing file."""
    return (
        "status of 4" in message.text and "/static/" not in str(message.location.get("url"))
    ) or "net::ERR_INTERNET_DISCONNECTED" in message.text


def new_page(browser: Browser, watch: Watch, base_url: str, *, javascript: bool = True) -> Page:
    """A page in a browser profile of its own."""
    context = browser.new_context(
        base_url=base_url,
        locale="en-US",
        viewport=WINDOW,
        java_script_enabled=javascript,
    )
    context.set_default_timeout(PATIENCE * 1000)
    watch.over(context)
    return context.new_page()


@dataclass
class Profile:
    """A browser profile with its one page, and the errors in it."""

    page: Page
    watch: Watch
    javascript: bool
    # Close it after its test.
    for_good: bool = False


class Profiles:
    """Browser profiles that are reused from test to test, emptied each time.

    Opening a page in a new profile costs as much as ten pages in an existing one: it starts a
    process and reads all styles and scripts.
    """

    def __init__(self, browser: Browser, base_url: str) -> None:
        self._browser, self._base_url = browser, base_url
        self._spare: list[Profile] = []

    def take(self, *, javascript: bool = True) -> Profile:
        """Take a profile that is not in use."""
        for profile in self._spare:
            if profile.javascript == javascript:
                self._spare.remove(profile)
                return profile
        watch = Watch()
        page = new_page(self._browser, watch, self._base_url, javascript=javascript)
        return Profile(page, watch, javascript)

    def give_back(self, profile: Profile) -> None:
        """Empty it for the next test; close one with further changes."""
        if not profile.for_good and self._emptied(profile):
            self._spare.append(profile)
        else:
            profile.page.context.close()

    def close(self) -> None:
        for profile in self._spare:
            profile.page.context.close()

    def _emptied(self, profile: Profile) -> bool:
        page = profile.page
        if page.context.pages != [page]:
            return False
        page.context.set_offline(False)
        page.goto(NOTHING)
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.context.clear_cookies()
        page.set_viewport_size(WINDOW)
        page.emulate_media(media="null", color_scheme="null", forced_colors="null")
        profile.watch.take()
        # A replaced browser clock can't be removed again.
        return bool(page.evaluate("/native code/.test(String(setTimeout))"))


def arrived(page: Page) -> None:
    """Wait until the page that a click leads to is there, with its scripts run.

    `expect` waits for what it looks for. Anything that inspects a page's current state has to call
    this first.
    """
    end = monotonic() + PATIENCE
    while True:
        page.wait_for_load_state()
        try:
            there = page.evaluate(IS_THERE)
        except Error:  # The page was left at this very moment.
            there = False
        if there:
            return
        if monotonic() > end:
            raise TimeoutError(f"{page.url} was left, and no other page has come.")
        page.wait_for_timeout(20)


def accessibility_findings(page: Page, *, only_by_width: bool = False) -> str:
    """axe's findings on the page, in lines; empty if there are none.

    `only_by_width`: everything else was already checked on this load, with the same parts visible.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)  # Once per load.
    findings: list[str] = page.evaluate(FIND, BY_WIDTH if only_by_width else None)
    return "\n".join(findings)


def findings_at_width(page: Page, *, first: bool) -> str:
    """axe's findings at one of several widths of a page; `first` is the first of them.

    If every part that differs here was already checked, only measured rules can fail at this width
    alone.
    """
    otherwise = frozenset(page.evaluate(SHOWN, first))
    known = not first and not SHOWN_OTHERWISE.new(otherwise)
    return accessibility_findings(page, only_by_width=known)


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    wider: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider
