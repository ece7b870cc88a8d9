"""The first weeks of an agency in a browser, by links: board, plan, evening, committee, pay."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.models import Member
from compensation.plan import actions as planning
from devtools.browser import arrived
from devtools.fixtures import Browse
from foundation.addresses import at
from foundation.models import Agency
from indicators.actions import catch_up
from tests.browser.person import Person
from tests.conftest import Login, Look

Sit = Callable[[Member], Person]


@pytest.fixture
def sit(browse: Browse, login: Login) -> Sit:
    """Let somebody sit down at a browser of their own."""
    return lambda member: Person(member, browse(login(member)))


def test_an_agency_is_founded_by_links_alone(
    administrator: Member,
    facilitator: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    manager: Member,
    approver: Member,
    payer: Member,
    sit: Sit,
) -> None:
    ada, mona, rosa, sam = map(sit, (administrator, manager, consumer, second_consumer))
    priya, today = sit(provider), administrator.agency.today()

    ada.go("home_of").sees("Founding, day 1 of 120")
    chosen_on_paper(ada, "Governing body", "Board", [mona], mona, today)
    chosen_on_paper(ada, "Agency council", "Advisory council", [priya], mona, today)

    a_plan_for_the_founding(ada, mona, today)
    femi = sit(facilitator)
    first_evening(femi, [rosa, sam, priya], today)
    chosen_on_paper(ada, "Oversight committee", "Oversight", [rosa], sam, today)

    rosa.go("compensation:my_payments").follow("Choose now").tick("Yes, pay me")
    rosa.press("Save my choice")
    sit(approver).go("compensation:payments").press("Approve the ticked lines")
    paula = sit(payer).go("compensation:to_pay")
    paula.write("On which day were they paid?", today).tick("Check")
    paula.press("Record the ticked lines as paid")
    rosa.go("compensation:my_payments").sees("$37.50", "Paid")
    catch_up(administrator.agency)
    ada.go("indicators:dashboard").sees("Founding, day 1 of 120")
    ada.follow("Consumers direct the oversight").sees("Still open", "The founding ends on")


def test_pages_of_the_founding_look_right(
    agency: Agency, administrator: Member, provider: Member, login: Login, look: Look
) -> None:
    version = planning.draft(
        text="Your time is worth money.",
        hourly_rate=Decimal(25),
        daily_cap=None,
        due_days=14,
        by=administrator,
    )
    ada, priya = login(administrator), login(provider)
    look(ada, at(agency, "compensation:put_in_force", pk=version.pk))
    planning.put_in_force(
        version, on=agency.today(), text="The board agreed.", asked=provider, by=administrator
    )
    look(priya, at(agency, "compensation:plan_paper", pk=version.pk))
    look(priya, at(agency, "compensation:deny_plan_paper", pk=version.pk))
    look(ada, at(agency, "compensation:plan_version", pk=version.pk))
    planning.attest(version, by=provider)
    look(ada, at(agency, "compensation:plan"))
    catch_up(agency)
    look(ada, at(agency, "indicators:dashboard"))
    look(ada, at(agency, "indicators:indicator", code="compensation"))


def chosen_on_paper(
    ada: Person, kind: str, name: str, named: list[Person], asked: Person, today: date
) -> None:
    """Ada sets the group up and enters the paper; who was there confirms it; they sit down."""
    ada.go("groups:list").follow("Set up a").tick(kind)
    ada.write("What is it called?", name).tick("Yes").press("Set up the group")
    ada.page.locator("main a[href$='/people/paper/']").first.click()
    arrived(ada.page)
    ada.write("On which day was it decided?", today)
    ada.write("What does the paper say?", "We chose who is named here.")
    ada.tick(*(str(each.member) for each in named))
    ada.pick("Who else was there, and can confirm it?", str(asked.member))
    ada.press("Ask the second person")

    asked.go("home_of").follow(f"Say if it was decided so: {name}").press("Yes, it was so")
    for each in named:
        each.go("home_of").follow(f"Say if you take a seat: {name}")
        each.press("Take the seat")


def a_plan_for_the_founding(ada: Person, mona: Person, today: date) -> None:
    """Ada writes the plan and what the board said; Mona, who was there, confirms it."""
    ada.go("home_of").follow("Decide how you pay for people’s time")
    ada.follow("Write the plan").write("What does the plan say?", "Your time is worth money.")
    ada.write("Dollars for an hour", "25").write("Days until it is paid", 14)
    ada.press("Save the draft").follow("Put it in force for the founding")
    ada.write("On which day was it decided?", today)
    ada.write("What does the paper say?", "The board agreed to pay people for their time.")
    ada.pick("Who was there and can confirm it?", str(mona.member)).press("Ask the second person")

    mona.go("home_of").follow("Say if it was decided so: payment plan")
    mona.press("Yes, it was so").sees("This plan ends on")


def first_evening(femi: Person, people: list[Person], today: date) -> None:
    """A dialogue is opened, and a session held today."""
    femi.go("dialogues:open_dialogue").write("Name of the dialogue", "Tuesday Tea")
    femi.tick("Open dialogue").write("First day", today).press("Start the dialogue")
    femi.follow("See who takes part")
    for person in people:
        femi.follow("Offer somebody a seat").pick("Who?", str(person.member)).tick("No")
        femi.write("Starting on which day?", today).press("Offer the seat")
        person.go("home_of").follow("Say if you take a seat: Tuesday Tea")
        person.press("Take the seat")
        femi.go("dialogues:dialogues").follow("Tuesday Tea").follow("See who takes part")
    femi.go("dialogues:dialogues").follow("Tuesday Tea").follow("Plan a session")
    morning = timezone.now().astimezone(femi.member.agency.zone).replace(hour=0, minute=5)
    femi.write("When does it start?", f"{morning:%Y-%m-%dT%H:%M}")
    femi.write("How long will it be, in minutes?", 90).press("Plan the meeting")
    femi.go("dialogues:dialogues").follow("Tuesday Tea")
    femi.follow("Record the meeting")
    femi.tick(*(str(person.member) for person in people)).press("Go on").press("Save")
    expect(femi.page.locator("h1")).to_be_visible()
