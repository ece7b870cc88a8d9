"""Whether the state of a control is seen: ticked, focused, disabled, by what is really drawn."""

from pathlib import Path

from playwright.sync_api import Page

UNSEEN = Path(__file__).with_name("unseen.js").read_text()


def unseen(page: Page) -> list[str]:
    """Controls whose ticked, focused or disabled state is not drawn at this width."""
    found: list[str] = page.evaluate(UNSEEN)
    return found
