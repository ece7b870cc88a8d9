"""Journeys about people in a real browser: their ceilings, and accessible pages."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from accounts import actions, invitation_codes
from accounts.models import Invitation, Member, StandingKind
from devtools.fixtures import Axe, Browse
from devtools.portal import Portal
from foundation import codes
from foundation.addresses import at
from foundation.models import Agency
from tests.accounts.people_lists import bring, invite, with_contacts
from tests.conftest import Login


class Journey:
    """A person's way through some pages; count the pages they see and their taps."""

    def __init__(self, page: Page, axe: Axe) -> None:
        self.page, self.axe = page, axe
        self.pages = self.taps = 0

    def see(self, heading: str) -> None:
        expect(self.page.locator("h1")).to_have_text(heading)
        self.axe(self.page)
        self.pages += 1

    def tap(self, what: Locator) -> None:
        what.click()
        self.taps += 1

    def button(self, words: str) -> None:
        self.tap(self.page.get_by_role("button", name=words, exact=True))

    def link(self, words: str) -> None:
        self.tap(self.page.get_by_role("link", name=words, exact=True))


def newcomer(agency: Agency, administrator: Member) -> Member:
    return actions.enter_member(
        by=administrator,
        name="Nora New",
        display_name="Nora",
        since=agency.today(),
        standings=(StandingKind.PRIMARY_CONSUMER,),
    )


def test_an_invitation_by_e_mail_takes_at_most_4_pages_and_6_taps(
    portal: Portal, browse: Browse, axe: Axe, login: Login, agency: Agency, administrator: Member
) -> None:
    desk = browse(login(administrator))
    desk.goto(at(agency, "accounts:invite", pk=newcomer(agency, administrator).pk))
    desk.get_by_label("Their e-mail address").fill("nora@home.example")
    desk.get_by_role("button", name="Invite them").click()
    expect(desk.locator("h1")).to_have_text("Nora")
    page = browse()
    for _second in range(100):
        if portal.mails():
            break
        page.wait_for_timeout(100)
    (letter,) = portal.mails()
    assert letter["Subject"] == "You have a message"
    (link,) = re.findall(r"http\S+", str(letter.get_content()))
    page.goto(link)
    journey = Journey(page, axe)
    journey.see("You are invited")
    journey.link("Go on")
    journey.see("About you")
    page.get_by_label("What should others call you?").fill("Nora N.")
    journey.button("Go on")
    journey.see("Do you want to take part?")
    journey.tap(page.get_by_label("Yes, I want to take part"))
    journey.button("Take part")
    journey.see("Welcome, Nora N.")
    assert journey.pages <= 4
    assert journey.taps <= 6
    assert page.locator('input[type="password"]').count() == 0
    page.get_by_role("link", name="Go to your home page").click()
    expect(page.locator("h1")).to_have_text("Hello, Nora N.")


def test_a_letter_takes_no_more_and_its_codes_sign_in_without_javascript(
    portal: Portal, browse: Browse, axe: Axe, agency: Agency, administrator: Member
) -> None:
    invitation = actions.invite(newcomer(agency, administrator), by=administrator)
    page = browse()
    page.goto("/o/accounts/invitation/")
    axe(page)
    page.get_by_label("The code from your letter").fill(invitation_codes.code_of(invitation))
    page.get_by_role("button", name="Go on").click()
    journey = Journey(page, axe)
    journey.see("You are invited")
    journey.link("Go on")
    journey.see("About you")
    journey.button("Go on")
    journey.see("Do you want to take part?")
    page.get_by_label("Choose a name for signing in").fill("nora.22")
    journey.tap(page.get_by_label("Yes, I want to take part"))
    journey.button("Take part")
    journey.see("Your codes for signing in")
    sheet = page.locator(".app-code").all_inner_texts()
    assert len(sheet) == 10
    journey.link("I have printed them, go on")
    expect(page.locator("h1")).to_have_text("Welcome, Nora")
    assert journey.pages <= 4
    assert journey.taps <= 6

    fresh = browse()
    fresh.goto("/account/login/")
    fresh.get_by_role("link", name="Sign in with a code on paper").click()
    axe(fresh)
    fresh.get_by_label("Your member name").fill("nora.22")
    fresh.get_by_label("A code from your sheet").fill(sheet[6].lower())
    fresh.get_by_role("button", name="Sign in", exact=True).click()
    expect(fresh.locator("h1")).to_have_text("Hello, Nora")


def test_one_s_own_pages_are_accessible_once_one_has_chosen(
    browse: Browse, axe: Axe, login: Login, agency: Agency, consumer: Member
) -> None:
    actions.prefer_not_to_say(by=consumer)
    page = browse(login(consumer))
    for name in ("my_standing", "welcome"):
        page.goto(at(agency, f"accounts:{name}"))
        axe(page)


def test_pages_that_lead_nowhere_are_accessible(
    page: Page, browse: Browse, axe: Axe, login: Login, agency: Agency, administrator: Member
) -> None:
    page.goto("/o/accounts/invitation/ABCD-ABCD-ABCD-ABCD/")
    expect(page.locator("h1")).to_have_text("This invitation can’t be used")
    axe(page)
    invitation = actions.invite(newcomer(agency, administrator), by=administrator)
    other = browse(login(administrator))
    other.goto(link_of(invitation))
    axe(other)
    other.get_by_role("button", name="Sign out and open the invitation").click()
    expect(other.locator("h1")).to_have_text("You are invited")


def link_of(invitation: Invitation) -> str:
    return f"/o/accounts/invitation/{codes.shown(invitation_codes.code_of(invitation))}/"


def thirty_people() -> str:
    rows = [f"Person{chr(97 + at)} Number{at},p{at}@home.example" for at in range(24)]
    letters = [f"Neighbor{chr(97 + at)} Paper{at}," for at in range(6)]
    return "\n".join(["Name,E-mail", *rows, *letters])


def test_thirty_people_are_invited_from_a_file_in_at_most_4_pages(
    portal: Portal,
    browse: Browse,
    axe: Axe,
    login: Login,
    agency: Agency,
    administrator: Member,
    tmp_path: Path,
) -> None:
    with_contacts(administrator)
    people = tmp_path / "people.csv"
    people.write_text(thirty_people())
    page = browse(login(administrator))
    page.goto(at(agency, "accounts:bring_list"))
    journey = Journey(page, axe)
    journey.see("Add people from a list")
    page.get_by_label("Or choose a file").set_input_files(people)
    journey.tap(page.get_by_label("Each person on this list was asked, and said yes"))
    journey.button("Check the list")
    journey.see("Check the list")
    journey.button("Invite these 30 people")
    journey.see("The people on your list")
    expect(page.get_by_text("24 of 24 e-mails are sent")).to_be_visible(timeout=20_000)
    axe(page)
    journey.link("See and print the 6 letters")
    journey.see("Letters to print")
    assert page.locator(".app-letter").count() == 6
    assert journey.pages <= 4
    assert journey.taps <= 4
    sent = Invitation.objects.within(agency).exclude(email="").exclude(sent_at=None)
    assert sent.count() == 24
    assert {str(each["Subject"]) for each in portal.mails()} == {"You have a message"}


def test_rows_are_mended_and_invitations_reminded_without_a_mouse_or_scripts(
    browse: Browse, login: Login, agency: Agency, administrator: Member
) -> None:
    with_contacts(administrator)
    page = browse(login(administrator), javascript=False)
    page.goto(at(agency, "accounts:bring_list"))
    page.get_by_label("Paste the list here").fill(
        "Name,E-mail\nAna Ruiz,ana@\nBen Ott,home@home.example\nCy Ott,home@home.example\n"
    )
    page.get_by_role("button", name="Check the list").click()
    page.get_by_label("Each person on this list was asked, and said yes").check()
    page.get_by_role("button", name="Check the list").click()
    page.get_by_role("link", name="Row 2: This is not an e-mail address").click()
    page.get_by_role("textbox", name="E-mail").fill("ana@home.example")
    page.get_by_label("No, somebody else").check()
    page.get_by_role("button", name="Save and check again").press("Enter")
    page.get_by_role("button", name="Invite these 3 people").press("Enter")
    page.get_by_role("link", name="See all open invitations").click()
    page.get_by_label("Cy Ott").check()
    page.get_by_label("Take the invitations back").check()
    page.get_by_role("button", name="Review the ticked ones").press("Enter")
    page.get_by_role("button", name="Take 1 invitation back").press("Enter")
    expect(page.get_by_text("1 invitation was taken back.")).to_be_visible()


def test_columns_that_are_asked_about_and_saying_no_are_accessible(
    browse: Browse, axe: Axe, login: Login, agency: Agency, administrator: Member
) -> None:
    with_contacts(administrator)
    page = browse(login(administrator))
    page.goto(at(agency, "accounts:bring_list"))
    page.get_by_label("Paste the list here").fill("Ruiz, Ana\nOtt, Ben\n")
    page.get_by_label("Each person on this list was asked, and said yes").check()
    page.get_by_role("button", name="Check the list").click()
    axe(page)
    page.get_by_label("Column 1").select_option(label="Last name")
    page.get_by_role("button", name="Check the list").click()
    axe(page)
    page.get_by_label("Column 2").select_option(label="First name")
    page.get_by_role("button", name="Check the list").click()
    expect(page.get_by_role("button", name="Invite these 2 people")).to_be_visible()
    people = bring("Name,E-mail\nAna,ana@\nBen,b@home.example\nCy,b@home.example\n", administrator)
    page.goto(at(agency, "accounts:people_list", pk=people.pk))
    axe(page)
    invite(bring("Name\nDee Lane\n", administrator), administrator)
    page.goto(at(agency, "accounts:open_invitations"))
    axe(page)
    page.get_by_label("Take the invitations back").check()
    page.get_by_role("button", name="Review 1 invitation").click()
    axe(page)

    invitation = actions.invite(newcomer(agency, administrator), by=administrator)
    nobody = browse()
    nobody.goto("/o/accounts/invitation/")
    nobody.get_by_label("The code from your letter").fill(invitation_codes.code_of(invitation))
    nobody.get_by_role("button", name="Go on").click()
    nobody.get_by_role("link", name="I don’t want to take part").click()
    axe(nobody)
    nobody.get_by_role("button", name="No, I don’t want to take part").click()
    axe(nobody)
    expect(nobody.locator("h1")).to_have_text("Thank you for telling us")
