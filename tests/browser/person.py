"""A person at a browser who finds links, fields and buttons by their words."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from playwright.sync_api import Locator, Page, expect

from accounts.models import Member
from devtools.browser import arrived
from foundation.addresses import at


class Visitor:
    """Somebody and the page before them."""

    page: Page

    def follow(self, words: str) -> Self:
        """Follow the first link with these words."""
        self.page.get_by_role("link", name=words).first.click()
        arrived(self.page)
        return self

    def write(self, label: str, text: str | int | date) -> Self:
        """Fill in the field with this label; dates in the format of the device's picker."""
        self.field(label).fill(text.isoformat() if isinstance(text, date) else str(text))
        return self

    def tick(self, *labels: str) -> Self:
        """Choose these answers."""
        for label in labels:
            self.field(label).check()
        return self

    def pick(self, label: str, answer: str) -> Self:
        """Choose an answer from a list."""
        self.field(label).select_option(label=answer)
        return self

    def press(self, words: str) -> Self:
        """Press a button, and stay if the page has something to fix."""
        self.page.get_by_role("button", name=words, exact=True).click()
        arrived(self.page)
        mistakes = self.page.locator(".govuk-error-summary")
        assert mistakes.count() == 0, mistakes.inner_text()
        return self

    def sees(self, *words: str) -> Self:
        """Expect these words to be visible in the page's main part, now or soon."""
        for each in words:
            expect(self.main.get_by_text(each).first).to_be_visible()
        return self

    def field(self, label: str) -> Locator:
        """The field with this label, even if it is marked as optional."""
        words = re.compile(rf"^\s*{re.escape(label)}( \(optional\))?\s*$")
        return self.page.get_by_label(words)

    @property
    def main(self) -> Locator:
        return self.page.locator("main")


@dataclass
class Person(Visitor):
    """A member and the page before them."""

    member: Member
    page: Page

    def go(self, name: str, **keys: object) -> Self:
        """Go to one of the portal's pages."""
        self.page.goto(at(self.member.agency, name, **keys))
        return self
