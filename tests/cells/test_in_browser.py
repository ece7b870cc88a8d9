"""What only a browser can show: the vote on a phone, and the chart that redraws."""

from decimal import Decimal

from playwright.sync_api import expect

from accounts.models import Member
from cells.ranking.models import PriorityRound
from devtools.fixtures import Axe, Browse
from foundation.addresses import at
from foundation.models import Agency
from measures.definitions import periods
from measures.definitions.models import Measure
from measures.numbers import actions
from tests.conftest import Login


def test_a_consumer_votes_on_a_phone_in_at_most_eight_taps(
    ranking: PriorityRound,
    agency: Agency,
    consumer: Member,
    login: Login,
    browse: Browse,
    axe: Axe,
) -> None:
    page = browse(login(consumer))
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(at(agency, "home_of"))
    taps = 0
    page.get_by_role("link", name="Vote on what comes first").click()
    taps += 1
    axe(page)
    for title in ("The wait at the front desk is too long", "Nobody tells us about changes"):
        page.get_by_label(title).check()
        taps += 1
    page.get_by_role("button", name="Put my vote in the box").click()
    taps += 1
    expect(page.get_by_text("You have voted.")).to_be_visible()
    axe(page)
    assert taps <= 8
    assert ranking.ballots.count() == 1


def test_a_number_that_is_added_is_on_the_chart_with_its_sentence(
    measure: Measure,
    agency: Agency,
    provider: Member,
    login: Login,
    browse: Browse,
    axe: Axe,
) -> None:
    period = periods.latest(measure.frequency, agency.today())
    for seen in (12, 13, 11, 14, 12, 13, 12, 11, 14):
        period = periods.before(measure.frequency, period)
        actions.record_point(
            measure, period=period, numerator=Decimal(seen), denominator=Decimal(20), by=provider
        )
    page = browse(login(provider))
    page.goto(at(agency, "measures:measure", pk=measure.pk))
    expect(page.get_by_text("Not enough results yet to tell.")).to_be_visible()
    page.get_by_role("link", name="Add a number").click()
    page.get_by_label(measure.numerator).fill("15")
    page.get_by_label(measure.denominator).fill("20")
    axe(page)
    page.get_by_role("button", name="Save the number").click()
    page.get_by_text("Show the numbers").click()
    expect(page.get_by_role("row", name="75% (15 of 20)")).to_be_visible()
    axe(page)
