"""An agency on its first day, with its administrator and nothing else.

Every page they reach responds and says what goes there; nothing is offered that is refused.
"""

from django.test import Client
from playwright.sync_api import Page

from accounts.models import Member
from devtools.browser import Watch
from devtools.parts import LOOKED_AT
from tests.browser.covering import covering, to_look_at
from tests.browser.crawl import HOME, Crawl, Memory, pages, reached
from tests.browser.looks import wrong
from tests.browser.mistakes import badly_told, sent_wrong
from tests.browser.offered import asking_often, bare, refused, refusing
from tests.browser.shelf import Shelf
from tests.conftest import Login

# What a newcomer has to find.
FIRST = {
    "accounts:people",
    "compensation:plan",
    "compensation:starter",
    "documents:list",
    "documents:starter",
    "groups:list",
    "indicators:dashboard",
    "indicators:settings",
    "oversight:committee",
    "safety:contacts",
    "satisfaction:rounds",
    "starters:texts",
}


def test_an_administrator_finds_their_way_in_an_empty_agency(
    founder: Member, login: Login, shelf: Shelf, on_shelf: Page, watch: Watch
) -> None:
    client: Client = login(founder)
    today = founder.agency.today()
    crawl = Crawl(client, tuple(pages(client, HOME, today, Memory())))
    assert reached(crawl.found) >= FIRST
    problems = [*refused(crawl.found), *refusing(crawl.found), *asking_often(crawl.found)]
    problems += bare(crawl.found)
    mistakes = [*sent_wrong(crawl, today, set())]
    problems += badly_told(mistakes)
    for each in covering(to_look_at(crawl.found, mistakes), LOOKED_AT):
        on_shelf.goto(shelf.put(each.url, each.answer))
        problems += [f"{each.said}: {problem}" for problem in wrong(on_shelf, watch)]
    assert not problems, "\n".join(problems)
