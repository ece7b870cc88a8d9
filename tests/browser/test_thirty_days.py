"""An agency's first thirty days in a browser, by links alone, from an empty database.

It heard of the portal on a Monday. Within thirty days it pays its first consumers, holds its first
dialogue, opens its first cell from what was said, and has a founding committee that the consumers
of the dialogue chose.
"""

import re
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from io import StringIO
from urllib.error import HTTPError
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import call_command
from playwright.sync_api import Browser, FilePayload, Response, ViewportSize, expect
from pytest_django import DjangoDbBlocker

from devtools.browser import Watch, arrived, new_page, overflow
from devtools.clocked import ClockedPortal, clocked_portal
from tests.browser.person import Visitor

ZONE = ZoneInfo("America/New_York")
DAY = timedelta(days=1)
PHONE: ViewportSize = {"width": 390, "height": 844}
# What the thirty days may cost the administrator, signing in included.
PAGES = 60
PEOPLE = 30
STAFF = {
    "Mona Reed": "Management",
    "Femi Ade": "Facilitator",
    "Aaron Cole": "Approver",
    "Paula Diaz": "Payer",
    "Priya Rao": "",
}
CONSUMERS = ("Rosa Lee", "Sam Bell")
THEME = "People want to see their plan before the meeting."
WORDS = "I hear my plan for the first time in the meeting."


def address(name: str) -> str:
    """Somebody's e-mail address."""
    return f"{name.split()[0].lower()}@riverside.example"


class Somebody(Visitor):
    """Somebody at a browser of their own, who gets e-mail and may have a phone that shows codes."""

    def __init__(self, portal: ClockedPortal, watch: Watch, chromium: Browser, name: str) -> None:
        at_desk = name == "Ada Flores"
        self.page = new_page(chromium, watch, portal.url, javascript=at_desk)
        self.portal, self.name = portal, name
        self.email = address(name)
        first, last = name.split()
        self.shown = f"{first} {last[0]}."
        self.secret = ""
        self.loads = 0
        self.page.on("response", self._count)
        if name in CONSUMERS:
            self.page.set_viewport_size(PHONE)

    def _count(self, response: Response) -> None:
        """A page that came, rather than an address that leads on."""
        if response.request.is_navigation_request() and not 300 <= response.status < 400:
            self.loads += 1

    def letter(self, pattern: str) -> str:
        """The first words of this kind in the latest e-mail."""
        [found, *_rest] = re.findall(pattern, self.portal.letters(self.email)[0])
        return str(found)

    def sign_in(self) -> "Somebody":
        """From the front door; with a second step for those who have one."""
        self.page.goto("/")
        self.write("Your e-mail address or member name", self.email).press("Sign in")
        self.write("The code from your e-mail", self.letter(r"\d{3}-\d{3}")).press("Go on")
        if self.secret:
            self.write("The code from your app or your list", self.app()).press("Sign in")
        return self

    def accept(self) -> "Somebody":
        """Accept the invitation that came by e-mail."""
        self.page.goto(self.letter(r"http\S+"))
        self.follow("Go on").press("Go on").tick("Yes, I want to take part").press("Take part")
        if self.page.get_by_role("link", name="Go to your home page").count():
            return self.follow("Go to your home page")
        return self.set_up_second_step()

    def set_up_second_step(self) -> "Somebody":
        self.follow("Use an app on your phone")
        self.secret = self.page.locator(".app-code").inner_text()
        self.write("The code that the app shows", self.app()).press("Turn it on")
        return self.follow("Go on to the portal")

    def app(self) -> str:
        """The code that the app shows now."""
        return str(format_hotp_value(hotp_value(self.secret, int(time.time()) // 30)))

    def go_home(self) -> "Somebody":
        self.page.get_by_role("navigation").get_by_role("link", name="Home", exact=True).click()
        arrived(self.page)
        return self

    def unfold(self, line: str) -> "Somebody":
        """Read why a line of the road matters, and what it still needs."""
        self.main.get_by_role("listitem").filter(has_text=line).locator("summary").click()
        return self

    def takes_seat(self, group: str) -> "Somebody":
        """Say yes to a seat, from the home page."""
        if self.page.get_by_role("link", name="more thing").count():
            self.page.get_by_role("link", name="more thing").click()
        self.follow(f"Say if you take a seat: {group}").press("Take the seat")
        assert overflow(self.page) <= 0
        return self

    def leaves(self) -> None:
        """Close the browser, which ends the session; the next time begins with signing in."""
        self.page.context.clear_cookies()


@pytest.fixture
def clocked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[ClockedPortal]:
    """The portal thirty days ago, at nine in the morning, on an empty database."""
    now = datetime.now(ZONE).replace(hour=9, minute=0, second=0, microsecond=0)
    with django_db_blocker.unblock(), clocked_portal(now - 30 * DAY) as portal:
        yield portal


@pytest.fixture
def somebody(clocked: ClockedPortal, chromium: Browser) -> Iterator[Callable[[str], Somebody]]:
    """Let somebody sit down at a browser of their own."""
    watch, there = Watch(), list[Somebody]()

    def sit(name: str) -> Somebody:
        there.append(Somebody(clocked, watch, chromium, name))
        return there[-1]

    yield sit
    for each in there:
        each.page.context.close()
    problems = watch.take()
    assert not problems, "The browser complains:\n" + "\n".join(problems)


def test_what_a_person_would_be_refused_is_kept_and_jobs_run_on_the_day_that_is_set(
    clocked: ClockedPortal,
) -> None:
    moment = datetime.now(ZONE) + 3 * DAY
    clocked.comes(moment)
    assert datetime.now(ZONE).date() == moment.date()
    with pytest.raises(HTTPError):
        urlopen(f"{clocked.url}/o/nothing/")  # noqa: S310 - our own address
    assert clocked.refused == ["404 Not Found GET /o/nothing/"]


def test_the_first_thirty_days(clocked: ClockedPortal, somebody: Callable[[str], Somebody]) -> None:
    begins = datetime.now(ZONE)

    def comes(day: int, hour: int = 9, minute: int = 0) -> date:
        """Let this day of the thirty come."""
        moment = begins + (day - 1) * DAY
        clocked.comes(moment.replace(hour=hour, minute=minute))
        return moment.date()

    said = StringIO()
    call_command(
        "found_agency",
        slug="riverside",
        name="Riverside",
        timezone=ZONE.key,
        administrator="Ada Flores",
        email="ada@riverside.example",
        stdout=said,
    )
    assert clocked.url in said.getvalue()

    ada = somebody("Ada Flores")
    first_day(ada, begins.date())
    mona, femi, aaron, paula, priya = map(somebody, STAFF)
    rosa, sam = map(somebody, CONSUMERS)
    today = comes(2)
    for each in (mona, femi, priya, rosa, sam):
        each.accept()
    second_day(ada, mona, today)
    board_says_yes(mona)

    today = comes(3)
    dialogue_begins(femi.sign_in(), rosa, sam, priya, today)
    consumers_say_yes(rosa, sam, priya)

    comes(9, 18, 45)
    session_is_recorded(rosa.sign_in(), sam, priya)
    today = comes(10)
    paid(aaron, paula, rosa, today)
    cell_from_theme(femi.sign_in(), rosa, sam, priya)

    today = comes(24)
    committee(ada.sign_in(), rosa, sam, today)
    comes(30)
    ada.sign_in().sees("Founding, day 30 of 120", "8 of 9 steps are done.")
    ada.follow("Dashboard").sees("Founding, day 30 of 120")
    assert not clocked.refused
    print(f"The administrator's thirty days: {ada.loads} pages.")  # noqa: T201 - for whoever asks
    assert ada.loads <= PAGES


def first_day(ada: Somebody, today: date) -> None:
    """How people are paid, the plan's draft, agreements, contacts, and thirty people invited."""
    ada.sign_in().set_up_second_step().sees("Founding, day 1 of 120")
    ada.follow("Decide how you pay for people’s time").follow("Record how people are paid")
    ada.tick("As contractors").write("Who decided this?", "The board of directors")
    ada.write("On whose advice?", "Our accountant’s")
    ada.write("On which day was it decided?", today).press("Save")
    ada.follow("Start from our text")
    for label, words in {
        "Costs that you pay back": "bus fare",
        "Who approves the time": "Aaron",
        "Who pays it out": "Paula",
        "How people can be paid": "in cash",
        "Where people get advice about their benefits": "Legal Aid, 555-0100",
        "Whom people ask about their pay": "Paula, 555-0101",
    }.items():
        ada.write(label, words)
    ada.press("Put it in the draft").write("Dollars for an hour", "25").press("Save the draft")
    ada.sees("You are paid as independent contractors.", "nobody else can sign in yet")

    ada.go_home().follow("Record your agreements").follow("Record an agreement")
    ada.tick("Business associate agreement (45 CFR 164.504(e))")
    ada.write("With whom?", "Harbor Hosting, Inc.").write("When was it signed?", today)
    ada.write("From which day is it in force?", today).press("Save")
    ada.tick("No").press("Save").sees("Everything needed is in force.")

    ada.go_home().follow("Enter outside contacts").follow("Ombuds")
    for office in ("Ombuds", "Disability Rights", "Rights office"):
        ada.write("Name", office).write("Phone number", "555-0102").press("Save")
    ada.write("Name", "Hotline").write("Phone number", "555-0103")
    ada.write("What does your state’s law say?", "Call within a day.").press("Save")

    ada.go_home().unfold("Invite people who said yes")
    ada.follow("People besides you, from a list or one by one")
    ada.page.set_input_files(
        "input[type=file]",
        files=FilePayload(name="people.csv", mimeType="text/csv", buffer=people().encode()),
    )
    ada.tick("Each person on this list was asked, and said yes").press("Check the list")
    ada.press(f"Invite these {PEOPLE} people").sees("7 invitations by e-mail", "letters to print")
    ada.leaves()


def people() -> str:
    """A file of thirty: those who have an e-mail address, and others who get a letter."""
    rows = [(name, address(name)) for name in (*STAFF, *CONSUMERS)]
    rows += [(f"Pat {chr(65 + each)}aron", "") for each in range(PEOPLE - len(rows))]
    lines = (f"{name},{email},{STAFF.get(name, '')}\n" for name, email in rows)
    return "Full name,E-mail,Role\n" + "".join(lines)


def second_day(ada: Somebody, mona: Somebody, today: date) -> None:
    """How people take part; what the board resolved about itself and about pay."""
    ada.sign_in().unfold("Invite people who said yes").follow("Two people who use your services")
    for name in CONSUMERS:
        ada.pick(name, "Person who uses services")
    ada.pick("Priya Rao", "Provider (front-line staff)").pick("Mona Reed", "Manager")
    ada.press("Save").sees("Written down for 4 people.")

    ada.follow("Groups").follow("Set up a")
    ada.tick("Governing body").write("What is it called?", "Board of directors").tick("Yes")
    ada.press("Set up the group").follow("Write down who was chosen")
    paper(ada, today, "The board resolved to begin.", mona, mona.shown)

    ada.follow("Payment plan").follow("Go on with the draft").follow(
        "Put it in force for the founding"
    )
    ada.write("On which day was it decided?", today)
    ada.write("What does the paper say?", "The board agreed to pay people for their time.")
    ada.pick("Who was there and can confirm it?", mona.shown).press("Ask the second person")
    ada.leaves()


def paper(by: Somebody, today: date, words: str, asked: Somebody, *named: str) -> None:
    """Write down what a paper says, and ask somebody else to confirm it."""
    by.write("On which day was it decided?", today).write("What does the paper say?", words)
    by.tick(*named).pick("Who else was there, and can confirm it?", asked.shown)
    by.press("Ask the second person")


def board_says_yes(mona: Somebody) -> None:
    mona.go_home().follow("Say if it was decided so: Board of directors")
    mona.press("Yes, it was so").press("Take the seat")
    mona.go_home().follow("Say if it was decided so: payment plan").press("Yes, it was so")
    mona.sees("This plan ends on")
    mona.leaves()


def dialogue_begins(
    femi: Somebody, rosa: Somebody, sam: Somebody, priya: Somebody, today: date
) -> None:
    """Open to both sides, and led by both."""
    femi.follow("Dialogues").follow("Start a dialogue").write("Name of the dialogue", "Tuesday Tea")
    femi.tick("Open dialogue").press("Start the dialogue").follow("Plan a session")
    femi.write("When does it start?", f"{today + 6 * DAY}T17:00")
    femi.write("How long will it be, in minutes?", 90).press("Plan the meeting")
    femi.follow("Dialogues").follow("Tuesday Tea")
    for person, side in ((rosa, "people who use services"), (priya, "front-line staff")):
        femi.follow("Name a co-facilitator").pick("Who will facilitate?", person.shown)
        femi.tick(f"For the {side}", "I asked them, and they agreed").press("Ask them")
    femi.follow("See who takes part").follow("Offer somebody a seat").pick("Who?", sam.shown)
    femi.tick("No").press("Offer the seat")
    femi.leaves()


def consumers_say_yes(rosa: Somebody, sam: Somebody, priya: Somebody) -> None:
    for person in (rosa, sam, priya):
        person.sign_in().takes_seat("Tuesday Tea")
    for person in (rosa, sam):
        person.go_home().follow("Tell us if you want to be paid").sees("People are paid as")
        person.tick("Yes, pay me").press("Save my choice")
        person.leaves()
    priya.leaves()


def session_is_recorded(rosa: Somebody, sam: Somebody, priya: Somebody) -> None:
    """Rosa, who leads it for the consumers, records it on her phone; then she has her say."""
    rosa.follow("Record the meeting").tick(rosa.shown, sam.shown, priya.shown).press("Go on")
    assert overflow(rosa.page) <= 0
    rosa.press("Save").sees("3 people came")
    rosa.follow("Have your say").follow("Tuesday Tea").follow("Say something")
    rosa.tick("How do staff and the people who come here get along?")
    rosa.tick("Nobody. Show my words without a name").write("What do you want to say?", WORDS)
    rosa.press("Send").sees("You will hear what comes of it.")
    rosa.leaves()


def paid(aaron: Somebody, paula: Somebody, rosa: Somebody, today: date) -> None:
    """Earned by one, approved by another, paid by a third."""
    aaron.accept().follow("Approve payments").press("Review what is ticked")
    aaron.press("Approve these lines")
    paula.accept().follow("Record payments").press("Review what is ticked")
    paula.write("On which day were they paid?", today)
    paula.tick("Cash").press("Record these payments").sees("2 payments")
    rosa.sign_in().sees("You were paid $37.50").follow("See all my payments").sees("$37.50")


def cell_from_theme(femi: Somebody, rosa: Somebody, sam: Somebody, priya: Somebody) -> None:
    femi.follow("Dialogues").follow("Tuesday Tea").follow("Write down a theme")
    femi.tick(WORDS).write("Name the theme in one sentence", THEME).press("Keep this theme")
    femi.follow("Take it to a cell").write("If a new cell: what is it called?", "My Plan First")
    femi.tick("Something to make better").press("Give it to the cell")
    for person in (rosa, sam, priya):
        femi.follow("Offer somebody a seat").pick("Who?", person.shown).tick("Yes")
        femi.press("Offer the seat")
    rosa.go_home().takes_seat("My Plan First").sees(THEME)
    rosa.leaves()
    for person in (sam, priya):
        person.sign_in().takes_seat("My Plan First")
        person.leaves()


def committee(ada: Somebody, rosa: Somebody, sam: Somebody, today: date) -> None:
    """The consumers of the dialogue chose; Sam, who was there, confirms it."""
    ada.follow("Let consumers choose the founding committee").follow("Set up a")
    ada.tick("Oversight committee").write("What is it called?", "Oversight").tick("Yes")
    ada.press("Set up the group").follow("Write down who was chosen")
    paper(ada, today, "We chose Rosa and Sam.", sam, rosa.shown, sam.shown)
    ada.leaves()
    sam.sign_in().follow("Say if it was decided so: Oversight").press("Yes, it was so")
    sam.press("Take the seat")
    rosa.sign_in().takes_seat("Oversight")
    expect(rosa.page.locator("h1")).to_be_visible()
