"""The whole loop, from a voice to management's answer, while everything is restarted.

Real PostgreSQL and Valkey; two web servers, two workers and two beats, each stopped and started
again in turn. The administrator's dashboard is opened once and never reloaded: it updates
itself.
"""

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Browser, Locator, expect

from accounts.models import EmailLevel, Member
from compensation.claims.models import Claim
from compensation.payments.models import Payment
from compensation.plan.actions import draft
from devtools import worker
from devtools.browser import Profiles, arrived
from devtools.established import establish
from devtools.ratified import adopt
from devtools.rolling import NUMBERS, RollingPortal
from devtools.seating import seat
from devtools.servers.processes import private_folder, server_user
from foundation.models import Agency
from foundation.quarters import before, quarter_of
from groups.actions import open_group
from groups.models import GroupKind, Office, SeatOffer
from indicators.models import StaleMark
from notifications.models import Email
from tests.browser.person import Person
from tests.conftest import Login

SAID = "I heard my plan for the first time when it was read out. Then I was asked to sign."
QUOTE = "I heard my plan for the first time"
THEME = "People meet their plan too late"
IDEA = "Give people their plan before the meeting"
OTHER = "Hold plan meetings in the evening, too"
TOLD = "You said that you see your plan too late. Now you get it three days before."
TALKING = "Consumers and providers keep talking with each other"
AS_IT_IS = 90_000

pytestmark = pytest.mark.xdist_group("portal")

Sit = Callable[[Member], Person]


@pytest.fixture
def program(
    agency: Agency, administrator: Member, committee_chair: Member, consumer: Member
) -> Agency:
    """An agency with an oversight committee and a compensation plan, and nothing else yet."""
    today = establish(agency).today()
    with transaction.atomic():
        committee = open_group(
            agency,
            kind=GroupKind.COMMITTEE,
            name="Oversight Committee",
            by=administrator,
            on=today,
        )
        seat(committee, committee_chair, office=Office.CHAIR, since=today, by=administrator)
        seat(committee, consumer, since=today, by=administrator)
        plan = draft(
            text="Your time is worth money.",
            hourly_rate=Decimal(25),
            daily_cap=None,
            due_days=14,
            by=administrator,
        )
        adopt(plan, on=today, by=administrator)
    return agency


@pytest.fixture
def rolling(
    transactional_db: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RollingPortal]:
    """The portal whose processes are restarted all the time; no request may notice."""
    folder = worker.folder() / f"rolling-{worker.name()}"
    folder.mkdir()
    private_folder(folder / "valkey", server_user())
    portal = RollingPortal(folder, worker.environment())
    try:
        portal.start()
        yield portal
    finally:
        portal.close()


@pytest.fixture
def sit(rolling: RollingPortal, chromium: Browser, login: Login) -> Iterator[Sit]:
    """Let somebody sit down at a browser of their own."""
    profiles = Profiles(chromium, rolling.url)
    taken = []

    def sit(member: Member) -> Person:
        taken.append(profiles.take())
        session = login(member).cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": rolling.url}
        taken[-1].page.context.add_cookies([cookie])  # type: ignore[list-item]
        return Person(member, taken[-1].page)

    yield sit
    problems = [problem for profile in taken for problem in profile.watch.take()]
    for profile in taken:
        profile.page.context.close()
    assert not problems, "The browser complains:\n" + "\n".join(problems)


def sign(dashboard: Person, title: str) -> Locator:
    """The status of an indicator on the dashboard, in words."""
    card = dashboard.page.locator(".app-sign").filter(has_text=title)
    return card.locator(".app-sign__status")


def test_what_a_consumer_says_leads_to_what_management_answers(
    rolling: RollingPortal,
    program: Agency,
    administrator: Member,
    facilitator: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    committee_chair: Member,
    manager: Member,
    approver: Member,
    payer: Member,
    sit: Sit,
) -> None:
    people = Member.objects.within(program).filter(pk=consumer.pk)
    people.update(email_level=EmailLevel.EACH)
    femi, rosa, ada = sit(facilitator), sit(consumer), sit(administrator)
    chidi, today = sit(committee_chair), program.today()

    ada.go("indicators:dashboard")
    expect(sign(ada, TALKING)).to_contain_text("Act", timeout=AS_IT_IS)

    sam, priya = sit(second_consumer), sit(provider)
    hold_a_dialogue(femi, today, rosa, sam, priya)
    rosa.go("dialogues:dialogues").follow("Tuesday Tea").follow("Say something")
    rosa.tick("What has it been like for you here?").write("What do you want to say?", SAID)
    rosa.tick("The people who read my words. Show it as Rosa").press("Send")

    femi.go("dialogues:dialogues").follow("Tuesday Tea").follow("Write down a theme")
    femi.tick(SAID).write("Name the theme in one sentence", THEME)
    femi.write("The words that say it best", QUOTE).press("Keep this theme")
    # Nobody has touched the administrator's page since it was opened.
    expect(sign(ada, TALKING)).to_contain_text("On track", timeout=AS_IT_IS)

    open_a_cell(femi, today, rosa, sam, priya)
    femi.go("dialogues:dialogues").follow("Tuesday Tea").follow("Work on this theme")
    femi.follow("Take it to a cell").pick("Which cell should take it up?", "Planning Together")
    femi.tick("Something to make better").write("Name it in a few words", IDEA)
    femi.press("Give it to the cell")
    rosa.go("cells:cells").follow("Planning Together").follow("Share an improvement idea")
    rosa.tick("Something good to build on").write("Say it in a few words", OTHER)
    rosa.press("Send my idea")

    rank(femi, [rosa, sam, priya], today)
    decide(femi, [rosa, sam, priya])
    plan(rosa, provider, today)
    count(rosa)
    be_told(femi, rosa, [rosa, sam])

    be_paid(rosa, sit(approver), sit(payer), today)
    review(chidi, rosa, sit(manager), today)

    rosa.go("cells:cells").follow("Planning Together").follow("See all improvement ideas")
    rosa.follow(IDEA).sees(QUOTE, TOLD)
    every_process_was_restarted(rolling)
    nothing_was_lost_or_done_twice(rolling, program)
    portal_told = ada.page.locator(".app-sign").filter(has_text="Consumers direct the oversight")
    expect(portal_told).to_be_visible()


def every_process_was_restarted(rolling: RollingPortal) -> None:
    each = {f"{name} {kind}" for name in NUMBERS for kind in ("web", "worker", "beat")}
    end = time.monotonic() + AS_IT_IS / 1000
    while not each <= set(rolling.restarted) and time.monotonic() < end:
        time.sleep(0.2)
    assert each <= set(rolling.restarted), rolling.restarted
    assert all(rolling.balancer.answered.values()), rolling.balancer.answered


def nothing_was_lost_or_done_twice(rolling: RollingPortal, agency: Agency) -> None:
    """Each request was answered, each page counted, each payment made and each letter sent once."""
    end = time.monotonic() + AS_IT_IS / 1000
    while (late := unsettled(agency)) and time.monotonic() < end:
        time.sleep(0.5)
    assert late == []
    assert rolling.balancer.problems == []
    for name, log in rolling.logs().items():
        assert not re.search(r"Traceback|raised unexpected|Internal Server Error", log), (name, log)
    assert Payment.objects.within(agency).count() == 1
    earned = Claim.objects.within(agency).values_list("member", "kind", "attendance", "service_on")
    letters = [path.read_text(errors="replace") for path in rolling.mail_folder.glob("*")]
    sent = [code for each in letters for code in re.findall(r"(?m)^Message-ID: (.*)$", each)]
    for once in (earned, sent):
        assert [each for each, often in Counter(once).items() if often > 1] == []
    assert len(sent) == Email.objects.within(agency).exclude(sent_at=None).count() > 0


def unsettled(agency: Agency) -> list[str]:
    """What jobs still have to do."""
    marks = StaleMark.objects.within(agency).values_list("indicator", flat=True)
    letters = Email.objects.within(agency).due(timezone.now()).values_list("pk", flat=True)
    return [*(f"indicator {each}" for each in marks), *(f"letter {each}" for each in letters)]


def take_the_seat(person: Person, place: str) -> None:
    """A person who is offered a seat answers on a page of their own, and accepts."""
    waiting = SeatOffer.objects.within(person.member.agency).waiting()
    offer = waiting.get(member=person.member, group__name=place)
    person.go("groups:offer", pk=offer.pk).press("Take the seat")


def hold_a_dialogue(femi: Person, today: date, rosa: Person, sam: Person, priya: Person) -> None:
    """Opened, led by one of each side, held today."""
    femi.go("dialogues:open_dialogue").write("Name of the dialogue", "Tuesday Tea")
    femi.tick("Open dialogue").write("First day", today).press("Start the dialogue")
    for person, side in (
        (rosa, "For the people who use services"),
        (priya, "For the front-line staff"),
    ):
        femi.follow("Name a co-facilitator").pick("Who will facilitate?", str(person.member))
        femi.tick(side).write("From which day?", today).tick("I asked them, and they agreed")
        femi.press("Ask them")
        take_the_seat(person, "Tuesday Tea")
        femi.go("dialogues:dialogues").follow("Tuesday Tea")
    femi.follow("See who takes part")
    femi.follow("Offer somebody a seat").pick("Who?", str(sam.member)).tick("No")
    femi.write("Starting on which day?", today).press("Offer the seat")
    take_the_seat(sam, "Tuesday Tea")

    femi.go("dialogues:dialogues").follow("Tuesday Tea").follow("Plan a session")
    morning = timezone.now().astimezone(femi.member.agency.zone).replace(hour=0, minute=5)
    femi.write("When does it start?", f"{morning:%Y-%m-%dT%H:%M}")
    femi.write("How long will it be, in minutes?", 90).press("Plan the meeting")
    femi.go("dialogues:dialogues").follow("Tuesday Tea")
    femi.follow("Record the meeting")
    femi.tick(*(str(person.member) for person in (rosa, sam, priya)))
    femi.press("Go on").press("Save")


def open_a_cell(femi: Person, today: date, *people: Person) -> None:
    femi.go("cells:open").write("What is the cell called?", "Planning Together")
    femi.write("What is it about?", "People write their own plans").press("Open the cell")
    for person in people:
        femi.go("cells:cells").follow("Planning Together")
        femi.page.get_by_text("People, meetings and decisions").click()
        femi.follow("See who is in this cell").follow("Offer somebody a seat")
        femi.pick("Who?", str(person.member)).tick("Yes").write("Starting on which day?", today)
        femi.press("Offer the seat")
        take_the_seat(person, "Planning Together")


def rank(femi: Person, voters: list[Person], today: date) -> None:
    """Everybody votes in secret, then the vote is closed."""
    femi.go("cells:cells").follow("Planning Together").follow("Start a vote")
    femi.tick(IDEA, OTHER).write("What is the last day to vote?", today + timedelta(days=6))
    femi.press("Start the vote")
    for voter in voters:
        voter.go("cells:cells").follow("Planning Together").follow("Vote")
        voter.tick(IDEA).press("Put my vote in the box")
    femi.page.reload()
    femi.follow("Close the vote and count").press("Close the vote and count")


def decide(femi: Person, members: list[Person]) -> None:
    """The choice is proposed, and adopted by consent."""
    femi.follow("Propose one idea").tick(IDEA)
    femi.write("Why this one?", "It came first.").press("Bring it to the cell")
    agree(femi, members)


def agree(femi: Person, members: list[Person]) -> None:
    """Each member agrees to the proposal before the facilitator, who then closes it."""
    for member in members:
        member.page.goto(femi.page.url)
        member.tick("I agree").press("Send my view")
    femi.page.reload()
    femi.follow("Close the decision").tick("It is agreed").press("Record the decision")


def plan(rosa: Person, provider: Member, today: date) -> None:
    """A consumer makes the plan: aim, measure, goal, step, how to see if it works."""

    def to_plan() -> None:
        rosa.go("cells:cells").follow("Planning Together").follow(IDEA)

    to_plan()
    rosa.page.locator("main a[href$='/aim/']").click()
    arrived(rosa.page)
    rosa.write("What do you want to make better?", "Seven in ten people help to write it.")
    rosa.press("Save")
    rosa.go("cells:cells").follow("Planning Together")
    rosa.page.get_by_text("Track a measure").click()
    rosa.follow("Add a measure")
    rosa.tick("A count: how many").press("Go on")
    rosa.write("What is it called?", "Plans that people helped to write")
    rosa.write("What is counted?", "Plans that somebody helped to write")
    rosa.tick("More is better", "Every month")
    rosa.write("Where does the number come from?", "The card after the meeting")
    rosa.pick("Who writes it down?", str(provider)).press("Save the measure")
    to_plan()
    rosa.page.locator("main a[href$='/goal/']").click()
    arrived(rosa.page)
    rosa.write("Where do you start from?", 15).write("Where do you want to get?", 30)
    rosa.write("By when?", today + timedelta(days=200)).press("Save")
    to_plan()
    rosa.page.locator("main a[href$='/steps/']").first.click()
    arrived(rosa.page)
    rosa.write("What will be done?", "Print plans three days before")
    rosa.pick("Who will do it?", str(provider))
    rosa.write("By when?", today + timedelta(days=20)).press("Save")
    to_plan()
    rosa.page.locator("main a[href$='/evaluation/']").click()
    arrived(rosa.page)
    rosa.pick("Who will look at how it goes?", str(rosa.member)).tick("Every month")
    rosa.write("What would make you change the plan, or stop?", "No change in three months.")
    rosa.press("Save")
    to_plan()
    rosa.press("Start the plan").sees("Under way")


def count(rosa: Person) -> None:
    """One number is recorded, and the chart shows it with a sentence that calls it no trend."""
    rosa.go("cells:cells").follow("Planning Together")
    rosa.follow("Plans that people helped to write").follow("Add a number")
    rosa.write("Plans that somebody helped to write", 17).press("Save the number")
    expect(rosa.page.locator(".app-chart svg").first).to_be_visible()
    rosa.sees("There is no number since the start yet")


def be_told(femi: Person, rosa: Person, members: list[Person]) -> None:
    """The step is done, the cell agrees that it worked, and the author is told."""
    femi.go("cells:cells").follow("Planning Together").follow(IDEA)
    femi.follow("Print plans three days before").press("It is done")
    femi.go("cells:cells").follow("Planning Together").follow("See all improvement ideas")
    femi.follow(IDEA).follow("Ask the cell if it worked")
    femi.write("What came of it?", "People get their plan before the meeting.")
    femi.write("You said, we did", TOLD).press("Ask the cell").follow("Say if it worked")
    agree(femi, members)
    rosa.go("notifications:inbox").sees(THEME)


def be_paid(rosa: Person, approver: Person, payer: Person, today: date) -> None:
    """Time in the dialogue is earned, approved and paid by others, and seen."""
    rosa.go("compensation:my_payments").follow("Choose now").tick("Yes, pay me")
    rosa.press("Save my choice")
    approver.go("compensation:payments").press("Review what is ticked").press("Approve these lines")
    payer.go("compensation:to_pay").press("Review what is ticked")
    payer.write("On which day were they paid?", today).tick("Check")
    payer.write("First check number or other reference", "1041").press("Count up from it")
    payer.press("Record these payments")
    rosa.go("compensation:my_payments").sees("$37.50", "Paid")


def review(chidi: Person, rosa: Person, manager: Person, today: date) -> None:
    """Over frozen numbers: a finding, a recommendation, an answer, accepted by the committee."""
    quarter = before(quarter_of(today))
    chidi.go("oversight:reviews").follow("Open a review").tick(str(quarter))
    chidi.press("Freeze the indicators and open it").follow(TALKING)
    chidi.follow("Write down a finding").tick("Something that needs to change")
    chidi.write("What did the committee find?", "Staff can't get away for the dialogue.")
    chidi.tick("Yes, on the next page").press("Write it down")
    chidi.write("Name it in a few words", "Two hours a month for dialogues")
    chidi.write("What do you ask management to do?", "Give staff two paid hours a month.")
    chidi.tick(str(manager.member))
    chidi.write("By when should it be done?", today + timedelta(days=60))
    chidi.press("Put it to the committee")
    agree(chidi, [chidi, rosa])

    manager.go("oversight:recommendations").follow("Two hours a month for dialogues")
    manager.follow("Answer for management").tick("We will do it")
    manager.write("Why?", "It is right.")
    manager.write("What will be done?", "Two hours a month are in each plan of shifts.")
    manager.write("By when will it be done?", today + timedelta(days=30)).press("Send the answer")

    chidi.go("oversight:recommendations").follow("Two hours a month for dialogues")
    chidi.follow("Prepare the committee’s judgement").tick("Yes, the committee accepts it")
    chidi.press("Put it to the committee")
    agree(chidi, [chidi, rosa])
    chidi.go("oversight:recommendations").follow("Two hours a month for dialogues")
    chidi.sees("Answer accepted, being carried out")
