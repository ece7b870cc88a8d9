"""A stipend in a real browser, from the choice to the payment."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Member
from compensation.claims import actions
from compensation.claims.models import Claim
from compensation.payments.models import Payment
from compensation.plan.models import PlanVersion
from devtools.browser import Watch
from devtools.fixtures import Browse
from foundation.addresses import at
from foundation.models import Agency
from groups.models import Meeting
from tests.browser.looks import wrong
from tests.browser.shelf import POLICY, Answer, Shelf
from tests.compensation.conftest import attend
from tests.compensation.test_lists import cost
from tests.compensation.test_paying_many import Payer
from tests.compensation.test_periods import paid
from tests.compensation.test_year_end import asked_from_40
from tests.conftest import Login

__all__ = ["asked_from_40", "paid"]


@pytest.mark.usefixtures("asked_from_40")
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
        member=consumer,
        amount=plan.hourly_rate / 4,
        on=agency.today(),
        what_for="Bus",
        no_receipt="Lost",
        by=consumer,
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

    # She asks about it, and is answered.
    mine.get_by_role("link", name="Ask about this").first.click()
    mine.get_by_label("What do you want to know?").fill("Why is it forty?")
    mine.get_by_role("button", name="Send the question").click()
    paying.goto(at(agency, "compensation:questions"))
    paying.get_by_role("main").get_by_role("link", name="Answer").first.click()
    paying.get_by_label("Your answer").fill("Two hours at twenty dollars.")
    paying.get_by_role("button", name="Send the answer").click()

    # An hour less was meant: it is approved as a correction, and taken from what comes next.
    attend(meeting, administrator, {consumer: "1.00"})
    approving.goto(at(agency, "compensation:payments"))
    approving.get_by_role("button", name="Review what is ticked").click()
    approving.get_by_role("button", name="Approve these lines").click()
    mine.goto(at(agency, "compensation:my_payments"))
    expect(mine.get_by_role("main")).to_contain_text("Two hours at twenty dollars.")
    expect(mine.get_by_role("main")).to_contain_text("taken from what you are paid next")

    # No from today on, and then yes again.
    mine.get_by_role("link", name="Change what you chose").click()
    mine.get_by_label("No, thank you").check()
    mine.get_by_role("button", name="Save my choice").click()
    mine.get_by_role("button", name="No payment from today on").click()
    expect(mine.get_by_role("main")).to_contain_text("You chose: no payment")
    mine.get_by_role("link", name="Change what you chose").click()
    mine.get_by_label("Yes, pay me").check()
    mine.get_by_role("button", name="Save my choice").click()
    expect(mine.get_by_role("main")).to_contain_text("You chose: yes, pay me.")

    # At the year's end, whoever reached the sum gave a form.
    paying.goto(at(agency, "compensation:year_end"))
    paying.get_by_role("link", name="Not asked for yet.").click()
    paying.get_by_label("We have the form").check()
    paying.get_by_role("button", name="Write it down").click()
    expect(paying.get_by_role("main")).to_contain_text("Received on")


def test_what_only_a_button_leads_to_can_be_used_by_everybody(
    earned: Claim,
    consumer: Member,
    second_consumer: Member,
    approver: Member,
    payer: Member,
    agency: Agency,
    login: Login,
    shelf: Shelf,
    on_shelf: Page,
    watch: Watch,
) -> None:
    """The reviews, with lines left out, a doubt, a number that is missing, and a change."""
    today, seen = agency.today(), list[str]()

    def look(queue: Payer, **typed: object) -> None:
        queue.send(**typed)
        answer = Answer(queue.seen[-1], queue.headers.get(POLICY, ""))
        on_shelf.goto(shelf.put(queue.url, answer))
        seen.extend(f"{typed.get('step', 'list')}: {each}" for each in wrong(on_shelf, watch))

    cost(consumer, 5)
    gone = cost(second_consumer, 7)
    approving = Payer(login(approver), at(agency, "compensation:payments"))
    look(approving)
    look(approving, step="turn_down")
    look(approving, step="decide")
    approving.send(step="back")
    actions.withdraw(gone, by=second_consumer)
    look(approving, step="review")
    approving.send(step="confirm")
    actions.approve([cost(second_consumer, 9)], by=approver, on=today)
    paying = Payer(login(payer), at(agency, "compensation:to_pay"))
    paying.send()
    look(paying, step="review")
    paying.send(first="7", step="same")
    first, *_others = paying.numbers()
    look(paying, paid_on=today.isoformat(), method="check", step="confirm")
    look(paying, method="check", step="confirm", **{first: ""})
    assert not seen, "\n".join(seen)
    for words, queue in {
        "1 line is left out": approving,
        "left out, since it no longer waits": approving,
        "is also the number for": paying,
        "1 check has no number": paying,
    }.items():
        assert any(words in page for page in queue.seen), words


def test_two_taps_on_an_old_phone_say_that_money_did_not_come(
    paid: Payment, consumer: Member, payer: Member, agency: Agency, login: Login, browse: Browse
) -> None:
    phone, desk = (browse(login(each), javascript=False) for each in (consumer, payer))
    phone.set_viewport_size({"width": 390, "height": 640})
    phone.goto(at(agency, "compensation:my_payments"))
    phone.get_by_role("link", name="Did it come?").click()
    phone.get_by_role("button", name="It did not come").click()
    expect(phone.get_by_role("main")).to_contain_text("Answer by")

    desk.goto(at(agency, "compensation:questions"))
    desk.get_by_role("link", name="Answer").click()
    desk.get_by_label("What did you find out?").fill("The bank had an old number. It is there now.")
    desk.get_by_role("button", name="Send the answer").click()

    phone.reload()
    expect(phone.get_by_role("main")).to_contain_text("The bank had an old number.")
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    phone.get_by_role("link", name="Tell us if it came").click()
    phone.get_by_role("button", name="I got it").click()
    expect(phone.get_by_role("main")).not_to_contain_text("The bank had an old number.")
