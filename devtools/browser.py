"""Chromium for the browser tests: found, or fetched where that is possible, or said how to get."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

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
# What the content security policy refused is told in the console, which is watched.
TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI || "inline"}`));
"""
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
        viewport={"width": 1280, "height": 800},
        java_script_enabled=javascript,
    )
    context.set_default_timeout(15_000)
    watch.over(context)
    return context.new_page()


def accessibility_findings(page: Page, *, only_by_width: bool = False) -> str:
    """What axe finds on the page, in lines; empty when it finds nothing.

    `only_by_width`: all else was looked at on this load, with the same shown.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)  # Once for each load.
    findings: list[str] = page.evaluate(FIND, BY_WIDTH if only_by_width else None)
    return "\n".join(findings)


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    wider: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wider
