"""Hashes cost what was measured, former ones still open, and a storm leaves threads for pages."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, MD5PasswordHasher, get_hasher
from django.test import Client
from django.urls import Resolver404, resolve
from pytest_django import Settings

from accounts import actions, hashers, middleware
from accounts.models import Member, User
from cqi_portal import settings as product
from foundation.models import Attempts
from tests.conftest import Login

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
PASSWORD = "river stone lamp"
EMAIL = "rosa@riverside.example"
SIGN_IN, PRINTED = "/account/login/", "/account/codes/"


class Former(Argon2PasswordHasher):
    """Django's own parameters, which the portal had until version 0.2."""

    time_cost, memory_cost, parallelism = 2, 102_400, 8


@pytest.fixture
def shipped(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS


@pytest.fixture
def rosa(consumer: Member) -> User:
    user = consumer.user
    assert user is not None
    user.member_name = "rosa"
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(password: str = PASSWORD) -> Client:
    client = Client()
    client.post(SIGN_IN, {"login": EMAIL, "password": password})
    return client


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_shipped_hasher_has_the_chosen_parameters(shipped: None) -> None:
    made = get_hasher().encode(PASSWORD, get_hasher().salt())
    assert made.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hash_with_former_parameters_opens_and_is_rewritten(shipped: None, rosa: User) -> None:
    former = Former()
    rosa.password = former.encode(PASSWORD, former.salt())
    rosa.save()
    assert "$m=102400,t=2,p=8$" in rosa.password
    assert not is_in(sign_in("wrong wrong wrong"))
    rosa.refresh_from_db()
    assert "$m=102400,t=2,p=8$" in rosa.password
    assert is_in(sign_in())
    rosa.refresh_from_db()
    assert "$m=19456,t=2,p=1$" in rosa.password
    rewritten = rosa.password
    assert is_in(sign_in())
    rosa.refresh_from_db()
    assert rosa.password == rewritten


def test_a_sheet_that_was_printed_with_former_parameters_still_opens(
    settings: Settings, rosa: User
) -> None:
    settings.PASSWORD_HASHERS = ["tests.security.test_hashes.Former"]
    sheet = actions.print_codes(rosa)
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    assert actions.use_code("rosa", "ABCD-EFGH") is None
    assert actions.use_code("rosa", sheet[0]) == rosa
    assert actions.use_code("rosa", sheet[0]) is None
    # Nothing of it stays in the hasher that all threads share.
    assert get_hasher().encode(PASSWORD, "0123456789abcdef").count("$m=19456,t=2,p=1$") == 1


def test_one_hash_at_a_time_in_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    together, running, most = Barrier(4), list[int](), list[int]()

    def encode(self: object, password: Any, salt: Any) -> str:
        running.append(1)
        most.append(len(running))
        made = original(self, password, salt)
        running.pop()
        return made

    original: Callable[..., str] = Argon2PasswordHasher.encode
    monkeypatch.setattr(Argon2PasswordHasher, "encode", encode)

    def at_once(hasher: Argon2PasswordHasher) -> int:
        most.clear()

        def hash_once() -> None:
            together.wait()
            hasher.encode(PASSWORD, "0123456789abcdef")

        threads = [Thread(target=hash_once) for _number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return max(most)

    assert at_once(hashers.OneAtATime()) == 1
    assert at_once(Former()) > 1


@pytest.fixture
def full() -> Iterator[None]:
    """As many sign-ins as a process takes are under way."""
    for _number in range(middleware.AT_ONCE):
        assert middleware.lane.acquire(blocking=False)
    yield
    for _number in range(middleware.AT_ONCE):
        middleware.lane.release()


def test_one_sign_in_more_is_told_to_try_again_and_counts_as_no_try(
    full: None, rosa: User, login: Login, consumer: Member
) -> None:
    for _number in range(10):
        answer = Client().post(SIGN_IN, {"login": EMAIL, "password": PASSWORD})
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) == middleware.SOON
    assert Attempts.objects.count() == 0
    assert Client().get(SIGN_IN).status_code == 200
    assert login(consumer).get("/", follow=True).status_code == 200


def test_the_lane_is_free_again_after_each_sign_in(rosa: User) -> None:
    for password in ("wrong wrong wrong", PASSWORD) * middleware.AT_ONCE:
        assert is_in(sign_in(password)) == (password == PASSWORD)
    with pytest.raises(ValueError, match="released too many"):
        middleware.lane.release()


def test_half_of_a_web_process_is_left_for_pages() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    command = re.search(r"^CMD (\[.*?\])$", dockerfile, re.MULTILINE | re.DOTALL)
    assert command is not None
    words = json.loads(re.sub(r"\\\n", "", command[1]))
    threads = int(words[words.index("--blocking-threads") + 1])
    assert threads >= 2 * middleware.AT_ONCE


def test_every_address_of_the_lane_exists() -> None:
    known = {resolve(path).view_name for path in HASHED}
    assert known == middleware.HASHING
    with pytest.raises(Resolver404):
        resolve("/account/nowhere/")


HASHED = (
    SIGN_IN,
    PRINTED,
    "/account/codes/print/",
    "/account/password/change/",
    "/account/password/set/",
    "/account/password/reset/key/1-a/",
    "/account/reauthenticate/",
    "/o/accounts/invitation/ABCD/agree/",
)


class Watched(MD5PasswordHasher):
    """Notes how many of the lane's places were free while something was hashed."""

    free: list[int] = []

    def encode(self, password: Any, salt: Any) -> str:
        Watched.free.append(middleware.lane._value)
        return super().encode(password, salt)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        (SIGN_IN, {"login": EMAIL, "password": PASSWORD}),
        (SIGN_IN, {"login": "nobody", "password": PASSWORD}),
        (PRINTED, {"member_name": "rosa", "code": "ABCD-EFGH"}),
    ],
)
def test_strangers_hash_only_in_the_lane(
    path: str, fields: dict[str, str], rosa: User, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = ["tests.security.test_hashes.Watched"]
    Watched.free.clear()
    Client().post(path, fields)
    assert Watched.free
    assert set(Watched.free) == {middleware.AT_ONCE - 1}
