"""Minutes from the meeting to who reads them: written, agreed to, fixed, and added to."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from accounts.models import Member
from devtools.committee import AN_HOUR
from devtools.fixtures import Axe, Browse
from devtools.states import state
from documents.actions import draft, enter_terms, propose_for_ratification
from documents.models import DocumentKind, Version
from foundation.addresses import at
from foundation.models import Agency
from foundation.presenting import written
from groups.actions import plan_meeting, record_attendance
from groups.models import Group, Meeting
from tests.conftest import Login
from tests.documents.conftest import board
from tests.documents.conftest import decide as adopt_in
from tests.documents.test_charter_terms import TERMS
from tests.oversight.test_in_the_browser import answer, decide, fits, follow, press, said, tick

__all__ = ["board"]


@state
def charter(
    committee_group: Group, second_judge: Member, board: Group, administrator: Member
) -> Version:
    """A charter by which everybody in the program reads the minutes."""
    version = draft(DocumentKind.CHARTER, text="We meet.", by=administrator)
    enter_terms(version, **{**TERMS, "minutes_to_program": True}, by=administrator)
    propose_for_ratification(version, by=administrator)
    for group in (committee_group, board):
        adopt_in(version, group)
    return version


@state
def held(committee_group: Group, second_judge: Member, committee_chair: Member) -> Meeting:
    """A meeting of five days ago, with who came."""
    starts_at = now() - timedelta(days=5)
    meeting = plan_meeting(committee_group, starts_at=starts_at, by=committee_chair)
    present = {committee_chair: AN_HOUR, second_judge: AN_HOUR}
    record_attendance(meeting, present=present, by=committee_chair)
    return meeting


@pytest.mark.promise("judging")
def test_minutes_from_the_meeting_to_who_reads_them(
    charter: Version,
    held: Meeting,
    agency: Agency,
    committee_chair: Member,
    second_judge: Member,
    consumer: Member,
    browse: Browse,
    login: Login,
    axe: Axe,
) -> None:
    """Rosa uses services and has no seat; one who decides has no scripts."""
    chair, other = browse(login(committee_chair)), browse(login(second_judge), javascript=False)
    rosa = browse(login(consumer))
    day, listed = written(held.on), at(agency, "oversight:minutes_list")
    page = at(agency, "oversight:minutes", pk=held.pk)

    chair.goto(at(agency, "groups:meeting", pk=held.pk))
    follow(chair, "Write the minutes")
    answer(chair, "What was said and agreed?", "Sam told why the bus is late.\n\nWe ask the city.")
    press(chair, "Save the minutes")

    chair.goto(listed)
    axe(chair)
    fits(chair)
    follow(chair, day)
    expect(said(chair, "Not approved yet")).to_be_visible()
    rosa.goto(listed)
    expect(said(rosa, "No minutes have been approved yet.")).to_be_visible()
    expect(said(rosa, day)).to_have_count(0)
    assert login(consumer).get(page).status_code == 404

    follow(chair, "Prepare the approval")
    axe(chair)
    fits(chair)
    offered = chair.get_by_label("What others read")
    expect(offered).to_have_value("A member told why the bus is late.\n\nWe ask the city.")
    offered.fill("Sam told why the bus is late.\n\nWe ask the city.")
    press(chair, "Put it to the committee")
    expect(said(chair, "These passages name or count people.")).to_be_visible()
    chair.get_by_label("What others read").fill("We talked about the bus.\n\nWe ask the city.")
    press(chair, "Put it to the committee")
    expect(said(chair, "The committee has it now.")).to_be_visible()
    proposal = chair.url
    assert login(consumer).get(proposal).status_code in {403, 404}
    decide(chair, other)

    # Locked, and corrected by an addendum.
    chair.goto(at(agency, "groups:meeting", pk=held.pk))
    expect(chair.get_by_role("link", name="Write the minutes")).to_have_count(0)
    follow(chair, "See them with their addenda")
    expect(said(chair, "only corrected by an addendum")).to_be_visible()
    axe(chair)
    fits(chair)
    follow(chair, "Write an addendum")
    axe(chair)
    fits(chair)
    answer(chair, "What do you want to correct or add?", "Sam says: the tram is late, too.")
    press(chair, "Add it")
    tick(chair, "I have read the passages again, and nobody can be recognized by them.")
    answer(chair, "What do you want to correct or add?", "The tram is late, too.")
    press(chair, "Add it")
    expect(said(chair, "Addendum 1, written by Chidi")).to_be_visible()

    rosa.goto(at(agency, "oversight:committee"))
    follow(rosa, "Read the minutes of its meetings")
    axe(rosa)
    follow(rosa, day)
    axe(rosa)
    fits(rosa)
    for words in ("We talked about the bus.", "The tram is late, too.", "Addendum 1 of"):
        expect(said(rosa, words)).to_be_visible()
    for words in ("Sam", "Chidi"):
        expect(rosa.locator("main").get_by_text(words)).to_have_count(0)
    follow(rosa, "Show it for printing")
    axe(rosa)
    expect(said(rosa, "We talked about the bus.")).to_be_visible()
    assert login(consumer).get(proposal).status_code in {403, 404}
