"""The steps from a voice to the verdict, as people take them, and what they cost."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from playwright.sync_api import FilePayload, Page, expect

from accounts.models import Member
from cells.cell.models import Cell
from dialogues.themes.models import Theme
from foundation.addresses import at
from tests.browser.person import Person

IDEA = "Give people their plan before the meeting"
OTHERS = ("Hold meetings in the evening, too", "A quiet room to wait in")
MEASURE = "People who read their plan before"
PHONE = 320
VOTES = "Each person has a few votes"
CARDS = "Each person puts a few ideas in order"
MATRIX = "Each person says how much it helps and how hard it is"

# The most pages and taps allowed per step.
CONVERT_PAGES, RANK_PAGES, RANK_TAPS, DECIDE_PAGES, PLAN_PAGES = 2, 1, 8, 2, 7
NUMBER_PAGES, NUMBER_FIELDS = 1, 2

# Percentages by month; before the plan began, 40% had read theirs.
SEEN = (62, 66, 61, 67, 64, 69, 63, 68, 71, 66, 72, 70)
LAST_SEEN = 71

Look = Callable[[Page], None]


@dataclass
class Steps:
    """Count the pages somebody visits, and their taps."""

    person: Person
    pages: set[str] = field(default_factory=set)
    taps: int = 0

    def tap(self, act: Callable[[], object]) -> "Steps":
        """One tap on the current page."""
        self.here()
        self.taps += 1
        act()
        return self

    def here(self) -> "Steps":
        """Record that they are on this page."""
        self.pages.add(self.person.page.url.split("?")[0])
        return self


def convert(femi: Steps, theme: Theme, cell: Cell) -> None:
    """The theme fills the form in; cell and kind are left to choose."""
    person = femi.person
    person.go("dialogues:theme", pk=theme.pk)
    femi.tap(lambda: person.follow("Take it to a cell"))
    expect(person.field("Name it in a few words")).to_have_value(IDEA)
    femi.tap(lambda: person.pick("Which cell should take it up?", cell.group.name))
    femi.tap(lambda: person.tick("Something to make better"))
    femi.tap(lambda: person.press("Give it to the cell"))
    assert len(femi.pages) <= CONVERT_PAGES


def start_vote(femi: Person, cell: Cell, method: str, last_day: date) -> None:
    femi.go("cells:open_round", pk=cell.pk).tick(method)
    femi.write("What is the last day to vote?", last_day).press("Start the vote")


def vote(voter: Steps, method: str, look: Look) -> None:
    """From the home page: one tap to the ballot, which is one page."""
    person = voter.person
    person.go("home_of").follow("Vote on what comes first")
    voter.taps += 1
    look(person.page)
    if method == VOTES:
        voter.tap(lambda: person.tick(IDEA))
    elif method == CARDS:
        for number, title in enumerate((IDEA, *OTHERS), 1):
            voter.tap(lambda title=title, n=number: person.write(title, n))  # type: ignore[misc]
    else:
        for title, helps, hard in ((IDEA, 5, 1), (OTHERS[0], 3, 3), (OTHERS[1], 2, 4)):
            for words, mark in (("would it help?", helps), ("would it be?", hard)):
                _rate(voter, title, words, mark)
    voter.tap(lambda: person.press("Put my vote in the box"))
    person.sees("You have voted. Thank you.")
    assert len(voter.pages) <= RANK_PAGES
    assert voter.taps <= RANK_TAPS


def _rate(voter: Steps, title: str, words: str, mark: int) -> None:
    fields = voter.person.page.locator("fieldset", has_text=title)
    voter.tap(fields.filter(has_text=words).get_by_label(str(mark), exact=True).check)


def count_votes(femi: Person, look: Look) -> None:
    femi.page.reload()
    femi.follow("Close the vote and count").press("Close the vote and count")
    expect(femi.page.locator("tbody tr").first).to_contain_text(IDEA)
    look(femi.page)


def decide(femi: Person, people: list[Person], look: Look) -> None:
    """A question, an objection, an amended proposal, consent; recorded as it went."""
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
        person.page.get_by_text("Previous round: 1").click()
        person.sees("The desk has no time.", "Nobody calls: Priya's objection.")
        steps.tap(lambda person=person: person.tick("I agree"))  # type: ignore[misc]
        steps.tap(lambda person=person: person.press("Send my view"))  # type: ignore[misc]
        assert len(steps.pages) == 1
    end = Steps(femi)
    femi.page.reload()
    end.tap(lambda: femi.follow("Close the decision"))
    end.tap(lambda: femi.tick("It is agreed"))
    end.tap(lambda: femi.press("Record the decision"))
    assert len(end.pages) <= DECIDE_PAGES
    femi.sees("We print each plan three days before.")
    assert at(femi.member.agency, "groups:decisions", pk=0).rsplit("/", 3)[0] in femi.page.url


def plan(rosa: Person, owner: Member, today: date, look: Look) -> None:
    """On the plan's page: aim, measure, baseline, steps, evaluation plan; then it starts."""
    steps = Steps(rosa)

    def here() -> None:
        steps.here()
        look(rosa.page)

    here()
    rosa.follow("Say what you want to make better")
    here()
    rosa.write("What do you want to make better?", "By summer all have read their plan before.")
    rosa.press("Save").follow("Choose the number and the goal")
    here()
    rosa.follow("Add a measure")
    here()
    rosa.tick("A share: how many out of how many").press("Go on")
    here()
    rosa.write("What is it called?", MEASURE)
    rosa.write("Which people or things are counted?", "People who say that they read it")
    rosa.write("Out of what?", "People who had a plan meeting")
    rosa.tick("More is better", "Every month")
    rosa.write("Where does the number come from?", "The card after the meeting")
    rosa.press("Save the measure").sees("The measure is defined. Go on with the plan.")
    here()
    rosa.write("Where do you start from?", 40).write("Where do you want to get?", 80)
    rosa.write("By when?", today + timedelta(days=120))
    rosa.write("Which is the last day of the start?", months(today)[0] - timedelta(days=1))
    rosa.press("Save").follow("Write down the action steps")
    here()
    rosa.write("What will be done?", "Print each plan three days before")
    rosa.pick("Who will do it?", str(owner)).write("By when?", today + timedelta(days=9))
    rosa.press("Save").follow("Say how you will see if it works")
    here()
    rosa.pick("Who will look at how it goes?", str(rosa.member)).tick("Every month")
    rosa.write("What would make you change the plan, or stop?", "No change by fall.")
    rosa.press("Save").press("Start the plan").sees("The plan has started.")
    here()
    assert len(steps.pages) <= PLAN_PAGES, sorted(steps.pages)


def try_it(rosa: Person, today: date, look: Look) -> None:
    """A small test from its plan to its conclusion, one page per part."""
    rosa.follow("Go to the small tests").follow("Plan a test")
    rosa.write("What will you try?", "Print plans for one morning")
    rosa.write("What do you want to learn?", "Whether people read them.")
    rosa.write("What do you think will happen?", "Eight of ten read theirs.")
    rosa.write("What exactly will be done?", "The desk hands them out at nine.")
    rosa.pick("Who is in charge?", str(rosa.member)).write("Who takes part?", "The front desk")
    rosa.write("Where?", "At the entrance").write("How small do you start?", "One morning")
    rosa.write("First day", today).write("Last day", today + timedelta(days=1))
    look(rosa.page)
    rosa.press("Save").press("Start the test").follow("Write down what happens")
    rosa.write("What happened?", "It went well.").write("What did nobody expect?", "It rained.")
    look(rosa.page)
    rosa.press("Save: the test is over").follow("Compare it with what you expected")
    rosa.sees("Eight of ten read theirs.").tick("In part").write("What did you learn?", "It helps.")
    look(rosa.page)
    rosa.press("Save").follow("Say what you do now")
    rosa.tick("Keep the change").write("Why?", "It helps.").press("End the test")
    rosa.sees("Keep the change", "It helps.", "It rained.")
    look(rosa.page)


def bring_numbers(rosa: Person, today: date, look: Look) -> None:
    """Twelve from a file; the latest by hand: one page, two fields."""
    rosa.follow("Bring in a file of numbers")
    rosa.page.set_input_files("input[type=file]", files=[_file(today)])
    rosa.press("Go on").press("Show what would happen").sees("12 new numbers")
    look(rosa.page)
    rosa.press("Save these numbers")
    rosa.page.wait_for_url("**/measures/*/")


def add_number(rosa: Person) -> None:
    steps = Steps(rosa)
    rosa.follow("Add a number")
    fields = rosa.page.locator("main form input:not([type=hidden]), main form textarea")
    expect(fields.filter(visible=True)).to_have_count(NUMBER_FIELDS)
    steps.tap(lambda: rosa.write("People who say that they read it", LAST_SEEN))
    steps.tap(lambda: rosa.write("People who had a plan meeting", 100))
    steps.tap(lambda: rosa.press("Save the number"))
    assert len(steps.pages) <= NUMBER_PAGES


def months(today: date) -> list[date]:
    """The first days of the last thirteen completed months, oldest first."""
    found, day = [], today.replace(day=1)
    for _ in range(len(SEEN) + 1):
        day = (day - timedelta(days=1)).replace(day=1)
        found.append(day)
    return found[::-1]


def _file(today: date) -> FilePayload:
    rows = [f"{day:%Y-%m},{seen},100" for day, seen in zip(months(today), SEEN, strict=False)]
    data = "\n".join(["month,seen,all", *rows]).encode()
    return {"name": "numbers.csv", "mimeType": "text/csv", "buffer": data}
