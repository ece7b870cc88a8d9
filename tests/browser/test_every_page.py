"""Every page that one of the demo's people is led to, and what it says when a form is sent empty.

Each asks the database at most ten times.

What is built of the same parts is looked at once: a page is looked at when it has a part that no
page before it had.
"""

import re

import pytest

from tests.browser.conftest import Visit
from tests.browser.crawl import BUDGET, by_browser, pages, skeleton
from tests.browser.looks import send_empty, wrong, wrong_with_errors

pytestmark = pytest.mark.xdist_group("portal")
HOME = "/a/riverside/"
# One of each kind: what they may do here decides where they are led to.
WHO = ("rosa", "mei", "luis", "dan", "june", "femi", "ada", "aaron", "paula", "mona", "bernice")
# A refusal says why in plain words, so people may be led to one.
LED_TO = (200, 403)
# What was done is told to administrators; what it was done with is not always for them.
FOR_OTHERS = re.compile(r".*/accounts/activity/\d+/$")

_seen: set[str] = set()


def is_new(parts: frozenset[str]) -> bool:
    """Whether there is a part that was not looked at yet; from now on it was."""
    new = not parts <= _seen
    _seen.update(parts)
    return new


@pytest.mark.parametrize("person", WHO)
def test_every_page_is_accessible_and_fits_a_phone(person: str, visit: Visit) -> None:
    page, problems = visit(person), []
    for found in pages(by_browser(page), HOME):
        said: list[str] = []
        if found.status not in LED_TO and not FOR_OTHERS.match(found.url):
            said.append(f"led to {found.status}")
        if found.queries > BUDGET:
            said.append(f"{found.queries} queries")
        if is_new(found.skeleton):
            page.goto(found.url)
            said += wrong(page)
            if found.has_form and send_empty(page):
                said += wrong_with_errors(page)
                if is_new(skeleton(page.content()).parts):
                    said += [f"with errors {each}" for each in wrong(page)]
        problems += [f"{found.url}: {each}" for each in said]
    assert not problems, "\n".join(problems)


def test_the_demo_s_first_page_is_accessible_too(visit: Visit) -> None:
    page = visit()
    for url in ("/demo/", "/", "/privacy/", "/account/login/"):
        page.goto(url)
        assert wrong(page) == [], url
