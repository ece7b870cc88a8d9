"""A charter as data, a committee that is out of it, and the decision that mends it."""

import re

import pytest
from playwright.sync_api import expect

from accounts.models import Member
from devtools.fixtures import Browse
from devtools.seating import accept
from documents.actions import draft
from documents.models import DocumentKind, Version
from foundation.addresses import at
from groups.actions import close_decision
from groups.models import Decision, DecisionStatus, Group, SeatOffer
from tests.conftest import Login
from tests.documents.conftest import Adopt, adopt, board, committee
from tests.documents.test_seats_under_the_charter import all_say

__all__ = ["adopt", "board", "committee"]
pytestmark = pytest.mark.browser
OUT = "The committee is out of charter."


def test_a_charter_as_data_then_out_of_charter_then_mended_by_a_decision(
    committee: Group,
    board: Group,
    administrator: Member,
    committee_chair: Member,
    consumer: Member,
    adopt: Adopt,
    browse: Browse,
    login: Login,
) -> None:
    """On a phone without scripts."""
    agency = committee.agency
    version = draft(DocumentKind.CHARTER, text="We meet each month.", by=administrator)
    page = browse(login(administrator), javascript=False)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(at(agency, "documents:version", pk=version.pk))
    page.get_by_role("link", name="Enter its terms").click()
    for label, value in {
        "For consumers": "2",
        "For staff": "2",
        "Length of a term": "24",
        "Quorum": "50",
        "Consumers among them": "2",
    }.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Chair", exact=True).check()
    page.get_by_label("Co-chair", exact=True).check()
    page.get_by_role("button", name="Save the terms").click()
    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.get_by_text("Give them more, or the others fewer.").first).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320
    page.get_by_label("For staff", exact=True).fill("1")
    page.get_by_role("button", name="Save the terms").click()
    expect(page.get_by_text("At least 2, or all if there are fewer")).to_be_visible()
    page.get_by_role("link", name="Put it to a decision").or_(
        page.get_by_role("button", name="Put it to a decision")
    ).first.click()
    page.get_by_role("main").get_by_role("button").first.click()
    adopt(Version.objects.within(agency).get(pk=version.pk))

    page = browse(login(committee_chair), javascript=False)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(at(agency, "oversight:committee"))
    expect(page.get_by_text(OUT)).to_be_visible()
    expect(page.get_by_text("Nobody holds this office: Co-chair.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="Propose whom to offer it").click()
    page.get_by_label("Who?").select_option(label=str(consumer))
    page.get_by_role("group", name="Do they decide with the others?").get_by_label("Yes").check()
    page.get_by_label("What do they do in the group?").select_option(label="Co-chair")
    page.get_by_role("button", name="Bring it to the group").click()
    decision = Decision.objects.within(agency).get(
        group=committee, status=DecisionStatus.OPEN, subject_type=""
    )
    all_say(decision)
    close_decision(decision, by=committee_chair)
    accept(SeatOffer.objects.within(agency).waiting().get())
    page.goto(at(agency, "oversight:committee"))
    expect(page.get_by_text(OUT)).to_have_count(0)
