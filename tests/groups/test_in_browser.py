"""Deciding together and recording attendance, in a real browser."""

from decimal import Decimal

from playwright.sync_api import expect

from accounts.models import Member
from devtools.fixtures import Axe, Browse
from foundation.addresses import at
from groups.models import Attendance, Decision, Group, Meeting
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
