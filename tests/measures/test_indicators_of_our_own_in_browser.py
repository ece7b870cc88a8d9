"""An indicator of our own, from its definition to a committee member who opens its records."""

import re
from datetime import date, timedelta
from decimal import Decimal

from playwright.sync_api import expect

from accounts.models import Member
from devtools.fixtures import Browse
from foundation.addresses import at
from measures.definitions.models import Measure
from measures.numbers.actions import record_point
from tests.conftest import Login


def test_an_indicator_of_our_own_reaches_the_committee(
    measure: Measure,
    provider: Member,
    administrator: Member,
    committee_chair: Member,
    today: date,
    browse: Browse,
    login: Login,
) -> None:
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    record_point(
        measure, period=month, numerator=Decimal(81), denominator=Decimal(100), by=provider
    )
    agency = administrator.agency
    page = browse(login(administrator), javascript=False)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(at(agency, "indicators:dashboard"))
    page.get_by_role("link", name="Define an indicator of our own").click()
    page.get_by_role("link", name="Define an indicator").click()
    page.get_by_role("button", name="Save the draft and test it").click()
    expect(page).to_have_title(re.compile("^Error:"))
    page.get_by_label("What is it called?").fill("Nobody waits long")
    page.get_by_label("What does it mean").fill("People who come are seen soon.")
    page.get_by_label("The newest number of a measure").check()
    page.get_by_label("Which measure?").select_option(label=measure.name)
    page.get_by_label("At least the goal").check()
    page.get_by_label("Which number is the goal?").fill("70")
    page.get_by_role("button", name="Save the draft and test it").click()
    expect(page.get_by_role("heading", name="What it would say now")).to_be_visible()
    expect(page.locator(".app-answer")).to_contain_text("81%")
    page.get_by_role("button", name="This is what we mean").click()
    page.get_by_label("Why does it change?").fill("The committee asked for it.")
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("The indicator counts from")).to_be_visible()

    page = browse(login(committee_chair))
    page.goto(at(agency, "indicators:dashboard"))
    expect(page.get_by_role("heading", name="Our own indicators")).to_be_visible()
    page.get_by_role("link", name="Nobody waits long").click()
    expect(page.get_by_text("Goal: at least 70%").first).to_be_visible()
    expect(page.get_by_text("The committee asked for it.")).to_be_visible()
    page.get_by_role("link", name="All numbers, and their chart").click()
    expect(page.get_by_role("heading", name=measure.name).first).to_be_visible()
