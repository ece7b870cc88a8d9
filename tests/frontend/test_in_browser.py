"""Accessible sign-in pages, warnings of idle time, and work kept, in a real browser."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from accounts.hashers import OneAtATime
from accounts.models import Member
from devtools.browser import arrived
from devtools.fixtures import Axe, Browse
from devtools.portal import Portal
from foundation.addresses import at
from foundation.models import Agency
from tests.browser.looks import too_small
from tests.conftest import Login

OWN = {
    "email/": "Your e-mail address",
    "password/change/": "Change your password",
    "logout/": "Do you want to sign out?",
    "2fa/": "A second step for signing in",
    "2fa/totp/activate/": "Set up an app that shows codes",
    "2fa/webauthn/": "Your passkeys",
    "2fa/webauthn/add/": "Add a passkey",
    "sessions/": "Where you are signed in",
}

PASSWORD = "four words in a row"


def give_password(member: Member) -> None:
    """Hashed as in the running portal, not as in the tests."""
    assert member.user is not None
    hasher = OneAtATime()
    member.user.password = hasher.encode(PASSWORD, hasher.salt())
    member.user.save()


def test_the_ways_to_sign_in_can_be_changed_accessibly(
    browse: Browse, login: Login, axe: Axe, consumer: Member
) -> None:
    assert consumer.user is not None
    EmailAddress.objects.create(
        user=consumer.user, email=consumer.user.email, primary=True, verified=True
    )
    give_password(consumer)
    page = browse(login(consumer))
    page.goto("/account/2fa/totp/activate/")
    expect(page.locator("h1")).to_have_text("Confirm it’s you")
    axe(page)
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    for path, heading in OWN.items():
        page.goto(f"/account/{path}")
        expect(page.locator("h1")).to_have_text(heading)
        axe(page)
        assert too_small(page) == [], path


def test_a_wrong_password_is_told_above_the_form_and_in_the_title(page: Page, axe: Axe) -> None:
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Fill in “Your e-mail address or member name”").click()
    expect(page.get_by_label("Your e-mail address or member name")).to_be_focused()
    axe(page)


def test_an_idle_person_is_warned_and_can_stay(
    browse: Browse, login: Login, axe: Axe, consumer: Member
) -> None:
    page = browse(login(consumer))
    page.clock.install()
    page.goto("/account/email/")
    dialog = page.get_by_role("dialog", name="Are you still there?")
    page.clock.fast_forward("17:00")
    expect(dialog).not_to_be_visible()
    page.clock.fast_forward("00:45")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("You have about 3 minutes left.")
    axe(page)
    with page.expect_response("**/account/stay/") as answer:
        dialog.get_by_role("button", name="Stay signed in").click()
    assert answer.value.status == 204
    expect(dialog).not_to_be_visible()


def test_staying_in_one_tab_keeps_the_others(
    browse: Browse, login: Login, consumer: Member
) -> None:
    page = browse(login(consumer))
    other = page.context.new_page()
    page.clock.install()  # The clock of the whole browser profile.
    for tab in (page, other):
        tab.goto("/account/email/")
    page.clock.fast_forward("17:45")
    for tab in (page, other):
        expect(tab.get_by_role("dialog")).to_be_visible()
    other.get_by_role("button", name="Stay signed in").click()
    expect(other.get_by_role("dialog")).not_to_be_visible()
    page.clock.run_for(2000)
    expect(page.get_by_role("dialog")).not_to_be_visible()


def test_what_was_typed_is_there_again_after_the_session_ended(
    browse: Browse, login: Login, portal: Portal, consumer: Member
) -> None:
    page = browse(login(consumer))
    page.goto("/account/email/")
    page.get_by_label("Your new e-mail address").fill("rosa@new.example")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Use this address").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    portal.sign_in(page, login(consumer))
    page.goto("/account/email/")
    expect(page.get_by_label("Your new e-mail address")).to_have_value("rosa@new.example")
    page.get_by_role("button", name="Clear it and start again").click()
    expect(page.get_by_label("Your new e-mail address")).to_have_value("")


def test_a_page_that_was_open_too_long_says_so_and_keeps_what_was_typed(
    browse: Browse, login: Login, axe: Axe, consumer: Member
) -> None:
    page = browse(login(consumer))
    page.goto("/account/email/")
    page.get_by_label("Your new e-mail address").fill("rosa@new.example")
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    page.get_by_role("button", name="Use this address").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please send it again")
    axe(page)
    page.goto("/account/email/")
    expect(page.get_by_label("Your new e-mail address")).to_have_value("rosa@new.example")


def test_nothing_is_kept_for_somebody_else_or_after_signing_out(
    browse: Browse, login: Login, portal: Portal, consumer: Member, provider: Member
) -> None:
    page = browse(login(consumer))
    kept = "Object.keys(sessionStorage).filter((name) => name.startsWith('portal-kept'))"
    for leave in (True, False):
        page.goto("/account/email/")
        page.get_by_label("Your new e-mail address").fill("rosa@new.example")
        assert len(page.evaluate(kept)) == 1
        if leave:
            page.get_by_role("banner").get_by_role("button", name="Sign out").click()
            expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
            arrived(page)
            assert page.evaluate(kept) == []
            portal.sign_in(page, login(consumer))
        else:
            page.context.clear_cookies()
            portal.sign_in(page, login(provider))
            page.goto("/account/email/")
            expect(page.get_by_label("Your new e-mail address")).to_have_value("")
            assert page.evaluate(kept) == []


def test_a_refusal_met_by_a_part_of_a_page_is_shown(
    browse: Browse, login: Login, axe: Axe, agency: Agency, consumer: Member
) -> None:
    page = browse(login(consumer))
    page.goto(at(agency, "home_of"))
    page.evaluate("(url) => { htmx.ajax('GET', url, 'h1'); }", at(agency, "settings"))
    expect(page.locator("h1")).to_have_text("You can\u2019t do this now")
    expect(page.locator("header")).to_have_count(1)
    axe(page)


def test_a_part_of_a_page_never_turns_into_the_sign_in_page(
    browse: Browse, login: Login, agency: Agency, consumer: Member
) -> None:
    page = browse(login(consumer))
    page.goto(at(agency, "home_of"))
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.evaluate("(url) => { htmx.ajax('GET', url, 'h1'); }", at(agency, "help"))
    expect(page).to_have_url(re.compile("/account/login/"))
    expect(page.locator("header")).to_have_count(1)


def test_signing_in_works_without_scripts(
    chromium: Browser, portal: Portal, consumer: Member
) -> None:
    give_password(consumer)
    assert consumer.user is not None
    context = chromium.new_context(base_url=portal.url, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/account/login/")
    plain.get_by_label("Your e-mail address or member name").fill(str(consumer.user.email))
    plain.get_by_label("Your password", exact=True).fill(PASSWORD)
    plain.get_by_role("button", name="Sign in", exact=True).click()
    expect(plain.get_by_role("button", name="Sign out")).to_be_visible()
    context.close()
