"""A stipend in a real browser, from the choice to the payment."""

from playwright.sync_api import expect

from accounts.models import Member
from compensation.claims import actions
from compensation.plan.models import PlanVersion
from devtools.fixtures import Browse
from foundation.addresses import at
from foundation.models import Agency
from groups.models import Meeting
from tests.compensation.conftest import attend
from tests.conftest import Login


def test_a_stipend_goes_its_way_in_the_browser(
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
) -> None:
    mine, approving, paying = (browse(login(each)) for each in (consumer, approver, payer))
    mine.goto(at(agency, "home_of"))
    mine.get_by_role("link", name="Tell us if you want to be paid").click()
    mine.get_by_label("Yes, pay me").check()
    mine.get_by_role("button", name="Save my choice").click()
    expect(mine.get_by_role("main")).to_contain_text("You chose: yes, pay me.")
    attend(meeting, administrator, {consumer: "2.00"})
    actions.claim_cost(
        member=consumer, amount=plan.hourly_rate / 4, on=agency.today(), what_for="Bus", by=consumer
    )

    approving.goto(at(agency, "compensation:payments"))
    approving.get_by_role("button", name="Review what is ticked").click()
    approving.get_by_role("button", name="Approve these lines").click()
    expect(approving.get_by_role("main")).to_contain_text("Approved: 2 lines.")

    paying.goto(at(agency, "compensation:to_pay"))
    paying.get_by_role("button", name="Review what is ticked").click()
    paying.get_by_label("Check", exact=True).check()
    paying.get_by_label("First check number").fill("1041")
    paying.get_by_role("button", name="Count up from it").click()
    expect(paying.get_by_label(f"Number for {consumer.full_name}")).to_have_value("1041")
    paying.get_by_role("button", name="Record these payments").click()
    expect(paying.get_by_role("main")).to_contain_text("$45.00")

    mine.goto(at(agency, "compensation:my_payments"))
    expect(mine.get_by_role("main")).to_contain_text("by check")
