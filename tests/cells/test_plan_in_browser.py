"""From a chosen idea to its verdict in a browser: wide, on a phone, and without scripts."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import FilePayload, expect

from accounts.models import Member
from cells.models import ActionPlan, Measure
from devtools.fixtures import Axe, Browse
from foundation.models import Agency
from tests.browser.person import Person
from tests.conftest import Login

# The plan's own page, aim, goal, steps, evaluation, and the plan that has started.
PLAN_PAGES = 7


def months(today: date) -> list[date]:
    """The first days of the last twelve months that are over, oldest first."""
    found, day = [], today.replace(day=1)
    for _ in range(12):
        day = (day - timedelta(days=1)).replace(day=1)
        found.append(day)
    return found[::-1]


def file_of(today: date) -> FilePayload:
    rows = [f"{day:%Y-%m},{seen},100" for day, seen in zip(months(today), SEEN, strict=True)]
    data = "\n".join(["month,seen,all", *rows]).encode()
    return {"name": "numbers.csv", "mimeType": "text/csv", "buffer": data}


SEEN = (62, 66, 61, 67, 64, 69, 63, 68, 71, 66, 72, 70)


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), (320, True), (320, False)], ids=["wide", "phone", "plain"]
)
def test_a_chosen_idea_is_planned_tried_measured_and_judged(
    width: int,
    scripts: bool,
    plan: ActionPlan,
    measure: Measure,
    agency: Agency,
    consumer: Member,
    provider: Member,
    today: date,
    login: Login,
    browse: Browse,
    axe: Axe,
) -> None:
    page = browse(login(consumer), javascript=scripts)
    page.set_viewport_size({"width": width, "height": 800})
    rosa = Person(consumer, page)
    visited: list[str] = []

    def look() -> None:
        """What a page looks like is the same without scripts, which axe needs."""
        visited.append(page.url)
        if scripts:
            axe(page)

    rosa.go("cells:plan", pk=plan.pk)
    look()
    rosa.follow("Say what you want to make better")
    look()
    rosa.write("What do you want to make better?", "By summer nobody waits ten minutes.")
    rosa.press("Save").follow("Choose the number and the goal")
    look()
    rosa.write("Where do you start from?", 40).write("Where do you want to get?", 80)
    rosa.write("By when?", today + timedelta(days=120))
    rosa.write("Which is the last day of the start?", months(today)[0] - timedelta(days=1))
    rosa.press("Save").follow("Write down the action steps")
    look()
    rosa.write("What will be done?", "Open a second desk")
    rosa.pick("Who will do it?", str(provider)).write("By when?", today + timedelta(days=9))
    rosa.press("Save").follow("Say how you will see if it works")
    look()
    rosa.pick("Who will look at how it goes?", str(consumer)).tick("Every month")
    rosa.write("What would make you change the plan, or stop?", "No change by fall.")
    rosa.press("Save").press("Start the plan").sees("The plan has started.")
    look()
    assert len(visited) <= PLAN_PAGES

    rosa.follow("Go to the small tests").follow("Plan a test")
    rosa.write("What will you try?", "A second desk on one morning")
    rosa.write("What do you want to learn?", "Whether the wait gets shorter.")
    rosa.write("What do you think will happen?", "Eight of ten wait less.")
    rosa.write("What exactly will be done?", "The second desk opens at nine.")
    rosa.pick("Who sees to it?", str(consumer)).write("Who takes part?", "The front desk")
    rosa.write("Where?", "At the entrance").write("How small do you start?", "One morning")
    rosa.write("First day", today).write("Last day", today + timedelta(days=1))
    look()
    rosa.press("Save").press("Start the test").follow("Write down what happens")
    rosa.write("What happened?", "It went well.").write("What did nobody expect?", "It rained.")
    look()
    rosa.press("Save: the test is over").follow("Compare it with what you expected")
    rosa.sees("Eight of ten wait less.").tick("In part").write("What did you learn?", "It helps.")
    look()
    rosa.press("Save").follow("Say what you do now")
    rosa.tick("Keep the change").write("Why?", "It helps.").press("End the test")
    rosa.sees("Keep the change", "It helps.", "It rained.")
    look()

    rosa.go("cells:upload", pk=measure.pk)
    page.set_input_files("input[type=file]", files=[file_of(today)])
    rosa.press("Go on").press("Show what would happen").sees("12 new numbers")
    page.get_by_role("button", name="Save these numbers").click()
    rosa.go("cells:measure", pk=measure.pk)
    sentence = page.locator(".app-chart__finding").first
    expect(sentence).to_be_visible()
    assert sentence.inner_text().strip()
    rosa.sees("Test 1: A second desk on one morning")
    look()
    rosa.go("cells:plan", pk=plan.pk).sees("Better, and it lasts")
    look()
