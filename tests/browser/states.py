"""Whether a control's state is visible: checked, focused, disabled, as really drawn."""

from pathlib import Path

from playwright.sync_api import Page

UNSEEN = Path(__file__).with_name("unseen.js").read_text()


def unseen(page: Page) -> list[str]:
    """Controls whose checked, focused or disabled state is not drawn at this width."""
    found: list[str] = page.evaluate(UNSEEN)
    return found
