"""Sign-in uses the portal's own pages, in words that everybody can read."""

import re

import pytest
import textstat
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import Member
from tests.conftest import Login
from tests.frontend.markup import Element, read

OPEN = ["login/", "login/code/", "password/reset/", "password/reset/done/", "signup/", "inactive/"]
OWN = [
    "email/",
    "logout/",
    "password/change/",
    "2fa/",
    "2fa/webauthn/",
    "sessions/",
    "reauthenticate/",
]
SAID = {"h1", "h2", "p", "li", "dt", "dd", "legend", "label"}


def words(element: Element) -> str:
    return " ".join(
        child if isinstance(child, str) else words(child) for child in element.children
    ).strip()


def sentences(page: str) -> str:
    """The text of a page's main part, with each heading, line and label as a sentence."""
    main = next(each for each in read(page).all() if each.tag == "main")
    lines = [words(each).strip(" .") for each in main.all() if each.tag in SAID]
    text = " ".join(f"{line}." for line in lines if line)
    return re.sub(r"\S+@[\w.]+\w", "Rosa", text)  # An address is no word.


def assert_ours(page: str) -> None:
    elements = read(page).all()
    assert sum(each.tag == "h1" for each in elements) == 1
    assert sum(each.tag == "main" for each in elements) == 1
    filled = [each for each in elements if each.classes == {"govuk-button"} and each.tag != "a"]
    assert len([each for each in filled if "data-idle-stay" not in each.attributes]) <= 1
    assert "app-header__product" in page
    assert "988" in page
    text = sentences(page)
    assert textstat.flesch_kincaid_grade(text) <= 6, text


@pytest.mark.django_db
@pytest.mark.parametrize("path", OPEN)
def test_a_way_in_is_ours_and_easy_to_read(path: str) -> None:
    response = Client().get(f"/account/{path}")
    assert response.status_code == 200
    assert_ours(response.content.decode())


@pytest.mark.parametrize("path", OWN)
def test_a_page_of_ones_own_is_ours_and_easy_to_read(
    consumer: Member, login: Login, path: str
) -> None:
    assert consumer.user is not None
    email = EmailAddress(user=consumer.user, email=consumer.user.email, primary=True, verified=True)
    email.save()
    response = login(consumer).get(f"/account/{path}", follow=True)
    assert response.status_code == 200
    assert_ours(response.content.decode())


@pytest.mark.django_db
def test_what_does_not_go_together_is_said_kindly() -> None:
    sent = {"login": "nobody@riverside.example", "password": "wrong"}
    page = Client().post("/account/login/", sent).content.decode()
    assert "<title>Error: Sign in" in page
    assert "do not go together" in page
    assert "nobody@riverside.example" in page
