"""Deciding together and recording attendance, in a real browser."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from playwright.sync_api import expect

from accounts.models import Member
from devtools.fixtures import Axe, Browse
from foundation.addresses import at
from groups.models import Attendance, Decision, Group, Meeting, MeetingStatus
from tests.browser.looks import too_small
from tests.conftest import Login


def test_a_group_decides_by_consent(
    seated: Group,
    chair: Member,
    consumer: Member,
    second_consumer: Member,
    provider: Member,
    browse: Browse,
    login: Login,
) -> None:
    rosa, sam, hal = (browse(login(each)) for each in (consumer, second_consumer, chair))
    priya = browse(login(provider))
    group = at(seated.agency, "groups:decisions", pk=seated.pk)
    rosa.goto(group)
    rosa.get_by_role("link", name="Make a proposal").click()
    rosa.get_by_label("Name it in a few words").fill("Water at the door")
    rosa.get_by_label("What do you propose?").fill("Offer water to all who come.")
    rosa.get_by_role("button", name="Bring it to the group").click()
    rosa.get_by_label("I agree", exact=True).check()
    rosa.get_by_role("button", name="Send my view").click()
    expect(rosa.get_by_text("Thank you. Your view is in.")).to_be_visible()

    # Two pages: from the list of proposals to a sent position.
    sam.goto(group)
    sam.get_by_role("link", name="Water at the door").click()
    expect(sam.get_by_text("What people said")).to_have_count(0)
    sam.get_by_label("I object").check()
    sam.get_by_role("button", name="Send my view").click()
    expect(sam.get_by_text("It helps to make the proposal better.")).to_be_visible()
    sam.get_by_label("Why?").fill("The door is locked at noon.")
    sam.get_by_role("button", name="Send my view").click()
    expect(sam.get_by_text("The door is locked at noon.").first).to_be_visible()

    hal.goto(sam.url)
    hal.get_by_label("I agree", exact=True).check()
    hal.get_by_role("button", name="Send my view").click()
    hal.get_by_role("link", name="Work on the proposal").click()
    expect(hal.get_by_text("The door is locked at noon.")).to_be_visible()
    hal.get_by_label("What do you propose?").fill("Offer water in the hall.")
    hal.get_by_label("What did you change, and why?").fill("The hall is never locked.")
    hal.get_by_role("button", name="Save and ask again").click()
    expect(hal.get_by_text("This is round 2.")).to_be_visible()

    # A chair who may not see standings closes once every voting member has answered.
    for page in (rosa, sam, priya, hal):
        page.goto(hal.url)
        page.get_by_label("I agree, with reservations").check()
        page.get_by_role("button", name="Send my view").click()
        expect(page.get_by_text("Thank you. Your view is in.")).to_be_visible()
    hal.goto(hal.url)
    hal.get_by_role("link", name="Close the decision").click()
    hal.get_by_label("It is agreed").check()
    hal.get_by_label("What happens next?").fill("From Monday on.")
    hal.get_by_role("button", name="Record the decision").click()
    expect(hal.get_by_text("From Monday on.")).to_be_visible()
    assert Decision.objects.within(seated.agency).get().status == "adopted"


def test_attendance_is_recorded_on_one_page(
    meeting: Meeting,
    chair: Member,
    consumer: Member,
    second_consumer: Member,
    browse: Browse,
    login: Login,
) -> None:
    page = browse(login(chair))
    page.goto(at(meeting.agency, "groups:attendance", pk=meeting.pk))
    page.get_by_label("Rosa", exact=True).check()
    page.get_by_label("Sam", exact=True).check()
    page.get_by_label("Hours of Sam").fill("0.5")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Thank you. It is written down.")).to_be_visible()
    rows = Attendance.objects.within(meeting.agency)
    assert {row.member_id: row.hours for row in rows} == {
        consumer.pk: Decimal("1.5"),
        second_consumer.pk: Decimal("0.5"),
    }


def test_hours_that_read_two_ways_are_chosen_with_one_tap_and_without_a_script(
    meeting: Meeting,
    chair: Member,
    consumer: Member,
    browse: Browse,
    login: Login,
    axe: Axe,
) -> None:
    page = browse(login(chair), javascript=False)
    url = at(meeting.agency, "groups:attendance", pk=meeting.pk)
    page.goto(url)
    hours = page.get_by_label(f"Hours of {consumer}")
    page.get_by_label(str(consumer), exact=True).check()
    hours.fill("1,5")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="15 h", exact=True)).to_be_visible()
    expect(page.get_by_label(str(consumer), exact=True)).to_be_checked()
    hours.press("Enter")
    expect(hours).to_have_value("1,5")
    assert not Attendance.objects.within(meeting.agency).exists(), "Enter chooses nothing"
    page.get_by_role("button", name="15 h", exact=True).click()
    check = page.get_by_label("I checked it: 15 h is right")
    expect(check).not_to_be_checked()
    expect(hours).to_have_value("15")
    check.check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Thank you. It is written down.")).to_be_visible()
    assert Attendance.objects.within(meeting.agency).get(member=consumer).hours == 15
    with_scripts = browse(login(chair))
    with_scripts.goto(url)
    with_scripts.get_by_label(f"Hours of {consumer}").fill("1,8")
    with_scripts.get_by_role("button", name="Save").click()
    expect(with_scripts.get_by_role("button", name="1 h 48 min")).to_be_visible()
    axe(with_scripts)
    assert too_small(with_scripts) == []


def test_a_series_of_six_dates_of_which_one_is_moved_and_the_rest_called_off(
    seated: Group, chair: Member, browse: Browse, login: Login
) -> None:
    page, agency = browse(login(chair)), seated.agency
    first = agency.today() + timedelta(days=3)
    page.goto(at(agency, "groups:meetings", pk=seated.pk))
    page.get_by_role("link", name="Plan a series of meetings").click()
    starts = datetime.combine(first, time(14)).strftime("%Y-%m-%dT%H:%M")
    page.get_by_label("When is the first one?").fill(starts)
    page.get_by_label("Every week", exact=True).check()
    page.get_by_label("How many times?").fill("6")
    assert not too_small(page)
    page.get_by_role("button", name="Show the dates").click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(6)
    assert not too_small(page)
    page.get_by_role("button", name="Plan these meetings").click()
    meetings = page.get_by_role("main").get_by_role("listitem").get_by_role("link")
    expect(meetings).to_have_count(6)

    # One date alone.
    meetings.nth(1).click()
    page.get_by_role("link", name="Change this meeting").click()
    other = datetime.combine(first + timedelta(days=8), time(16)).strftime("%Y-%m-%dT%H:%M")
    page.get_by_label("When does it start?").fill(other)
    page.get_by_role("button", name="Save").click()

    # All that follow.
    page.get_by_role("link", name="Every").click()
    meetings.nth(2).click()
    page.get_by_role("link", name="Call off this and the later meetings").click()
    expect(page.get_by_text("4 meetings")).to_be_visible()
    expect(page.get_by_text("3 other people in this group")).to_be_visible()
    page.get_by_role("button", name="Call them off").click()
    expect(page.get_by_text("The meetings are called off.")).to_be_visible()
    rows = Meeting.objects.within(agency).filter(group=seated).order_by("starts_at")
    assert [(each.on - first).days for each in rows] == [0, 8, 14, 21, 28, 35]
    assert [each.status for each in rows] == [MeetingStatus.PLANNED] * 2 + [
        MeetingStatus.CANCELLED
    ] * 4
