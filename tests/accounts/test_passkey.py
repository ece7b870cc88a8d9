"""A passkey is added and signs in, in a real browser with a virtual authenticator."""

import re

from playwright.sync_api import Page, expect

from accounts.models import Member
from devtools.fixtures import Axe, Browse
from devtools.portal import Portal
from foundation.addresses import at
from foundation.models import Agency

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_authenticator(page: Page) -> Page:
    """The page on a device that unlocks passkeys without asking anybody."""
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def code_sent(portal: Portal, page: Page) -> str:
    """The code in the one e-mail that was sent."""
    for _tenth in range(100):
        if portal.mails():
            break
        page.wait_for_timeout(100)
    (letter,) = portal.mails()
    (code,) = re.findall(r"^[A-Z0-9]{3,}-?[A-Z0-9]{3,}$", str(letter.get_content()), re.MULTILINE)
    return str(code)


def test_a_passkey_that_was_added_signs_in_without_anything_else(
    portal: Portal,
    browse: Browse,
    axe: Axe,
    agency: Agency,
    consumer: Member,
) -> None:
    # Browsers tie passkeys to a name and refuse numeric addresses.
    here = portal.url.replace("127.0.0.1", "localhost")
    assert consumer.user is not None
    consumer.user.set_unusable_password()
    consumer.user.save()
    assert consumer.user.email
    page = with_authenticator(browse(for_good=True))
    page.goto(f"{here}/account/login/")
    page.get_by_role("link", name="Send me a code by e-mail").click()
    page.get_by_role("textbox").fill(consumer.user.email)
    page.get_by_role("main").get_by_role("button").click()
    page.get_by_role("textbox").fill(code_sent(portal, page))
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.locator("h1")).to_have_text(f"Hello, {consumer.display_name}")
    page.goto(f"{here}/account/2fa/webauthn/add/")
    expect(page.locator("h1")).to_have_text("Add a passkey")
    axe(page)
    page.get_by_label("Name").fill("My phone")
    page.get_by_label("Sign me in with it alone").check()
    page.get_by_role("button", name="Add it").click()
    expect(page.locator("main")).to_contain_text("Your passkey is set up.")
    axe(page)

    page.context.clear_cookies()
    page.goto(f"{here}/account/login/?next={at(agency, 'home_of')}")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("h1")).to_have_text(f"Hello, {consumer.display_name}")
