"""Browser profiles are reused from test to test, and are as good as new each time."""

from collections.abc import Callable, Iterator
from time import sleep

import pytest
from playwright.sync_api import Browser, Page, Route

from devtools.browser import WINDOW, Profile, Profiles, arrived
from tests.browser.shelf import Answer, Shelf

PAPER = "matchMedia('print').matches || matchMedia('(forced-colors: active)').matches"
KEPT = "[localStorage.length, sessionStorage.length]"


@pytest.fixture
def profiles(chromium: Browser, shelf: Shelf) -> Iterator[Profiles]:
    profiles = Profiles(chromium, shelf.url)
    yield profiles
    profiles.close()


@pytest.fixture
def used(profiles: Profiles, shelf: Shelf) -> Profile:
    """A profile that somebody has used."""
    profile = profiles.take()
    profile.page.goto(shelf.put("/x/", Answer("<p>Words</p>", "")))
    return profile


def test_nothing_of_a_test_is_left_in_the_profile_of_the_next(
    profiles: Profiles, used: Profile, shelf: Shelf
) -> None:
    page = used.page
    page.evaluate("localStorage.words = sessionStorage.words = 'kept'")
    page.evaluate("console.error('stumbled')")
    page.context.add_cookies([{"name": "session", "value": "x", "url": shelf.url}])
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(media="print", forced_colors="active")
    assert page.evaluate(KEPT) == [1, 1]
    assert page.evaluate(PAPER)
    profiles.give_back(used)

    assert profiles.take() is used
    page.goto("/x/")
    assert page.evaluate(KEPT) == [0, 0]
    assert not page.evaluate(PAPER)
    assert page.viewport_size == WINDOW
    assert page.context.cookies() == []
    assert used.watch.problems == []


def test_two_never_have_the_same_one(profiles: Profiles, used: Profile) -> None:
    assert profiles.take() is not used
    profiles.give_back(used)
    assert profiles.take(javascript=False) is not used
    assert profiles.take() is used


@pytest.mark.parametrize(
    "change",
    [lambda page: page.clock.install(), lambda page: page.context.new_page()],
    ids=["another clock", "a second page"],
)
def test_a_profile_that_is_not_as_new_again_is_closed(
    change: Callable[[Page], object], profiles: Profiles, used: Profile
) -> None:
    change(used.page)
    profiles.give_back(used)
    assert used.page.is_closed()
    assert profiles.take() is not used


def test_a_profile_that_was_taken_for_good_is_closed(profiles: Profiles, used: Profile) -> None:
    used.for_good = True
    profiles.give_back(used)
    assert used.page.is_closed()


LEADING = """<a href="/b/">Go</a><form action="/b/"><button>Send</button></form>
  <a id="part" href="/c/">Show</a>"""
# What a script shows in the page itself.
STAYING = "() => { document.querySelector('#part').onclick = (event) => event.preventDefault(); }"


@pytest.mark.parametrize("leave", ["a').click()", "form').requestSubmit()"], ids=["link", "form"])
def test_a_page_that_was_left_is_not_looked_at(leave: str, used: Profile, shelf: Shelf) -> None:
    """Even if the browser has not yet announced the next page."""

    def late(route: Route) -> None:
        sleep(0.3)
        route.fulfill(body="<h1>Another</h1>", content_type="text/html")

    page = used.page
    page.route("**/b/*", late)
    page.goto(shelf.put("/a/", Answer(LEADING, "")))
    page.evaluate(STAYING)
    page.click("#part")
    arrived(page)
    assert page.url == f"{shelf.url}/a/"
    page.evaluate(f"document.querySelector('{leave}")
    assert page.url == f"{shelf.url}/a/"
    arrived(page)
    assert page.locator("h1").inner_text() == "Another"
