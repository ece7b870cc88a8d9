"""Core journeys without JavaScript: speaking, ranking, deciding, numbers, pay, review."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Member
from cells.cell.actions import open_cell
from cells.cell.models import Cell
from cells.ideas.actions import raise_opportunity
from cells.ideas.models import OpportunityKind
from cells.ranking.actions import open_round
from compensation.plan.actions import draft
from devtools.established import establish
from devtools.fixtures import Browse
from devtools.ratified import adopt
from devtools.seating import seat
from dialogues.dialogue.actions import open_dialogue
from dialogues.dialogue.models import VoiceDoor
from foundation.models import Agency
from foundation.quarters import before, quarter_of
from groups.actions import open_group, propose
from groups.models import GroupKind, Office
from measures.definitions.actions import define
from measures.definitions.models import Frequency
from measures.kinds.shape import BetterWay, MeasureKind
from tests.browser.person import Person
from tests.conftest import Login

Sit = Callable[[Member], Person]
IDEAS = ("Call back on the same day", "Say hello at the door", "One form in place of five")


@pytest.fixture
def sit(browse: Browse, login: Login) -> Sit:
    """Let somebody sit down at a browser without scripts."""
    return lambda member: Person(member, browse(login(member), javascript=False))


@pytest.fixture
def cell(
    agency: Agency,
    facilitator: Member,
    administrator: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
) -> Cell:
    """A cell of three with three ideas."""
    today = agency.today()
    cell = open_cell(name="A Warm First Visit", focus="The first day", by=facilitator, on=today)
    for member in (consumer, second_consumer, provider):
        seat(cell.group, member, since=today, by=administrator)
    for title in IDEAS:
        raise_opportunity(cell, by=consumer, kind=OpportunityKind.PROBLEM, title=title)
    return cell


def test_nobody_needs_scripts_or_an_account_to_speak(
    agency: Agency, facilitator: Member, browse: Browse
) -> None:
    open_dialogue(agency, by=facilitator, name="Tuesday Tea", on=agency.today())
    door = VoiceDoor.objects.within(agency).get(closed_on=None)
    page: Page = browse(javascript=False)
    page.goto(f"/o/dialogues/voice/{door.code}/")
    expect(page.get_by_text("988").first).to_be_visible()
    page.get_by_label("What helps your recovery here? What gets in the way?").check()
    page.get_by_label("What do you want to say?").fill("Music helps. Being talked at does not.")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    code = page.locator("main .app-code").inner_text()
    page.goto("/o/dialogues/receipt/")
    page.get_by_label("Your code").fill(code)
    page.get_by_role("button", name="Look").click()
    expect(page.locator("main")).to_contain_text("Music helps. Being talked at does not.")


def test_voting_needs_no_scripts(agency: Agency, cell: Cell, facilitator: Member, sit: Sit) -> None:
    ranking = open_round(
        cell,
        opportunities=cell.opportunities.all(),
        closes_on=agency.today() + timedelta(days=6),
        by=facilitator,
    )
    for seat_held in cell.group.seats.select_related("member__user"):
        member = seat_held.member
        member.agency = agency
        voter = sit(member)
        voter.go("cells:cells").follow("A Warm First Visit").follow("Vote")
        voter.tick(IDEAS[1]).press("Put my vote in the box").sees("You have voted. Thank you.")
    femi = sit(facilitator).go("cells:round", pk=ranking.pk)
    femi.follow("Close the vote and count").press("Close the vote and count")
    femi.sees("What came out of the vote")
    expect(femi.page.locator("tbody tr").first).to_contain_text(IDEAS[1])


def test_deciding_needs_no_scripts(
    cell: Cell, consumer: Member, provider: Member, sit: Sit
) -> None:
    decision = propose(cell.group, title="Tea at noon", text="Put the kettle on.", by=provider)
    rosa = sit(consumer).go("groups:decision", pk=decision.pk)
    rosa.tick("I agree, with reservations").write("Why?", "Who rinses the cups?")
    rosa.press("Send my view").sees("Thank you. Your view is in.")


def test_a_number_needs_no_scripts_and_its_chart_neither(
    cell: Cell, facilitator: Member, provider: Member, sit: Sit
) -> None:
    measure = define(
        cell.group,
        name="Calls that nobody answered",
        kind=MeasureKind.COUNT,
        direction=BetterWay.DECREASE,
        numerator="Calls that nobody answered",
        frequency=Frequency.MONTH,
        source="The call book",
        collected_by=provider,
        by=facilitator,
    )
    priya = sit(provider).go("measures:measure", pk=measure.pk).follow("Add a number")
    priya.write("Calls that nobody answered", 17).press("Save the number")
    priya.sees("Not enough results yet to tell.")
    expect(priya.page.locator(".app-chart svg").first).to_be_visible()


def test_choosing_payment_needs_no_scripts(
    agency: Agency, cell: Cell, administrator: Member, consumer: Member, sit: Sit
) -> None:
    establish(agency)
    plan = draft(
        text="Your time is worth money.",
        hourly_rate=Decimal(25),
        daily_cap=None,
        due_days=14,
        by=administrator,
    )
    adopt(plan, on=agency.today(), by=administrator)
    rosa = sit(consumer).go("compensation:my_payments").follow("Choose now")
    rosa.tick("Yes, pay me").press("Save my choice")
    rosa.go("compensation:my_payments").sees("You chose: yes, pay me.")


def test_a_review_needs_no_scripts(
    agency: Agency, administrator: Member, committee_chair: Member, sit: Sit
) -> None:
    today = agency.today()
    committee = open_group(
        agency, kind=GroupKind.COMMITTEE, name="Oversight Committee", by=administrator, on=today
    )
    seat(committee, committee_chair, office=Office.CHAIR, since=today, by=administrator)
    chidi = sit(committee_chair).go("oversight:reviews").follow("Open a review")
    chidi.tick(str(before(quarter_of(today)))).press("Freeze the indicators and open it")
    chidi.follow("Consumers direct the oversight committee").follow("Write down a finding")
    chidi.tick("Something that goes well").write("What did the committee find?", "We meet.")
    chidi.tick("No").press("Write it down").sees("We meet.")
