"""Somebody who finds an open session can't take over the account."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import Member, User
from tests.conftest import Login

pytestmark = pytest.mark.django_db

AGAIN = "/account/again/"
CHANGES = (
    "/account/password/set/",
    "/account/email/",
    "/account/2fa/totp/activate/",
    "/account/2fa/webauthn/add/",
)
SECRET = "a lamp by the river"


@pytest.fixture
def without_password(consumer: Member) -> User:
    """Somebody who signs in only with e-mailed codes, as most people do."""
    assert consumer.user is not None
    consumer.user.set_unusable_password()
    consumer.user.save()
    return consumer.user


@pytest.fixture
def left_open(without_password: User, consumer: Member, login: Login) -> Client:
    """Their session, half an hour after signing in."""
    with time_machine.travel(timezone.now() - timedelta(minutes=30)):
        return login(consumer)


@pytest.mark.parametrize("url", CHANGES)
def test_what_changes_the_way_in_asks_for_a_new_sign_in(url: str, left_open: Client) -> None:
    for answer in (left_open.get(url), left_open.post(url, {"email": "mallory@example.org"})):
        assert answer.status_code == 302
        assert answer["Location"].startswith(f"{AGAIN}?next=")
    assert mail.outbox == []


def test_no_password_is_set_in_a_session_left_open(
    left_open: Client, without_password: User
) -> None:
    left_open.post("/account/password/set/", {"password1": SECRET, "password2": SECRET})
    without_password.refresh_from_db()
    assert not without_password.has_usable_password()


def test_signing_in_again_leads_back(left_open: Client) -> None:
    page = left_open.get(f"{AGAIN}?next=/account/email/")
    assert page.status_code == 200
    answer = left_open.post(f"{AGAIN}?next=/account/email/")
    assert answer["Location"] == "/account/login/?next=/account/email/"
    assert "_auth_user_id" not in left_open.session


def test_it_leads_to_no_other_site(left_open: Client) -> None:
    answer = left_open.post(f"{AGAIN}?next=https://evil.example/")
    assert answer["Location"] == "/account/login/?next=/account/ways/"


@pytest.mark.parametrize("url", CHANGES)
def test_who_has_just_signed_in_goes_on(
    url: str, without_password: User, consumer: Member, login: Login
) -> None:
    assert login(consumer).get(url).status_code == 200


def test_who_has_a_password_is_asked_for_it_instead(consumer: Member, login: Login) -> None:
    assert consumer.user is not None
    consumer.user.set_password(SECRET)
    consumer.user.save()
    with time_machine.travel(timezone.now() - timedelta(minutes=30)):
        client = login(consumer)
    answer = client.get("/account/2fa/totp/activate/")
    assert answer["Location"].startswith("/account/reauthenticate/")


PROVEN = "/account/2fa/totp/activate/"


def signed_in(login: str) -> Client:
    client = Client()
    client.post("/account/login/", {"login": login, "password": SECRET})
    assert "_auth_user_id" in client.session
    return client


def test_a_password_that_was_just_typed_is_not_asked_for_again(consumer: Member) -> None:
    assert consumer.user is not None
    consumer.user.set_password(SECRET)
    consumer.user.save()
    client = signed_in("rosa@riverside.example")
    assert client.get(PROVEN).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        client.get("/account/ways/")
        assert client.get(PROVEN)["Location"].startswith("/account/reauthenticate/")


def test_a_code_by_e_mail_does_not_stand_for_a_password(consumer: Member, login: Login) -> None:
    assert consumer.user is not None
    consumer.user.set_password(SECRET)
    consumer.user.save()
    assert login(consumer).get(PROVEN)["Location"].startswith("/account/reauthenticate/")


def test_a_password_does_not_stand_for_the_second_step(consumer: Member) -> None:
    """The session was open before somebody set up a second step elsewhere."""
    assert consumer.user is not None
    consumer.user.set_password(SECRET)
    consumer.user.save()
    client = signed_in("rosa@riverside.example")
    Authenticator.objects.create(user=consumer.user, type=Authenticator.Type.TOTP, data={})
    for url in ("/account/2fa/recovery-codes/generate/", "/account/email/"):
        answer = client.post(url, {"action_add": "1", "email": "mallory@example.org"})
        assert answer.status_code == 302
        assert "reauthenticate" in answer["Location"], url
    assert mail.outbox == []
