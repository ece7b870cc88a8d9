"""Ten minutes after the meeting, with one thumb: 390 px wide, without scripts, taps counted."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from accounts.models import Member, StandingKind
from cells.cell.actions import open_cell
from cells.cell.models import Cell
from devtools.fixtures import Axe, Browse
from devtools.seating import seat
from foundation.models import Agency
from groups.actions import hold, plan_meeting
from groups.models import Attendance, Decision, DecisionStatus, Meeting, MeetingStatus
from measures.definitions import periods
from measures.definitions.actions import define
from measures.definitions.models import Frequency, Measure
from measures.kinds.shape import BetterWay, MeasureKind
from measures.numbers.models import DataPoint
from tests.browser.journey import Steps
from tests.browser.looks import too_small
from tests.browser.person import Person
from tests.conftest import Login
from tests.groups.conftest import planned_long_ago

DAY = timedelta(days=1)
PEOPLE = 12
PHONE = {"width": 390, "height": 844}
# What recording a meeting may cost: the form and its review.
PAGES, TAPS = 2, 25
ROW = 48
TEA, NOON = "We offer tea at the door.", "We meet at noon from May on."


@pytest.fixture
def cell(agency: Agency, facilitator: Member, enter: Callable[..., Member]) -> Cell:
    """A cell of twelve."""
    start = agency.today() - 60 * DAY
    cell = open_cell(name="A Warm First Visit", focus="The first day", by=facilitator, on=start)
    seat(cell.group, facilitator, since=start, by=facilitator)
    for number in range(1, PEOPLE):
        kind = StandingKind.PRIMARY_CONSUMER if number % 2 else StandingKind.PROVIDER
        seat(cell.group, enter(f"Person {number}", kind), since=start, by=facilitator)
    return cell


@pytest.fixture
def meeting(cell: Cell, facilitator: Member) -> Meeting:
    """Two weeks after the last one."""
    hold(plan_meeting(cell.group, starts_at=now() - 15 * DAY, by=facilitator), by=facilitator)
    return planned_long_ago(plan_meeting(cell.group, starts_at=now() - DAY, by=facilitator))


@pytest.fixture
def measure(cell: Cell, facilitator: Member) -> Measure:
    """Its number of last month is due."""
    found = define(
        cell.group,
        name="Calls that nobody answered",
        kind=MeasureKind.COUNT,
        direction=BetterWay.DECREASE,
        numerator="Calls that nobody answered",
        frequency=Frequency.MONTH,
        source="The call book",
        collected_by=facilitator,
        by=facilitator,
    )
    latest = periods.latest(Frequency.MONTH, cell.agency.today())
    Measure.objects.within(cell.agency).update(defined_on=latest)
    return found


def wider(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def test_twelve_people_two_decisions_and_a_number_take_two_pages_and_few_taps(
    cell: Cell,
    meeting: Meeting,
    measure: Measure,
    facilitator: Member,
    browse: Browse,
    login: Login,
) -> None:
    page = browse(login(facilitator), javascript=False)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    femi = Steps(Person(facilitator, page))
    person = femi.person
    person.go("groups:after", pk=meeting.pk)
    rows = page.locator(".app-came__item label")
    expect(rows).to_have_count(PEOPLE)
    for row in rows.all():
        box = row.bounding_box()
        assert box is not None
        assert box["height"] >= ROW
        # On the name, not on the box: the whole row is the target.
        femi.tap(partial(row.click, position={"x": 150, "y": 24}))
    for number, (text, answer) in enumerate(((TEA, "agreed"), (NOON, "not agreed")), 1):
        femi.tap(partial(person.write, f"Decision {number}, in one sentence", text))
        group = page.get_by_role("group", name=f"Decision {number}: was it agreed?")
        femi.tap(group.get_by_label(f"It was {answer}", exact=True).check)
    femi.tap(lambda: person.write("Calls that nobody answered", 17))
    assert wider(page) <= 0
    assert not too_small(page)
    femi.tap(lambda: person.press("Go on"))
    person.sees(f"{PEOPLE} people came", TEA, NOON, "Next meeting:")
    assert wider(page) <= 0
    assert not too_small(page)
    femi.tap(lambda: person.press("Save"))
    person.sees("What was recorded", TEA)
    assert femi.taps <= TAPS
    assert len(femi.pages) <= PAGES
    assert wider(page) <= 0
    rows_now = Attendance.objects.within(cell.agency).filter(meeting=meeting)
    assert rows_now.count() == PEOPLE
    stands = set(Decision.objects.within(cell.agency).values_list("text", "status"))
    assert {(TEA, DecisionStatus.ADOPTED), (NOON, DecisionStatus.NOT_ADOPTED)} <= stands
    assert DataPoint.objects.within(cell.agency).get().numerator == Decimal(17)
    planned = Meeting.objects.within(cell.agency).filter(status=MeetingStatus.PLANNED)
    assert planned.filter(on=meeting.on + 14 * DAY).exists(), "as far apart as the last two"


def test_more_decisions_a_change_of_mind_and_undoing_need_no_scripts(
    cell: Cell, meeting: Meeting, facilitator: Member, browse: Browse, login: Login
) -> None:
    page = browse(login(facilitator), javascript=False)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    femi = Person(facilitator, page).go("groups:after", pk=meeting.pk)
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Tick everyone who was there")
    femi.tick("Person 1", "Person 2").write("Decision 2, in one sentence", TEA)
    femi.press("There was more")
    expect(femi.field("Decision 2, in one sentence")).to_have_value(TEA)
    expect(femi.field("Person 1")).to_be_checked()
    femi.write("Decision 4, in one sentence", NOON)
    for number in (2, 4):
        group = page.get_by_role("group", name=f"Decision {number}: was it agreed?")
        group.get_by_label("It was agreed", exact=True).check()
    femi.press("Go on").sees("2 decisions: agreed.", "does not count yet")
    femi.write("Why did the group decide without the others?", "It could not wait.")
    femi.press("Change something")
    expect(femi.field("Person 2")).to_be_checked()
    femi.tick("Person 3").press("Go on").sees("3 people came")
    expect(femi.field("Why did the group decide without the others?")).to_have_value(
        "It could not wait."
    )
    femi.press("Save").sees("Who was missed", "Person 4")
    femi.follow("Undo all of this").press("Undo all of this").sees("Who came?")
    assert not Attendance.objects.within(cell.agency).filter(meeting=meeting).exists()


def test_everyone_came_is_one_tap_with_scripts(
    cell: Cell, meeting: Meeting, facilitator: Member, browse: Browse, login: Login, axe: Axe
) -> None:
    page = browse(login(facilitator))
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    femi = Person(facilitator, page).go("groups:after", pk=meeting.pk)
    page.get_by_role("button", name="Everyone came").click()
    expect(page.locator(".app-came__item input:checked")).to_have_count(PEOPLE)
    axe(page)
    femi.press("Go on").sees(f"{PEOPLE} people came")
    axe(page)
    femi.press("Save").sees("What was recorded")
    axe(page)
