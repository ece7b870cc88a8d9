"""Miles, and a fare with a photo, asked back on a phone."""

from playwright.sync_api import expect

from accounts.models import Member
from compensation.claims.models import Claim, CostKind
from compensation.plan.models import PlanVersion
from devtools.fixtures import Browse
from foundation.addresses import at
from foundation.models import Agency
from tests.compensation.test_kinds_of_cost import photo
from tests.conftest import Login

PHONE = 390


def test_miles_and_a_fare_with_a_photo_on_a_phone(
    plan: PlanVersion, consumer: Member, agency: Agency, login: Login, browse: Browse
) -> None:
    page, day = browse(login(consumer)), agency.today().isoformat()
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.goto(at(agency, "compensation:claim_cost"))
    page.get_by_role("link", name="Miles in my own car").click()
    page.get_by_label("From where to where?").fill("Home and back")
    page.get_by_label("How many miles?").fill("12.4")
    page.get_by_label("On which day?").fill(day)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You ask for $8.99")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("main")).to_contain_text("$8.99")
    page.goto(f"{at(agency, 'compensation:claim_cost')}?kind=fare")
    page.get_by_label("What was it for?").fill("Bus")
    page.get_by_label("How many dollars?").fill("3.50")
    page.get_by_label("On which day?").fill(day)
    page.get_by_label("A photo of the receipt").set_input_files(
        {"name": "receipt.jpg", "mimeType": "image/jpeg", "buffer": photo((800, 600))}
    )
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("link", name="See the receipt")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE
    lines = Claim.objects.within(agency)
    assert {each.cost for each in lines} == {CostKind.MILES, CostKind.FARE}
