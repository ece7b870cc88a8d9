"""A recommendation through all its stages, each decided by the committee with its quorum."""

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from accounts.models import Member
from devtools.fixtures import Axe, Browse
from foundation.addresses import at
from foundation.models import Agency
from oversight.models import Finding, Recommendation
from tests.conftest import Login

PHONE, DESK = ViewportSize(width=390, height=800), ViewportSize(width=1280, height=800)


def fits(page: Page) -> None:
    """Nothing of the page is wider than a phone; measured without a script of the page."""
    page.set_viewport_size(PHONE)
    for each in page.locator("main *:visible").all():
        box = each.bounding_box()
        assert box is None or box["x"] + box["width"] <= PHONE["width"] + 1, each
    page.set_viewport_size(DESK)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first.click()


def answer(page: Page, words: str, text: str) -> None:
    page.get_by_label(words).fill(text)


def tick(page: Page, words: str) -> None:
    page.get_by_label(words, exact=True).check()


def said(page: Page, words: str) -> Locator:
    return page.get_by_text(words)


def decide(chair: Page, *others: Page) -> None:
    """The chair is on the page of the proposal; all agree, and it is closed."""
    tick(chair, "I agree")
    press(chair, "Send my view")
    expect(said(chair, "It can’t be closed yet.")).to_be_visible()
    for other in others:
        other.goto(chair.url)
        fits(other)
        tick(other, "I agree")
        press(other, "Send my view")
    chair.reload()
    follow(chair, "Close the decision")
    tick(chair, "It is agreed")
    press(chair, "Record the decision")


@pytest.mark.promise("judging")
def test_a_recommendation_through_all_stages_with_a_quorum(
    agency: Agency,
    finding: Finding,
    committee_chair: Member,
    second_judge: Member,
    manager: Member,
    consumer: Member,
    browse: Browse,
    login: Login,
    axe: Axe,
) -> None:
    """The second member of the committee is on a phone without scripts."""
    chair, other = browse(login(committee_chair)), browse(login(second_judge), javascript=False)
    management, anybody = browse(login(manager)), browse(login(consumer), javascript=False)
    day = agency.today().isoformat()
    listed = at(agency, "oversight:recommendations")

    chair.goto(at(agency, "oversight:recommend", pk=finding.pk))
    axe(chair)
    answer(chair, "Name it in a few words", "Two weeks for each answer")
    answer(chair, "What do you ask management to do?", "Answer within two weeks.")
    tick(chair, "Mona")
    answer(chair, "By when should it be done?", day)
    press(chair, "Put it to the committee")
    expect(said(chair, "The committee has it now.")).to_be_visible()
    proposal = chair.url
    anybody.goto(listed)
    expect(said(anybody, "Two weeks for each answer")).to_have_count(0)
    assert login(consumer).get(proposal).status_code in {403, 404}
    decide(chair, other)

    (made,) = Recommendation.objects.within(agency)
    page = at(agency, "oversight:recommendation", pk=made.pk)
    anybody.goto(listed)
    expect(said(anybody, made.number)).to_be_visible()
    fits(anybody)
    management.goto(page)
    axe(management)
    follow(management, "Answer for management")
    tick(management, "We will do part of it")
    answer(management, "Why?", "Two weeks is short.")
    answer(management, "What will be done?", "Three weeks from now on.")
    answer(management, "By when will it be done?", day)
    press(management, "Send the answer")

    # Sent back, with a reason, by the committee.
    chair.goto(page)
    expect(said(chair, "To be judged by")).to_be_visible()
    follow(chair, "Prepare the committee’s judgement")
    tick(chair, "No, it goes back to management")
    answer(chair, "What is missing?", "Please say what stands in the way.")
    press(chair, "Put it to the committee")
    management.goto(page)
    expect(said(management, "sent the answer back")).to_have_count(0)
    decide(chair, other)

    management.goto(page)
    expect(said(management, "Please say what stands in the way.")).to_be_visible()
    follow(management, "Answer for management")
    tick(management, "We will do it")
    answer(management, "Why?", "We found a way.")
    answer(management, "What will be done?", "Two weeks, by a list on Mondays.")
    answer(management, "By when will it be done?", day)
    press(management, "Send the answer")
    chair.goto(page)
    follow(chair, "Prepare the committee’s judgement")
    tick(chair, "Yes, the committee accepts it")
    press(chair, "Put it to the committee")
    decide(chair, other)

    # Carried out with evidence, verified and closed.
    management.goto(page)
    follow(management, "Report that it is carried out")
    axe(management)
    answer(management, "What shows that it is carried out?", "The lists of all Mondays.")
    press(management, "Send the report")
    chair.goto(page)
    follow(chair, "Prepare the closing")
    expect(said(chair, "The lists of all Mondays.")).to_be_visible()
    tick(chair, "Yes, the committee closes it")
    answer(chair, "What did the committee see?", "We read three of the lists.")
    press(chair, "Put it to the committee")
    decide(chair, other)

    anybody.goto(page)
    expect(said(anybody, "Verified and closed")).to_be_visible()
    expect(said(anybody, "We read three of the lists.")).to_be_visible()
    expect(anybody.get_by_role("link", name="Accept the answer")).to_be_visible()
    fits(anybody)
    axe(chair)
