"""From a theme to a choice that an objection has changed, on a phone: within its pages and taps.

Each way of putting ideas in order is played once; without scripts, too.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Member, StandingKind
from cells.actions import open_cell, raise_opportunity
from cells.models import Cell, Opportunity, OpportunityKind, OpportunityState
from devtools.fixtures import Axe, Browse
from dialogues.actions import contribute, harvest, name_co_facilitator, open_dialogue
from dialogues.models import Theme
from foundation.addresses import at
from foundation.models import Agency
from groups.actions import seat
from tests.browser.person import Person
from tests.conftest import Login

IDEA = "Give people their plan before the meeting"
OTHERS = ("Hold meetings in the evening, too", "A quiet room to wait in")
SAID = "I heard my plan for the first time when it was read out."
PHONE = {"width": 320, "height": 640}

CONVERT_PAGES, RANK_PAGES, RANK_TAPS, DECIDE_PAGES = 2, 1, 8, 2


class Steps:
    """Somebody's phone, which counts the pages that they come to and their taps."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.pages: set[str] = set()
        self.taps = 0
        person.page.set_viewport_size(PHONE)  # type: ignore[arg-type]

    def tap(self, act: Callable[[], object]) -> "Steps":
        """One tap, on the page where they are."""
        self.pages.add(self.person.page.url.split("?")[0])
        self.taps += 1
        act()
        return self


@pytest.fixture
def sit(browse: Browse, login: Login, javascript: bool) -> Callable[[Member], Person]:
    return lambda member: Person(member, browse(login(member), javascript=javascript))


@pytest.fixture
def cell(
    agency: Agency,
    facilitator: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
) -> Cell:
    """Two consumers and a provider, who have two ideas already."""
    today = agency.today()
    cell = open_cell(name="Planning Together", focus="Plans", by=facilitator, on=today)
    for member in (consumer, second_consumer, provider):
        seat(cell.group, member, since=today, by=facilitator)
    for title in OTHERS:
        raise_opportunity(cell, by=provider, kind=OpportunityKind.PROBLEM, title=title)
    return cell


@pytest.fixture
def theme(agency: Agency, facilitator: Member, consumer: Member, provider: Member) -> Theme:
    today = agency.today()
    dialogue = open_dialogue(agency, by=facilitator, name="Tuesday Tea", on=today)
    for member, standing in (
        (consumer, StandingKind.PRIMARY_CONSUMER),
        (provider, StandingKind.PROVIDER),
    ):
        name_co_facilitator(
            dialogue, member, standing=standing, by=facilitator, since=today, agreed=True
        )
    said = contribute(agency, by=consumer, dialogue=dialogue, text=SAID)
    return harvest(dialogue, by=facilitator, title=IDEA, words=[said], quote=SAID)


@pytest.mark.parametrize(
    ("method", "javascript"),
    [
        ("Each person has a few votes", True),
        ("Each person puts a few ideas in order", True),
        ("Each person says how much it helps and how hard it is", True),
        ("Each person puts a few ideas in order", False),
    ],
    ids=["votes", "cards", "matrix", "cards without scripts"],
)
def test_a_theme_is_ranked_and_chosen_once_an_objection_is_worked_in(
    method: str,
    theme: Theme,
    cell: Cell,
    facilitator: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    javascript: bool,
    sit: Callable[[Member], Person],
    axe: Axe,
) -> None:
    def look(page: Page) -> None:
        if javascript:
            axe(page)

    femi = sit(facilitator)
    convert(Steps(femi), theme, cell)
    people = [sit(consumer), sit(second_consumer), sit(provider)]
    start_vote(femi, cell, method, cell.agency.today() + timedelta(days=6))
    look(femi.page)
    for place, voter in enumerate(people):
        look_at = look if place == 0 else lambda page: None
        vote(Steps(voter), method, look_at)
    femi.page.reload()
    femi.follow("Close the vote and count").press("Close the vote and count")
    expect(femi.page.locator("tbody tr").first).to_contain_text(IDEA)
    look(femi.page)
    decide(femi, people, look)
    chosen = Opportunity.objects.within(cell.agency).get(title=IDEA)
    assert chosen.state == OpportunityState.CHOSEN
    people[0].go("cells:opportunity", pk=chosen.pk).sees(SAID, "The cell chose it")


def convert(femi: Steps, theme: Theme, cell: Cell) -> None:
    """The theme fills the form in; the cell and the kind are what is left to say."""
    person = femi.person
    person.go("dialogues:theme", pk=theme.pk)
    femi.tap(lambda: person.follow("Take it to a cell"))
    expect(person.field("Name it in a few words")).to_have_value(IDEA)
    femi.tap(lambda: person.pick("Which cell should take it up?", "Planning Together"))
    femi.tap(lambda: person.tick("Something to make better"))
    femi.tap(lambda: person.press("Give it to the cell"))
    assert len(femi.pages) <= CONVERT_PAGES


def start_vote(femi: Person, cell: Cell, method: str, last_day: date) -> None:
    femi.go("cells:open_round", pk=cell.pk).tick(method)
    femi.write("What is the last day to vote?", last_day).press("Start the vote")


def vote(voter: Steps, method: str, look: Callable[[Page], None]) -> None:
    """From the home page: one tap to the ballot, which is one page."""
    person = voter.person
    person.go("home_of").follow("Vote on what comes first")
    voter.taps += 1
    look(person.page)
    if method == "Each person has a few votes":
        voter.tap(lambda: person.tick(IDEA))
    elif method == "Each person puts a few ideas in order":
        for number, title in enumerate((IDEA, *OTHERS), 1):
            voter.tap(lambda title=title, n=number: person.write(title, n))  # type: ignore[misc]
    else:
        for title, helps, hard in ((IDEA, 5, 1), (OTHERS[0], 3, 3), (OTHERS[1], 2, 4)):
            for words, mark in (("would it help?", helps), ("would it be?", hard)):
                rating(voter, title, words, mark)
    voter.tap(lambda: person.press("Put my vote in the box"))
    person.sees("You have voted. Thank you.")
    assert len(voter.pages) <= RANK_PAGES
    assert voter.taps <= RANK_TAPS


def rating(voter: Steps, title: str, words: str, mark: int) -> None:
    fields = voter.person.page.locator("fieldset", has_text=title)
    field = fields.filter(has_text=words).get_by_label(str(mark), exact=True)
    voter.tap(field.check)


def decide(femi: Person, people: list[Person], look: Callable[[Page], None]) -> None:
    """A question, an objection, an amended proposal, consent; on record as it went."""
    rosa, sam, priya = people
    femi.follow("Propose one idea").tick(IDEA)
    femi.write("Why this one?", "We call everyone the day before.").press("Bring it to the cell")
    url = femi.page.url
    for person in people:
        person.page.goto(url)
    sam.follow("Ask a question first").write("What do you want to know?", "Who calls?")
    sam.press("Ask")
    femi.page.reload()
    femi.follow("Answer this question").write("What do you answer?", "The desk.")
    femi.press("Send the answer")
    rosa.page.reload()
    rosa.sees("Who calls?", "The desk.").tick("I agree").press("Send my view")
    priya.tick("I object").write("Why?", "The desk has no time.").press("Send my view")

    femi.page.reload()
    femi.follow("Work on the proposal and ask again").sees("The desk has no time.")
    femi.write("What do you propose?", "We print each plan three days before.")
    femi.write("What did you change, and why?", "Nobody calls: Priya's objection.")
    femi.press("Save and ask again")
    for person in people:
        steps = Steps(person)
        person.page.goto(url)
        look(person.page) if person is sam else None
        person.page.get_by_text("Said before, in round 1").click()
        person.sees("The desk has no time.", "Nobody calls: Priya's objection.")
        steps.tap(lambda person=person: person.tick("I agree"))  # type: ignore[misc]
        steps.tap(lambda person=person: person.press("Send my view"))  # type: ignore[misc]
        assert len(steps.pages) == 1
    end = Steps(femi)
    femi.page.reload()
    end.tap(lambda: femi.follow("Bring it to an end"))
    end.tap(lambda: femi.tick("It is agreed"))
    end.tap(lambda: femi.press("Record the decision"))
    assert len(end.pages) <= DECIDE_PAGES
    femi.sees("We print each plan three days before.")
    assert at(femi.member.agency, "groups:decisions", pk=0).rsplit("/", 3)[0] in femi.page.url


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no scripts"])
def test_an_idea_is_shared_from_home_and_ideas_alike_are_seen_first(
    cell: Cell, consumer: Member, javascript: bool, sit: Callable[[Member], Person], axe: Axe
) -> None:
    rosa = sit(consumer)
    steps = Steps(rosa)
    rosa.go("home_of")
    steps.tap(lambda: rosa.follow("Share an improvement idea"))
    rosa.tick("Something to make better")
    rosa.field("Say it in a few words").press_sequentially("A room that is quiet to wait in")
    if javascript:
        # Seen while typing: then nothing is asked again.
        rosa.sees("Some ideas on the list look like yours:", OTHERS[1])
        axe(rosa.page)
        steps.tap(lambda: rosa.press("Send my idea"))
        assert steps.taps == 2
    else:
        rosa.press("Send my idea").sees("Is your idea one of these?", OTHERS[1])
        rosa.press("Mine is not one of these. Send it")
    rosa.sees("This is your idea")
