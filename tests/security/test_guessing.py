"""Guessing stays stopped, and nobody's guessing locks out the account's owner."""

import re
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts import actions
from accounts.models import Member, User
from accounts.tasks import forget_attempts
from foundation import attempts
from foundation.models import Attempts
from tests.conftest import Login

pytestmark = pytest.mark.django_db

PASSWORD = "river stone lamp"
EMAIL = "rosa@riverside.example"
HOME, LIBRARY, STRANGER = "192.0.2.7", "192.0.2.8", "198.51.100.9"
SIGN_IN, BY_CODE, PRINTED = "/account/login/", "/account/login/code/", "/account/codes/"
CONFIRM, RESET = "/account/login/code/confirm/", "/account/password/reset/"


def at(place: str) -> Client:
    """Somebody's browser on this network."""
    return Client(REMOTE_ADDR=place)


def somewhere(number: int) -> str:
    return f"203.0.{number // 250}.{number % 250 + 1}"


@pytest.fixture
def rosa(consumer: Member) -> User:
    """Rosa has an address with a password, and a member name with printed codes."""
    user = consumer.user
    assert user is not None
    user.member_name = "rosa"
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def sheet(rosa: User) -> list[str]:
    return actions.print_codes(rosa)


def by_password(place: str, password: str, login: str = EMAIL) -> bool:
    client = at(place)
    client.post(SIGN_IN, {"login": login, "password": password})
    return "_auth_user_id" in client.session


def by_printed_code(place: str, code: str, name: str = "rosa") -> bool:
    client = at(place)
    client.post(PRINTED, {"member_name": name, "code": code})
    return "_auth_user_id" in client.session


def ask_for_code(place: str, email: str = EMAIL) -> Client:
    client = at(place)
    client.post(BY_CODE, {"email": email})
    return client


def sent() -> str:
    (code,) = re.findall(r"\b\d{3}-?\d{3}\b", str(mail.outbox[-1].body))
    return str(code)


def by_email(place: str) -> bool:
    before = len(mail.outbox)
    client = ask_for_code(place)
    if len(mail.outbox) == before:
        return False
    client.post(CONFIRM, {"code": sent()})
    return "_auth_user_id" in client.session


def test_a_block_outlasts_any_number_of_other_tries(rosa: User) -> None:
    for _try in range(5):
        by_password(STRANGER, "wrong wrong wrong")
    for number in range(400):
        at(somewhere(number)).post(
            SIGN_IN, {"login": f"nobody{number}@example.org", "password": "wrong wrong wrong"}
        )
    assert not by_password(STRANGER, PASSWORD)
    forget_attempts()
    cache.clear()
    assert not by_password(STRANGER, PASSWORD)
    assert Attempts.objects.count() > 400
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert by_password(STRANGER, PASSWORD)


def test_the_sweep_forgets_what_has_ended_and_nothing_else(rosa: User) -> None:
    attempts.count("short", seconds=60)
    attempts.count("long", seconds=3600)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        forget_attempts()
        assert attempts.counted("short") == 0
        assert attempts.counted("long") == 1
        assert Attempts.objects.count() == 1


def test_wrong_passwords_of_a_stranger_refuse_nobody_else(rosa: User) -> None:
    for _try in range(12):
        by_password(STRANGER, "wrong wrong wrong")
    assert not by_password(STRANGER, PASSWORD)
    assert by_password(HOME, PASSWORD)


def test_wrong_printed_codes_of_a_stranger_refuse_nobody_else(rosa: User, sheet: list[str]) -> None:
    for _try in range(12):
        by_printed_code(STRANGER, "ABCD-EFGH")
    assert not by_printed_code(STRANGER, sheet[0])
    assert by_printed_code(HOME, sheet[0])


def test_codes_that_a_stranger_asks_for_in_her_name_refuse_nobody_else(rosa: User) -> None:
    for _try in range(6):
        ask_for_code(STRANGER)
    assert len(mail.outbox) == 3
    assert by_email(HOME)


def test_wrong_codes_that_a_stranger_types_refuse_nobody_else(rosa: User) -> None:
    for _session in range(3):
        client = ask_for_code(STRANGER)
        for _try in range(8):
            client.post(CONFIRM, {"code": "000000"})
    assert by_email(HOME)


def test_a_forgotten_password_can_be_replaced_whatever_strangers_ask_for(rosa: User) -> None:
    for _try in range(8):
        at(STRANGER).post(RESET, {"email": EMAIL})
    assert len(mail.outbox) == 5
    at(HOME).post(RESET, {"email": EMAIL})
    assert len(mail.outbox) == 6


def test_guessing_from_many_networks_is_stopped_but_not_for_the_owner_on_her_own(
    rosa: User,
) -> None:
    assert by_password(HOME, PASSWORD)
    for number in range(40):
        by_password(somewhere(number), "wrong wrong wrong")
        ask_for_code(somewhere(number))
    assert not by_password(somewhere(99), PASSWORD)
    assert not by_email(somewhere(99))
    assert by_password(HOME, PASSWORD)
    assert by_email(HOME)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert by_password(LIBRARY, PASSWORD)


def test_second_steps_can_not_be_guessed_and_strangers_do_not_use_up_the_owners(
    administrator: Member, login: Login
) -> None:
    login(administrator)  # Sets up the authenticator.
    user = administrator.user
    assert user is not None
    user.set_password(PASSWORD)
    user.save()
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)

    def second_step(place: str, right: bool) -> bool:
        client = at(place)
        client.post(SIGN_IN, {"login": user.email, "password": PASSWORD})
        secret, step = decrypt(app.data["secret"]), int(timezone.now().timestamp()) // 30
        code = format_hotp_value(hotp_value(secret, step)) if right else "000000"
        client.post("/account/2fa/authenticate/", {"code": code})
        return "_auth_user_id" in client.session

    for _try in range(6):
        assert not second_step(STRANGER, right=False)
    assert not second_step(STRANGER, right=True)
    assert second_step(HOME, right=True)


def test_addresses_and_accounts_are_kept_only_hashed(rosa: User, sheet: list[str]) -> None:
    by_password(HOME, "wrong wrong wrong")
    by_printed_code(HOME, sheet[0])
    ask_for_code(HOME)
    kept = str(list(Attempts.objects.values()))
    assert Attempts.objects.count() > 5
    assert not [word for word in (HOME, "rosa", EMAIL) if word in kept]


class Counting(MD5PasswordHasher):
    """Counts how often something is hashed."""

    hashed = 0

    def encode(self, password: Any, salt: Any) -> str:
        Counting.hashed += 1
        return super().encode(password, salt)


@pytest.fixture
def counting(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["tests.security.test_guessing.Counting"]


def hashes(answer: Any) -> int:
    Counting.hashed = 0
    answer()
    return Counting.hashed


NAMES = [EMAIL, "rosa", "nobody@riverside.example", "nobody", "ada@riverside.example"]


def test_a_password_costs_the_same_whether_or_not_somebody_has_the_name(
    counting: None, rosa: User
) -> None:
    tried = {name: hashes(lambda name=name: by_password(HOME, "wrong", name)) for name in NAMES}
    assert set(tried.values()) == {1}, tried


def test_a_printed_code_costs_the_same_whether_or_not_somebody_has_the_name(
    counting: None, rosa: User, sheet: list[str]
) -> None:
    actions.make_user(member_name="sam")  # Without a sheet.
    names = ("rosa", "sam", "nobody")
    tried = {name: hashes(lambda name=name: by_printed_code(HOME, "ABCD", name)) for name in names}
    assert set(tried.values()) == {1}, tried


@pytest.mark.parametrize("page", [BY_CODE, RESET])
def test_asking_for_an_e_mail_hashes_nothing_and_sends_one_to_known_and_unknown_alike(
    counting: None, rosa: User, page: str
) -> None:
    for email in (EMAIL, "nobody@riverside.example", "ada@riverside.example"):
        mail.outbox.clear()
        assert hashes(lambda email=email: at(HOME).post(page, {"email": email})) == 0
        assert len(mail.outbox) == 1


def test_a_code_that_was_mailed_costs_the_same_whether_or_not_somebody_has_the_address(
    counting: None, rosa: User
) -> None:
    known, unknown = ask_for_code(HOME), ask_for_code(HOME, "nobody@riverside.example")
    wrong = {"code": "000000"}
    tried = [
        hashes(lambda client=client: client.post(CONFIRM, wrong)) for client in (known, unknown)
    ]
    assert tried == [0, 0]


def test_an_invitations_code_costs_no_hash(counting: None) -> None:
    url = "/o/accounts/invitation/ABCD-ABCD-ABCD-ABCD/"
    assert hashes(lambda: at(HOME).get(url)) == 0


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_are_all_counted() -> None:
    together = Barrier(6)
    counts: list[int] = []

    def attempt() -> None:
        together.wait()
        try:
            counts.extend(attempts.count("at once", seconds=60) for _try in range(5))
        finally:
            connection.close()

    threads = [Thread(target=attempt) for _thread in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == list(range(1, 31))
