"""The demo's pages, in front of the browser as they were answered to one of its people."""

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
    """`visit("rosa", url)`: what she is answered there; `visit("", url)`: who has not signed in.

    The test fails when a page breaks the content security policy or a script stumbles.
    """

    def open_page(person: str, url: str) -> Page:
        answer = signed_in(person).get(url, follow=True)
        # Nothing is told by a page that is not there.
        assert answer.status_code == OK, f"{url} answers {answer.status_code}"
        on_shelf.goto(shelf.put(url, Answer(answer.text, answer.headers.get(POLICY, ""))))
        return on_shelf

    yield open_page
    problems = watch.take()
    assert not problems, "The browser complains:\n" + "\n".join(problems)
