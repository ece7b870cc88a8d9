"""Ownership of e-mail addresses: an unproven one opens no account."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts import actions
from accounts.models import Member, User

pytestmark = pytest.mark.django_db

CLAIMED = "director@riverside.example"


@pytest.fixture
def claimant(consumer: Member) -> Client:
    """Somebody with a member name and a password who claims an address that is not theirs."""
    user = actions.make_user(member_name="mallory", password="river stone lamp")
    consumer.user = user
    consumer.save()
    client = Client()
    client.post("/account/login/", {"login": "mallory", "password": "river stone lamp"})
    assert "_auth_user_id" in client.session
    client.post("/account/reauthenticate/", {"password": "river stone lamp"})
    answer = client.post("/account/email/", {"action_add": "1", "email": CLAIMED})
    assert not answer["Location"].startswith("/account/reauthenticate/")
    return client


def test_an_address_that_was_only_typed_does_not_become_the_accounts_own(
    claimant: Client,
) -> None:
    claimant.post("/account/email/", {"action_primary": "1", "email": CLAIMED})
    assert User.objects.get(member_name="mallory").email is None


def test_whoever_reads_the_mailbox_is_not_let_into_the_account_of_who_typed_it(
    claimant: Client,
) -> None:
    mail.outbox.clear()
    director = Client()
    director.post("/account/login/code/", {"email": CLAIMED})
    codes = re.findall(r"\b\d{3}-?\d{3}\b", str(mail.outbox[-1].body))
    assert codes == []
    assert not EmailAddress.objects.filter(email=CLAIMED, verified=True).exists()


def test_an_address_is_kept_once_the_code_that_was_sent_to_it_is_typed(claimant: Client) -> None:
    (code,) = re.findall(r"\b\d{3}-?\d{3}\b", str(mail.outbox[-1].body))
    assert mail.outbox[-1].to == [CLAIMED]
    answer = claimant.post("/account/confirm-email/", {"code": code}, follow=True)
    assert answer.status_code == 200
    user = User.objects.get(member_name="mallory")
    assert user.email == CLAIMED
    assert EmailAddress.objects.get(user=user).verified


def test_the_code_is_of_no_use_in_another_session(claimant: Client) -> None:
    (code,) = re.findall(r"\b\d{3}-?\d{3}\b", str(mail.outbox[-1].body))
    Client().post("/account/confirm-email/", {"code": code})
    assert User.objects.get(member_name="mallory").email is None


def test_people_without_an_address_still_sign_in(claimant: Client) -> None:
    client = Client()
    client.post("/account/login/", {"login": "mallory", "password": "river stone lamp"})
    assert "_auth_user_id" in client.session
