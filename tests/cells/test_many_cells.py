"""A facilitator with sixty cells: every page stays short, and says how much more there is."""

import re
from datetime import date, timedelta

from django.test import Client
from playwright.sync_api import Page, ViewportSize

from accounts.models import Member, StandingKind
from cells.cell import actions as cell_actions
from cells.cell.models import Cell
from cells.ideas import actions as idea_actions
from cells.ideas.models import Opportunity, OpportunityKind
from devtools import seating
from devtools.states import state
from foundation.addresses import at
from foundation.models import Agency
from groups.models import Office
from measures.definitions import actions as measure_actions
from measures.definitions.models import Measure
from notifications.areas import Area
from notifications.waiting import waiting
from tests.browser.shelf import POLICY, Answer, Shelf
from tests.cells.conftest import DEFINITION
from tests.conftest import Enter, Login, assert_budget
from tests.lengths import MOST, too_long
from tests.lists import walk

CELLS = 60
PHONE: ViewportSize = {"width": 390, "height": 844}
# The most phone screens per page, however much there is.
SCREENS = 9
PAGES = [
    "home_of",
    "notifications:waiting",
    "notifications:inbox",
    "cells:cells",
    "cells:board",
    "measures:measures",
    "cells:idea",
    "groups:list",
    "dialogues:dialogues",
]
ITEM = re.compile(r"<li\b|<tr\b")


@state
def busy(facilitator: Member, enter: Enter, start: date, agency: Agency) -> Member:
    """Femi runs sixty cells; in each an idea, a number and a step of a plan wait."""
    rosa = enter("Rosa of the cells", StandingKind.PRIMARY_CONSUMER)
    for number in range(CELLS):
        cell = cell_actions.open_cell(
            name=f"Cell {number}", focus="Welcome", mission="All welcome.", by=facilitator, on=start
        )
        seating.seat(cell.group, rosa, since=start, by=facilitator)
        seating.seat(cell.group, facilitator, since=start, by=facilitator, office=Office.CHAIR)
        idea_actions.raise_opportunity(
            cell, title=f"Idea {number}", by=rosa, kind=OpportunityKind.PROBLEM
        )
        measure_actions.define(
            cell.group,
            **{**DEFINITION, "name": f"Number {number}", "collected_by": facilitator},
            by=facilitator,
        )
    long_ago = agency.today() - timedelta(days=150)
    Measure.objects.within(agency).update(defined_on=long_ago)
    Opportunity.objects.within(agency).update(raised_on=long_ago, state_on=long_ago)
    return facilitator


def items(html: str) -> int:
    return len(ITEM.findall(html.partition("<main")[2].partition("</main>")[0]))


def test_pages_of_somebody_with_sixty_cells_stay_short(
    busy: Member, agency: Agency, login: Login, shelf: Shelf, on_shelf: Page
) -> None:
    client, long = login(busy), []
    on_shelf.set_viewport_size(PHONE)
    for name in PAGES:
        url = at(agency, name)
        assert_budget(client, url)
        answer = client.get(url)
        html = answer.content.decode()
        on_shelf.goto(shelf.put(url, Answer(html, answer.headers.get(POLICY, ""))))
        height = on_shelf.evaluate("() => document.documentElement.scrollHeight")
        if items(html) > MOST or height > SCREENS * PHONE["height"]:
            long.append(f"{name}: {items(html)} items, {height} px")
    assert not long, "\n".join(long)


def found(client: Client, url: str) -> tuple[int, list[str]]:
    return walk(client, url, r'class="govuk-link app-card__link" href="([^"]+)"')


def test_nothing_that_waits_is_out_of_reach(busy: Member, agency: Agency, login: Login) -> None:
    everything = waiting(busy, agency.today())
    assert len(everything) > CELLS
    client = login(busy)
    home = client.get(at(agency, "home_of"))
    assert sum(each.total for each in home.context["areas"]) == len(everything)
    assert [each.url for each in home.context["waiting"]] == [each.url for each in everything[:5]]
    total, urls = found(client, at(agency, "notifications:waiting"))
    assert total == len(everything)
    assert sorted(urls) == sorted(each.url for each in everything)
    for area in home.context["areas"]:
        mine = [each for each in everything if each.area == area.area]
        assert area.total == len(mine)
        assert area.overdue == sum(each.overdue for each in mine)
    answer = client.get(at(agency, "notifications:waiting") + "?area=numbers")
    assert answer.context["area"] == Area.NUMBERS
    assert all(each.area == Area.NUMBERS for each in answer.context["page"])
    assert client.get(at(agency, "notifications:waiting") + "?area=nonsense").status_code == 200
    assert Cell.objects.within(agency).count() == CELLS


def test_no_list_on_any_page_is_as_long_as_there_are_cells(
    busy: Member, agency: Agency, login: Login
) -> None:
    rosa = Member.objects.within(agency).get(display_name="Rosa of the cells")
    for member in (busy, rosa):
        assert too_long(login(member), at(agency, "home_of")) == {}
