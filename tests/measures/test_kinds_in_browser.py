"""Days of rare events and single values: defined and recorded, with and without scripts."""

from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Member
from cells.cell.models import Cell
from devtools.browser import arrived
from devtools.fixtures import Axe, Browse
from foundation.addresses import at
from foundation.models import Agency
from measures.definitions import periods
from measures.definitions.models import Measure
from measures.numbers import actions
from tests.cells.conftest import Define
from tests.conftest import Login
from tests.measures.test_days import FALLS, LUCK
from tests.measures.test_single_values import WAITS, of


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(request: pytest.FixtureRequest, browse: Browse, login: Login, facilitator: Member) -> Page:
    return browse(login(facilitator), javascript=request.param)


@pytest.fixture
def falls(define: Define, facilitator: Member, agency: Agency) -> Measure:
    """Falls, the last of them forty days ago."""
    measure = define(**FALLS)
    day = agency.today() - timedelta(days=40 + sum(LUCK))
    for gap in (0, *LUCK):
        day += timedelta(days=gap)
        actions.record_point(measure, period=day, numerator=Decimal(1), by=facilitator)
    return measure


@pytest.fixture
def waits(define: Define, facilitator: Member, agency: Agency) -> Measure:
    """A year of waits, without the last month."""
    measure = define(**WAITS, highest=Decimal(60))
    period = periods.latest("month", agency.today())
    for place in range(12):
        period = periods.before("month", period)
        values = [Decimal(4 + (place * 7 + each * 5) % 11) for each in range(4)]
        actions.record_point(measure, period=period, values=values, by=facilitator)
    return measure


def looked_at(page: Page, axe: Axe) -> None:
    """axe needs scripts; without them, only the width is checked."""
    arrived(page)
    if page.evaluate("document.body.classList.contains('js-enabled')"):
        axe(page)
        return
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_measure_of_days_is_defined_and_a_day_written_down_and_taken_back(
    page: Page, seated: Cell, agency: Agency, axe: Axe
) -> None:
    page.goto(at(agency, "measures:define", pk=seated.group_id))
    looked_at(page, axe)
    page.get_by_label("A rare thing: the days on which it happened").check()
    page.get_by_role("button", name="Go on").click()
    looked_at(page, axe)
    page.get_by_label("What is it called?").fill("Falls")
    page.get_by_label("What is it that happens?").fill("Somebody fell")
    page.get_by_label("No. More days between are better").check()
    page.get_by_label("Where is it written down?").fill("The night book")
    page.get_by_role("button", name="Save the measure").click()
    expect(page.get_by_text("No day is written down yet")).to_be_visible()
    looked_at(page, axe)

    page.get_by_role("link", name="Write down a day").click()
    page.get_by_role("button", name="Save the day").click()
    expect(page.get_by_role("heading", name="Please check these things")).to_be_visible()
    looked_at(page, axe)
    day = agency.today() - timedelta(days=3)
    page.get_by_label("On which day did it happen?").fill(day.isoformat())
    page.get_by_role("button", name="Save the day").click()
    expect(page.get_by_text("3 days ago.")).to_be_visible()
    looked_at(page, axe)

    page.get_by_role("link", name="Write down a day").click()
    page.get_by_text("Correct a day that is there").click()
    page.locator("details a").first.click()
    looked_at(page, axe)
    page.get_by_label("Why is it corrected?").fill("It was in another house.")
    page.get_by_role("button", name="It did not happen that day").click()
    expect(page.get_by_text("It was in another house.")).to_be_visible()


def test_a_chart_of_days_between_says_what_it_shows(
    page: Page, falls: Measure, agency: Agency, axe: Axe
) -> None:
    page.goto(at(agency, "measures:measure", pk=falls.pk))
    expect(page.get_by_text("That is longer than ever before on this chart.")).to_be_visible()
    expect(page.get_by_text("Days between rare events (T chart)")).to_be_visible()
    looked_at(page, axe)
    page.get_by_role("link", name="How the chart is made").click()
    looked_at(page, axe)


def test_single_values_are_written_in_one_box_and_change_both_charts(
    page: Page, waits: Measure, agency: Agency, axe: Axe
) -> None:
    page.goto(at(agency, "measures:measure", pk=waits.pk))
    page.get_by_role("link", name="Add values").click()
    looked_at(page, axe)
    box = page.get_by_label(WAITS["numerator"])
    box.fill("4, 9 twelve\n80")
    page.get_by_role("button", name="Save the values").click()
    expect(page.get_by_text("“twelve” is not a number.").first).to_be_visible()
    expect(box).to_have_value("4, 9 twelve\n80")
    looked_at(page, axe)
    box.fill("4, 9 12\n80")
    page.get_by_role("button", name="Save the values").click()
    expect(page.get_by_text("80 days is more than the most that is expected").first).to_be_visible()
    page.get_by_label("I checked it:").check()
    page.get_by_role("button", name="Save the values").click()
    expect(page.locator("figure.app-chart")).to_have_count(2)
    expect(page.get_by_role("heading", name="How far the single values differ")).to_be_visible()
    looked_at(page, axe)
    assert waits.points.order_by("-period")[0].values == of(4, 9, 12, 80)
