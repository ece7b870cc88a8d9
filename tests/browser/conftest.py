"""The demo in a running portal, and a browser in which one is one of its people by one click."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from devtools import worker
from devtools.browser import Watch, new_page
from devtools.demo.database import built
from devtools.portal import Portal
from devtools.servers.processes import private_folder, server_user

Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def demo_portal(django_db_setup: None) -> Iterator[Portal]:
    """Web server, worker, beat and Valkey on the demo, which these tests only look at."""
    folder = worker.folder() / f"demo-{worker.name()}"
    folder.mkdir()
    private_folder(folder / "valkey", server_user())
    portal = Portal(folder, built().environment)
    try:
        portal.start()
        yield portal
    finally:
        portal.close()


@pytest.fixture
def visit(demo_portal: Portal, chromium: Browser, watch: Watch) -> Iterator[Visit]:
    """`visit("rosa")`: a page of hers in the demo; `visit()`: of somebody who has not signed in.

    The test fails when a page breaks the content security policy, a script stumbles, or the
    server logs an error.
    """
    pages: list[Page] = []

    def open_page(persona: str = "", *, javascript: bool = True) -> Page:
        page = new_page(chromium, watch, demo_portal.url, javascript=javascript)
        pages.append(page)
        if persona:
            page.goto("/demo/")
            page.locator(f"button[value={persona}]").click()
            page.wait_for_url("**/a/riverside/")
        return page

    demo_portal.errors()
    yield open_page
    for page in pages:
        page.context.close()
    errors = demo_portal.errors()
    assert not errors, f"The web server logged errors:\n{errors}"
    assert not watch.problems, "The browser complains:\n" + "\n".join(watch.problems)
