"""A session ends in the middle of a long answer: after signing in, the words are there."""

from django.conf import settings
from playwright.sync_api import expect

from accounts.models import Member
from devtools.fixtures import Browse
from devtools.portal import Portal
from dialogues.dialogue.actions import open_dialogue
from foundation.addresses import at
from foundation.models import Agency
from tests.browser.person import Person
from tests.conftest import Login
from tests.frontend.test_in_browser import PASSWORD, give_password

WORDS = "It took me a long time to write this down."


def test_words_outlive_the_session_in_which_they_were_typed(
    portal: Portal,
    agency: Agency,
    facilitator: Member,
    consumer: Member,
    browse: Browse,
    login: Login,
) -> None:
    dialogue = open_dialogue(agency, by=facilitator, name="Tuesday Tea", on=agency.today())
    give_password(consumer)
    rosa = Person(consumer, browse(login(consumer)))
    rosa.go("dialogues:say_in", pk=dialogue.pk)
    rosa.tick("Something else").write("What do you want to say?", WORDS)
    rosa.tick("Nobody. Show my words without a name")

    rosa.page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    rosa.press("Send")
    expect(rosa.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert consumer.user is not None
    rosa.write("Your e-mail address or member name", str(consumer.user.email))
    rosa.write("Your password", PASSWORD).press("Sign in")

    expect(rosa.page).to_have_url(f"{portal.url}{at(agency, 'dialogues:say_in', pk=dialogue.pk)}")
    expect(rosa.field("What do you want to say?")).to_have_value(WORDS)
    rosa.press("Send").go("dialogues:my_words").sees(WORDS)
