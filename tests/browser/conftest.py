"""The demo's pages, shown to the browser as one of its people got them."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page

from devtools.browser import Watch
from foundation.models import Agency
from tests.browser.crawl import OK, signed_in
from tests.browser.shelf import POLICY, Answer, Shelf

Visit = Callable[[str, str], Page]


@pytest.fixture
def visit(demo: Agency, shelf: Shelf, on_shelf: Page, watch: Watch) -> Iterator[Visit]:
    """`visit("rosa", url)`: the page she gets; `visit("", url)`: without signing in.

    The test fails if a page violates the content security policy or a script raises an error.
    """

    def open_page(person: str, url: str) -> Page:
        answer = signed_in(person).get(url, follow=True)
        # A missing page would prove nothing.
        assert answer.status_code == OK, f"{url} answers {answer.status_code}"
        on_shelf.goto(shelf.put(url, Answer(answer.text, answer.headers.get(POLICY, ""))))
        return on_shelf

    yield open_page
    problems = watch.take()
    assert not problems, "The browser complains:\n" + "\n".join(problems)
