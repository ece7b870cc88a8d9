"""Fixtures on real servers: this worker's database, and a running portal with a browser."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from django.db.models.expressions import BaseExpression
from django.template import Context, Template
from django.test import Client
from django.test.signals import template_rendered
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from devtools import worker
from devtools.browser import (
    FLAGS,
    MISSING,
    Profile,
    Profiles,
    arrived,
    find_chromium,
    findings_at_width,
    overflow,
)
from devtools.parts import new_to_axe, parts_of
from devtools.portal import Portal
from devtools.postgresql.base import empty_at_birth
from devtools.servers.processes import ServerError, private_folder, server_user

Browse = Callable[..., Page]
Axe = Callable[[Page], None]
WIDTHS = (320, 1280)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run tests of the running portal in one process: there is only one portal and one browser."""
    for item in items:
        if "running_portal" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("portal"))
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None) -> None:
    """This worker's database, a copy of the run's migrated template."""
    try:
        worker.make_database(worker.database())
        empty_at_birth()
    except ServerError as error:
        pytest.exit(str(error), returncode=3)


@pytest.fixture(scope="session", autouse=True)
def only_whole_pages_are_kept(django_test_environment: None) -> None:
    """Keep the context of a response's page, without copies for each of its hundred parts."""

    def render(template: Template, context: Context) -> str:
        if context.template is template:
            template_rendered.send(sender=template, template=template, context=context)
        return template.nodelist.render(context)

    Template._render = render  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def expressions_are_copied_at_once(django_test_environment: None) -> None:
    """Copy expressions fast: tests mostly build queries, a tenth of which is copying.

    Python asks pickle's protocol how to copy each one; this does directly what that amounts to.
    """

    def copied(expression: BaseExpression) -> BaseExpression:
        kind = type(expression)
        copy: BaseExpression = object.__new__(kind)
        copy.__dict__.update(cast("dict[str, object]", expression.__getstate__()))
        return copy

    BaseExpression.__copy__ = copied  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def running_portal(django_db_setup: None) -> Iterator[Portal]:
    """Web server, worker, beat and Valkey on this worker's database, for the whole run."""
    folder = worker.folder() / f"portal-{worker.name()}"
    folder.mkdir()
    private_folder(folder / "valkey", server_user())
    portal = Portal(folder, worker.environment())
    try:
        portal.start()
        yield portal
    finally:
        portal.close()


@pytest.fixture
def portal(running_portal: Portal, transactional_db: None) -> Iterator[Portal]:
    """The running portal, with a database that is emptied after the test."""
    running_portal.forget_mails()
    running_portal.errors()
    yield running_portal
    running_portal.restore()
    errors = running_portal.errors()
    assert not errors, f"The web server logged errors:\n{errors}"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    path = find_chromium(playwright)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING, pytrace=False)
        pytest.skip(MISSING)
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def profiles(running_portal: Portal, chromium: Browser) -> Iterator[Profiles]:
    """Browser profiles for the running portal."""
    profiles = Profiles(chromium, running_portal.url)
    yield profiles
    profiles.close()


@pytest.fixture
def browse(portal: Portal, profiles: Profiles) -> Iterator[Browse]:
    """Open the portal in its own profile: `browse()`, or signed in: `browse(login(consumer))`.

    A test that changes more of the browser than is reset after a test takes a profile that is then
    closed: `browse(for_good=True)`. The test fails if a page violates the content security policy
    or a script raises an error.
    """
    taken: list[Profile] = []

    def open_page(
        client: Client | None = None, *, javascript: bool = True, for_good: bool = False
    ) -> Page:
        taken.append(profiles.take(javascript=javascript))
        taken[-1].for_good = for_good
        page = taken[-1].page
        return page if client is None else portal.sign_in(page, client)

    yield open_page
    problems = [problem for profile in taken for problem in profile.watch.take()]
    for profile in taken:
        profiles.give_back(profile)
    assert not problems, "The browser complains:\n" + "\n".join(problems)


@pytest.fixture
def page(browse: Browse) -> Page:
    """A page of somebody who is not signed in."""
    return browse()


@pytest.fixture
def axe() -> Axe:
    """`axe(page)`: no accessibility finding and no sideways scrolling, on phone and desktop.

    A page whose parts were all checked before in this run is not checked again.
    """

    def check(page: Page) -> None:
        arrived(page)
        new = new_to_axe(parts_of(page.content()), unfolded=False)
        before = page.viewport_size
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wider = overflow(page)
            assert wider <= 0, f"{page.url} is {wider} px wider than a window of {width} px"
            findings = findings_at_width(page, first=width == WIDTHS[0]) if new else ""
            assert not findings, f"{page.url} at {width} px:\n{findings}"
        if before is not None:
            page.set_viewport_size(before)

    return check


@pytest.fixture
def picture() -> Callable[[Page, str], Path]:
    """`picture(page, "docs/guide/home.png")`: a picture for the guide, if PICTURES is set."""

    def take(page: Page, path: str) -> Path:
        target = Path(__file__).parents[1] / path
        if os.environ.get("PICTURES"):
            target.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=target)
        return target

    return take
