"""Every page that one of the demo's people is led to, in one crawl, and each form on it.

Each page is asked for in this process. What is built of parts that no page before it had is loaded
in the browser, once, and all that only a browser can show is looked at there.
"""

import pytest

from devtools.browser import Watch
from devtools.demo.personas import PERSONAS
from devtools.portal import Portal
from foundation.models import Agency
from tests.browser.conftest import Visit
from tests.browser.crawl import BUDGET, HOME, MAY_ASK_OFTEN, crawled, route_of, skeleton
from tests.browser.forms import Form
from tests.browser.looks import send_empty, wrong
from tests.browser.mistakes import MISTAKEN, lost, send_without_key, untold
from tests.browser.offered import all_forms, numbering, refused, refusing

pytestmark = pytest.mark.xdist_group("portal")
EVERYBODY = [each.key for each in PERSONAS]

OPEN = (
    "/demo/",
    "/",
    "/privacy/",
    "/account/login/",
    "/account/login/code/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/signup/",
    "/o/accounts/invitation/",
)

_seen: set[str] = set()
_mistaken: set[tuple[str, ...]] = set()


def is_new(parts: frozenset[str]) -> bool:
    """Whether there is a part that was not looked at yet; from now on it was."""
    new = not parts <= _seen
    _seen.update(parts)
    return new


def is_mistaken_first(form: Form) -> bool:
    kind = (route_of(form.action), *sorted(form.controls))
    new = kind not in _mistaken
    _mistaken.add(kind)
    return new


@pytest.mark.parametrize("person", EVERYBODY)
def test_what_is_offered_is_permitted_and_asks_the_database_seldom(
    person: str, demo: Agency
) -> None:
    crawl = crawled(person)
    problems = [*refused(crawl.found), *refusing(crawl.found)]
    problems += [
        f"{each.url}: {each.queries} queries"
        for each in crawl.found
        if each.queries > BUDGET and route_of(each.url) not in MAY_ASK_OFTEN
    ]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("person", EVERYBODY)
def test_nothing_that_is_sent_tells_how_many_rows_there_are(person: str, demo: Agency) -> None:
    problems = [*numbering(crawled(person).found)]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("person", EVERYBODY)
def test_mistakes_are_told_and_nothing_is_lost_by_them(person: str, demo: Agency) -> None:
    client, problems = crawled(person).client, []
    for page, form in all_forms(crawled(person).found):
        if form.method != "post" or not form.controls or not is_mistaken_first(form):
            continue
        empty = send_without_key(client, form, {})
        full = form.filled(demo.today())[0] | form.ticked()
        answer = send_without_key(client, form, full)
        said = [*untold(empty.html)] if empty.status == MISTAKEN else []
        said += lost(form, full, answer.html) if answer.status == MISTAKEN else []
        problems += [f"{form.action} on {page.url}: {each}" for each in said]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("person", EVERYBODY)
def test_every_page_can_be_used_by_everybody_on_a_phone_and_a_desk(
    person: str, demo: Agency, demo_portal: Portal, visit: Visit, watch: Watch
) -> None:
    crawl, page, problems = crawled(person), visit(), []
    demo_portal.sign_in(page, crawl.client)
    for found in crawl.found:
        if not found.html or not is_new(found.skeleton):
            continue
        page.goto(found.url)
        problems += [f"{found.url}: {each}" for each in wrong(page, watch)]
        for place, form in enumerate(found.forms):
            if not form.controls or not form.action.startswith(HOME):
                continue
            answer = send_without_key(crawl.client, form, {})
            if answer.status == MISTAKEN and is_new(skeleton(answer.html).parts):
                page.goto(found.url)
                send_empty(page, place)
                said = wrong(page, watch)
                problems += [f"{found.url} sent empty: {each}" for each in said]
    assert not problems, "\n".join(problems)


def test_what_one_sees_before_signing_in_can_be_used_by_everybody(
    visit: Visit, watch: Watch
) -> None:
    page, problems = visit(), []
    for url in OPEN:
        page.goto(url)
        problems += [f"{url}: {each}" for each in wrong(page, watch)]
    assert not problems, "\n".join(problems)
