"""Paid on the day in a real browser: three people, from the pre-approval to counting back."""

from playwright.sync_api import expect

from accounts.models import Member
from compensation.choosing import actions as choosing
from compensation.claims.models import Claim
from compensation.plan.models import PlanVersion
from compensation.same_day.models import DayFund, Handout, Proof
from devtools.browser import Watch
from devtools.fixtures import Browse
from foundation.addresses import at
from foundation.models import Agency
from groups.models import Meeting
from tests.browser.looks import wrong
from tests.compensation.conftest import attend, council, meeting, plan
from tests.conftest import Login

__all__ = ["council", "meeting", "plan"]


def test_people_sign_on_the_phone_for_what_they_get(
    plan: PlanVersion,
    meeting: Meeting,
    administrator: Member,
    consumer: Member,
    second_consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    login: Login,
    browse: Browse,
    watch: Watch,
) -> None:
    desk, phone = browse(login(approver)), browse(login(payer))
    phone.set_viewport_size({"width": 390, "height": 640})
    desk.goto(at(agency, "compensation:day_funds"))
    desk.get_by_role("link", name="Approve money for a meeting").click()
    desk.get_by_label("Which meeting?").select_option(index=1)
    desk.get_by_label("How many people at most?").fill("3")
    desk.get_by_label("How much for one person at most?").fill("50")
    desk.get_by_label("How much in all?").fill("120")
    desk.get_by_label("Why on the day?").fill("The bus home")
    desk.get_by_role("button", name="Approve this money").click()
    expect(desk.get_by_role("main")).to_contain_text("To take out")

    phone.goto(at(agency, "home_of"))
    phone.get_by_role("link", name="Take money out for a meeting: The bus home").click()
    phone.get_by_role("link", name="Take the money out").click()
    phone.get_by_role("button", name="I have this money now").click()
    expect(phone.get_by_role("main")).to_contain_text("You answer for this money")
    attend(meeting, administrator, {consumer: "2.00", second_consumer: "1.00"})
    for member in (consumer, second_consumer):
        choosing.elect(member, choice="accept", on=agency.today())

    phone.reload()
    phone.get_by_role("link", name=consumer.full_name).click()
    expect(phone.get_by_role("main")).to_contain_text("You get $40.00 in cash.")
    assert wrong(phone, watch) == []
    phone.set_viewport_size({"width": 390, "height": 640})
    box = phone.locator("canvas").bounding_box()
    assert box is not None
    phone.mouse.move(box["x"] + 40, box["y"] + 30)
    phone.mouse.down()
    phone.mouse.move(box["x"] + 120, box["y"] + 60, steps=4)
    phone.mouse.up()
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    phone.get_by_role("button", name="I have it").click()
    phone.get_by_role("link", name=second_consumer.full_name).click()
    phone.get_by_label("Or type your initials").fill("SK")
    phone.get_by_label("This was handed to me").check()
    phone.get_by_role("button", name="I have it").click()
    expect(phone.get_by_role("main")).to_contain_text("$60.00")
    assert wrong(phone, watch) == []
    phone.get_by_role("link", name="Count the rest back").click()
    phone.get_by_label("How much do you bring back?").fill("60")
    phone.get_by_role("button", name="That is what is left").click()
    expect(phone.get_by_role("main")).to_contain_text("Counted back")

    mine = browse(login(consumer))
    mine.goto(at(agency, "compensation:my_payments"))
    mine.get_by_role("link", name="See how you signed for it").click()
    expect(mine.locator("svg.app-signature path")).to_have_count(1)
    proofs = Handout.objects.within(agency).order_by("pk").values_list("proof", flat=True)
    assert list(proofs) == [Proof.DRAWN, Proof.INITIALS]
    assert {claim.status for claim in Claim.objects.within(agency)} == {"paid"}
    assert DayFund.objects.within(agency).get().counted_by_id == payer.pk
