"""Every page that the demo's people are led to, in one crawl, with each form on it.

Each page is requested in this process. As few as cover all unchecked parts are shown to the
browser, for checks that need one.
"""

from functools import cache

import pytest
from playwright.sync_api import Page

from devtools.browser import Watch
from devtools.demo.personas import PERSONAS
from devtools.parts import LOOKED_AT
from foundation import prepared
from foundation.models import Agency
from foundation.postgresql.base import PREPARED_MAX
from tests.browser.choices import alike
from tests.browser.conftest import Visit
from tests.browser.covering import covering, to_look_at
from tests.browser.crawl import crawled
from tests.browser.looks import wrong
from tests.browser.mistakes import Mistake, badly_told, kind_of, sent_wrong
from tests.browser.offered import all_forms, asking_often, numbering, refused, refusing
from tests.browser.shelf import Shelf
from tests.browser.slips import slips

pytestmark = pytest.mark.xdist_group("demo")
EVERYBODY = [each.key for each in PERSONAS]

OPEN = (
    "/demo/",
    "/",
    "/privacy/",
    "/privacy/promises/",
    "/account/login/",
    "/account/login/code/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/signup/",
    "/o/accounts/invitation/",
)


@cache
def mistaken(person: str, agency: Agency) -> tuple[Mistake, ...]:
    """The responses to wrong input of each kind of form that only this person was led to."""
    before = {
        kind_of(form)
        for other in EVERYBODY[: EVERYBODY.index(person)]
        for _page, form in all_forms(crawled(other).found)
    }
    return tuple(sent_wrong(crawled(person), agency.today(), before))


@pytest.mark.parametrize("person", EVERYBODY)
def test_what_is_offered_is_permitted_and_asks_the_database_seldom(
    person: str, demo: Agency
) -> None:
    found = crawled(person).found
    problems = [*refused(found), *refusing(found), *asking_often(found)]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("person", EVERYBODY)
def test_nothing_that_is_sent_tells_how_many_rows_there_are(person: str, demo: Agency) -> None:
    problems = [*numbering(crawled(person).found)]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("person", EVERYBODY)
def test_no_two_choices_read_the_same(person: str, demo: Agency) -> None:
    problems = [*alike(crawled(person).found)]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("person", EVERYBODY)
def test_no_sentence_shows_that_it_was_put_together(person: str, demo: Agency) -> None:
    problems = [*slips(crawled(person).found)]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("person", EVERYBODY)
def test_mistakes_are_told_and_nothing_is_lost_by_them(person: str, demo: Agency) -> None:
    problems = [*badly_told(mistaken(person, demo))]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("person", EVERYBODY)
def test_every_page_can_be_used_by_everybody_on_a_phone_and_a_desk(
    person: str, demo: Agency, shelf: Shelf, on_shelf: Page, watch: Watch
) -> None:
    problems = []
    candidates = to_look_at(crawled(person).found, mistaken(person, demo))
    for each in covering(candidates, LOOKED_AT):
        on_shelf.goto(shelf.put(each.url, each.answer))
        problems += [f"{each.said}: {problem}" for problem in wrong(on_shelf, watch)]
    assert not problems, "\n".join(problems)


def test_the_statements_of_all_pages_stay_prepared_on_one_connection(demo: Agency) -> None:
    """Otherwise whoever goes round them finds each statement gone, and waits for a new plan."""
    for person in EVERYBODY:
        crawled(person)
    assert 100 < len(prepared.texts()) <= PREPARED_MAX


def test_what_one_sees_before_signing_in_can_be_used_by_everybody(
    visit: Visit, watch: Watch
) -> None:
    problems = []
    for url in OPEN:
        problems += [f"{url}: {each}" for each in wrong(visit("", url), watch)]
    assert not problems, "\n".join(problems)
