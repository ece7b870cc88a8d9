"""Deciding on a chart, and checking that a gain lasts, in a browser."""

from datetime import date

import pytest
from playwright.sync_api import expect

from accounts.models import Member
from cells.plans import actions
from cells.plans.models import ActionPlan
from devtools.fixtures import Axe, Browse
from foundation.addresses import at
from foundation.models import Agency
from measures.definitions.models import Measure
from tests.cells.conftest import Count
from tests.conftest import Login
from tests.measures.test_charts import STEADY


def test_a_chart_is_chosen_a_result_left_out_and_a_phase_begun_with_reasons(
    measure: Measure,
    count: Count,
    agency: Agency,
    facilitator: Member,
    login: Login,
    browse: Browse,
    axe: Axe,
) -> None:
    days = count(measure, [*STEADY[:11], 199])
    page = browse(login(facilitator))
    page.goto(at(agency, "measures:measure", pk=measure.pk))
    expect(page.get_by_text("was far above the usual range")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="How the chart is made").click()
    axe(page)

    page.get_by_role("link", name="Leave a result out").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Please check these things")).to_be_visible()
    axe(page)
    page.get_by_label("Which result?").select_option(days[11].isoformat())
    page.get_by_label("Why?").fill("A flood closed the house.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("nothing shows a real change")).to_be_visible()

    page.get_by_role("link", name="How the chart is made").click()
    page.get_by_role("link", name="Begin a new phase").click()
    axe(page)
    page.get_by_label("With which period does it begin?").select_option(days[6].isoformat())
    page.get_by_label("What is it called on the chart?").fill("New desk")
    page.get_by_label("Why?").fill("A second desk was opened, and stays.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("svg text:visible", has_text="New desk")).to_have_count(1)
    expect(page.get_by_text("6 of 10 results so far in this phase").first).to_be_attached()

    page.get_by_role("link", name="How the chart is made").click()
    page.get_by_role("link", name="Choose another chart").click()
    axe(page)
    page.get_by_label("Single results (I chart)").check()
    page.get_by_label("Making Data Count").check()
    page.get_by_label("Why this one?").fill("Our funder reads it so.")
    page.get_by_role("button", name="Use this chart").click()
    # The phase has too few useful results; the page says so and keeps the input.
    expect(page.get_by_text("Our funder reads it so.")).to_be_visible()
    page.goto(at(agency, "measures:chart", pk=measure.pk))
    axe(page)
    page.get_by_role("link", name="Take this back").first.click()
    page.get_by_label("Why is it taken back?").fill("It did not stay.")
    axe(page)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back by")).to_be_visible()


def test_a_plan_shows_its_verdict_and_somebody_keeps_looking(
    active: ActionPlan,
    measure: Measure,
    count: Count,
    agency: Agency,
    consumer: Member,
    facilitator: Member,
    login: Login,
    browse: Browse,
    axe: Axe,
    request: pytest.FixtureRequest,
) -> None:
    count(measure, STEADY[:12])
    page = browse(login(facilitator))
    page.goto(at(agency, "cells:plan", pk=active.pk))
    expect(page.get_by_text("Not enough data yet")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Write down how it goes").click()
    expect(page.get_by_text("there is nothing to compare")).to_be_visible()
    page.get_by_label("What do you see?").fill("Too early.")
    page.get_by_label("Go on as planned").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("What the charts said then").click()
    expect(page.get_by_text("there is nothing to compare").last).to_be_visible()

    finished = request.getfixturevalue("finished")
    page.goto(at(agency, "cells:plan", pk=finished.pk))
    page.get_by_role("link", name="Say how we see that it lasts").click()
    axe(page)
    page.get_by_label("Who will check?").select_option(label=consumer.display_name)
    page.get_by_label("What would make you take it up again?").fill("Below 40 percent.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("We take it up again if")).to_be_visible()
    page.get_by_role("link", name="Record a check").click()
    expect(page.get_by_text("We said we would take it up again if:")).to_be_visible()
    axe(page)
    page.get_by_label("What do you see?").fill("It holds.")
    page.get_by_label("It lasts. Keep looking").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="It lasts. Keep looking")).to_be_visible()


def test_further_measures_of_a_plan_are_watched_and_left_out_again(
    whole: ActionPlan,
    measure: Measure,
    agency: Agency,
    facilitator: Member,
    login: Login,
    browse: Browse,
    axe: Axe,
    request: pytest.FixtureRequest,
) -> None:
    request.getfixturevalue("define")(name="Calls that nobody took", direction="decrease")
    page = browse(login(facilitator))
    page.goto(at(agency, "cells:plan", pk=whole.pk))
    page.get_by_role("link", name="Watch another number, too").click()
    axe(page)
    page.get_by_label("Shows whether something else gets worse").check()
    page.get_by_label("Which number?").select_option(label="Calls that nobody took (%)")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Calls that nobody took").first).to_be_visible()
    page.get_by_role("link", name="Do not watch this number").click()
    axe(page)
    page.get_by_role("button", name="Leave it out of the plan").click()
    expect(page.get_by_role("link", name="Calls that nobody took")).to_have_count(0)
    actions.activate(whole, by=facilitator)


def test_on_paper_the_numbers_above_a_chart_are_told_also_where_they_are_folded(
    active: ActionPlan,
    measure: Measure,
    count: Count,
    agency: Agency,
    today: date,
    provider: Member,
    login: Login,
    browse: Browse,
) -> None:
    count(measure, STEADY[:12])
    for number in range(5):
        given = {"what": f"Step {number}", "owner": provider, "due": today, "by": provider}
        actions.finish_step(actions.add_step(active, **given), by=provider)  # type: ignore[arg-type]
    page = browse(login(provider))
    page.goto(at(agency, "measures:measure", pk=measure.pk))
    last = page.get_by_text("Step done: Step 4")
    expect(last).to_be_hidden()
    page.emulate_media(media="print")
    expect(last).to_be_visible()
