"""Chromium for the browser tests: found, or fetched where that is possible, or said how to get."""

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

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
MISSING = (
    "The browser tests need Chromium. Install it (Debian: apt-get install chromium), or run"
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
# Seconds for which a page is waited for.
PATIENCE = 15
WINDOW: ViewportSize = {"width": 1280, "height": 800}
# An address of the portal and of the shelf at which nothing happens.
NOTHING = "/static/portal.css"
# What the content security policy refused is told in the console, which is watched.
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI || "inline"}`));
"""
# A page says of itself that it was left, until the next one has come in its place.
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
# Only what is wrong is brought over from the browser; that it is told by its own HTML is enough, so
# no selector is sought for it. The portal has no frames.
FIND = """(rules) => axe.run({
  resultTypes: ["violations"], selectors: false, iframes: false,
  ...(rules ? { runOnly: { type: "rule", values: rules } } : {})
}).then((found) => found.violations.map(
  ({ id, help, nodes }) =>
    `${id}: ${help}\\n    ${nodes.map((node) => node.html.slice(0, 200)).join("\\n    ")}`))"""
# The rules that measure; all others read what is there and what of it is shown.
BY_WIDTH = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"]

# Keeps what is shown; gives what is shown otherwise than when it was kept before, each kind once.
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
# Of this process: which kinds of parts were looked at that one width shows otherwise.
SHOWN_OTHERWISE = LookedAt()


def find_chromium(playwright: Playwright) -> str | None:
    """The path of a Chromium; on Debian, root fetches one when there is none."""
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
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(
            ["apt-get", "-qq", *arguments], env=environment, stdin=subprocess.DEVNULL, check=False
        )


@dataclass
class Watch:
    """What went wrong in the pages of one test that nobody would otherwise see."""

    problems: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch every page of the context."""
        context.add_init_script(TELL_VIOLATIONS)
        context.add_init_script(TELL_LEAVING)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"script: {error.error}"))

    def take(self) -> list[str]:
        """What went wrong since this was asked last."""
        taken, self.problems = self.problems, []
        return taken

    def _console(self, message: ConsoleMessage) -> None:
        if message.type != "error" or _is_expected(message):
            return
        self.problems.append(f"{message.text} ({message.location.get('url', '')})")


def _is_expected(message: ConsoleMessage) -> bool:
    """A page that refuses (403, 404, 422) is one the test asked for; a missing file is not."""
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
    """A browser profile with its one page, and what is complained of in it."""

    page: Page
    watch: Watch
    javascript: bool
    # It is closed after the test that has it.
    for_good: bool = False


class Profiles:
    """Browser profiles that are used for one test after the other, as good as new each time.

    To open a page in a new one costs as much as ten pages in one that is there: a process begins,
    and reads all styles and scripts.
    """

    def __init__(self, browser: Browser, base_url: str) -> None:
        self._browser, self._base_url = browser, base_url
        self._spare: list[Profile] = []

    def take(self, *, javascript: bool = True) -> Profile:
        """One that nobody uses now."""
        for profile in self._spare:
            if profile.javascript == javascript:
                self._spare.remove(profile)
                return profile
        watch = Watch()
        page = new_page(self._browser, watch, self._base_url, javascript=javascript)
        return Profile(page, watch, javascript)

    def give_back(self, profile: Profile) -> None:
        """Empty it for the next test; one in which more was changed is closed."""
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
        # A clock that was put in place of the browser's can't be taken out again.
        return bool(page.evaluate("/native code/.test(String(setTimeout))"))


def arrived(page: Page) -> None:
    """Wait until the page that a click has led to is there, with its scripts run.

    `expect` waits for what it looks for. Whatever looks at a page as it is has to come after this.
    """
    end = monotonic() + PATIENCE
    while True:
        page.wait_for_load_state()
        try:
            there = page.evaluate(IS_THERE)
        except Error:  # It was left in this moment.
            there = False
        if there:
            return
        if monotonic() > end:
            raise TimeoutError(f"{page.url} was left, and no other page has come.")
        page.wait_for_timeout(20)


def accessibility_findings(page: Page, *, only_by_width: bool = False) -> str:
    """What axe finds on the page, in lines; empty when it finds nothing.

    `only_by_width`: all else was looked at on this load, with the same shown.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)  # Once for each load.
    findings: list[str] = page.evaluate(FIND, BY_WIDTH if only_by_width else None)
    return "\n".join(findings)


def findings_at_width(page: Page, *, first: bool) -> str:
    """What axe finds at this width of a page that is looked at in more than one, the first or not.

    Where nothing is shown otherwise that was not looked at before, only what is measured can be
    wrong at this width alone.
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
