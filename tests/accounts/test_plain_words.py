"""Pages for people who use the services read at grade 6 or below."""

import re

import pytest
import textstat
from django.test import Client

from accounts import actions, invitation_codes
from accounts.models import Audience, Member
from foundation import codes
from foundation.addresses import at
from foundation.models import Agency
from tests.accounts.answers import send
from tests.conftest import Login

GRADE = 6.0
NEVER = ("user", "compliance", "failed", "stipend", "opportunity")


def sentences(page: str) -> str:
    """The text of the page's main part, with a full stop after each heading, label and item.

    Without the options of lists: names of months are no sentences.
    """
    main = page.partition("<main ")[2].partition(">")[2].partition("</main>")[0]
    without = re.sub(r"<(script|style|template|select)\b.*?</\1>", "", main, flags=re.DOTALL)
    ended = re.sub(r"</(h1|h2|h3|p|li|label|legend|dt|dd|button|div|strong|text)>", ". ", without)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", ended))
    return re.sub(r"(?:\s*\.)+", ".", text.replace("?.", "?").replace(":", "."))


def is_plain(page: str) -> None:
    text = sentences(page)
    assert len(text.split()) > 20
    grade = textstat.flesch_kincaid_grade(text)
    assert grade <= GRADE, f"{grade}: {text}"
    assert not [word for word in NEVER if re.search(rf"\b{word}s?\b", text.lower())]


@pytest.mark.parametrize(
    "name", ["me", "edit_me", "my_standing", "my_consents", "who_looked", "welcome"]
)
def test_one_s_own_pages_are_plain(
    name: str, agency: Agency, consumer: Member, login: Login
) -> None:
    client = login(consumer)
    is_plain(client.get(at(agency, f"accounts:{name}")).content.decode())
    actions.give_consent(consumer, audience=Audience.AGENCY, by=consumer)
    actions.prefer_not_to_say(by=consumer)
    is_plain(client.get(at(agency, f"accounts:{name}")).content.decode())


def test_an_invitation_is_plain(agency: Agency, administrator: Member) -> None:
    member = actions.enter_member(
        by=administrator, name="Nora", display_name="Nora", since=agency.today()
    )
    invitation = actions.invite(member, by=administrator)
    code = codes.shown(invitation_codes.code_of(invitation))
    client = Client()

    def page(path: str) -> str:
        return client.get(f"/o/accounts/invitation/{code}/{path}").content.decode()

    is_plain(page(""))
    is_plain(page("about-you/"))
    client.post(
        f"/o/accounts/invitation/{code}/about-you/", {"display_name": "N", "way": "password"}
    )
    is_plain(page("agree/"))
    wrong = send(client, f"/o/accounts/invitation/{code}/agree/")
    is_plain(wrong.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url", ["/account/codes/", "/o/accounts/invitation/", "/o/accounts/invitation/X/"]
)
def test_ways_in_are_plain(url: str) -> None:
    is_plain(Client().get(url).content.decode())


def test_account_pages_are_plain(agency: Agency, consumer: Member, login: Login) -> None:
    consumer.user = actions.make_user(member_name="rosa", password="river stone lamp")
    consumer.save()
    client = login(consumer)
    for url in ("/account/ways/", "/account/second-factor/"):
        is_plain(client.get(url).content.decode())
