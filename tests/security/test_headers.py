"""Headers of pages, and cookies over HTTPS."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import Member
from foundation.addresses import at
from foundation.models import Agency
from tests.conftest import Login

ROOT = Path(__file__).parents[2]
PRODUCTION = {
    "SECRET_KEY": "a long and random text, made up for this test only, of many letters",
    "ALLOWED_HOSTS": "portal.example.org",
    "BASE_URL": "https://portal.example.org",
    "DATABASE_URL": "postgresql://cqi_app:app@postgres/cqi",
    "REDIS_URL": "redis://valkey/0",
    "KEY_STORE": "/keys",
    "EMAIL_URL": "smtp://mail.example.org:587",
    "DEFAULT_FROM_EMAIL": "portal@example.org",
    "DJANGO_SETTINGS_MODULE": "cqi_portal.settings",
}
ASKED = """
import json, django
from django.conf import settings
django.setup()
print(json.dumps({name: getattr(settings, name) for name in dir(settings)
    if name.startswith(("SESSION_COOKIE", "CSRF_COOKIE", "SECURE_")) and name != "SECURE_CSP"}))
"""


@pytest.mark.parametrize(
    "page",
    ["home_of", "accounts:me", "accounts:people", "accounts:activity_csv", "indicators:dashboard"],
)
def test_no_page_of_somebody_who_is_signed_in_is_kept_by_the_browser(
    page: str, administrator: Member, agency: Agency, login: Login
) -> None:
    answer = login(administrator).get(at(agency, page))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/account/email/", "/account/2fa/", "/account/ways/", "/privacy/"]
)
def test_neither_are_pages_of_the_account(path: str, consumer: Member, login: Login) -> None:
    assert "no-store" in login(consumer).get(path)["Cache-Control"]


def test_pages_use_nothing_of_the_device_but_passkeys(consumer: Member, login: Login) -> None:
    allowed = login(consumer).get("/privacy/")["Permissions-Policy"].split(", ")
    assert "camera=()" in allowed
    assert [each for each in allowed if not each.endswith("=()")] == [
        "publickey-credentials-create=(self)",
        "publickey-credentials-get=(self)",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/privacy/", "/account/login/", "/a/nowhere/", "/o/accounts/invitation/"]
)
def test_every_answer_has_the_strict_policy(path: str) -> None:
    policy = Client().get(path)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def as_in_production(**more: str) -> dict[str, Any]:
    """The settings of cookies and of HTTPS, as an installation has them."""
    said = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **PRODUCTION, **more},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return found


def test_on_https_cookies_are_bound_to_the_host() -> None:
    found = as_in_production()
    for kind in ("SESSION", "CSRF"):
        assert found[f"{kind}_COOKIE_NAME"].startswith("__Host-")
        assert found[f"{kind}_COOKIE_SECURE"]
        assert found[f"{kind}_COOKIE_HTTPONLY"]
        assert found[f"{kind}_COOKIE_SAMESITE"] == "Lax"
        assert found[f"{kind}_COOKIE_DOMAIN"] is None
        assert found[f"{kind}_COOKIE_PATH"] == "/"
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000


@pytest.mark.parametrize(("asked", "so"), [("", False), ("subdomains", True), ("yes", False)])
def test_https_is_asked_of_this_host_alone_unless_somebody_asks_for_more(
    asked: str, so: bool
) -> None:
    found = as_in_production(HSTS=asked)
    assert found["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is so
    assert found["SECURE_HSTS_PRELOAD"] is so
