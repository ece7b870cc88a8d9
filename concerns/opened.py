"""A reader's opened key between two pages: half in a cookie, half in the session's row.

Neither half tells anything of the key. Both are made anew each time the code is entered, and count
for `concerns.policies.OPEN`; nothing of it is in Valkey or in a job.
"""

import secrets
from base64 import b64decode, b64encode
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from concerns.models import KeyHolder
from concerns.policies import OPEN
from concerns.rules import OpenKey
from foundation.addresses import at
from foundation.sealing import name_of

COOKIE = "concern_key"
SESSION = "concern_key"


def keep(request: HttpRequest, response: HttpResponse, holder: KeyHolder, private: bytes) -> None:
    """Split the key between the session and this answer's cookie."""
    pad = secrets.token_bytes(len(private))
    until = timezone.now() + OPEN.span
    request.session[SESSION] = {
        "half": _text(_mixed(private, pad)),
        "of": name_of(holder.public_key),
        "until": until.isoformat(),
    }
    response.set_cookie(
        COOKIE,
        _text(pad),
        max_age=int(OPEN.span.total_seconds()),
        path=at(holder.agency, "concerns:channel"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def opened(request: HttpRequest, holder: KeyHolder) -> OpenKey | None:
    """This reader's key, if both halves are there and their time is not over."""
    kept, pad = request.session.get(SESSION), request.COOKIES.get(COOKIE, "")
    if kept is None:
        return None
    until = datetime.fromisoformat(kept["until"])
    if until <= timezone.now() or kept["of"] != name_of(holder.public_key):
        del request.session[SESSION]
        return None
    try:
        return OpenKey(holder, _mixed(b64decode(kept["half"]), b64decode(pad)), until)
    except ValueError:
        # No cookie, or not the one of this session.
        return None


def forget(request: HttpRequest, response: HttpResponse, holder: KeyHolder) -> None:
    request.session.pop(SESSION, None)
    response.delete_cookie(COOKIE, path=at(holder.agency, "concerns:channel"), samesite="Strict")


def _mixed(one: bytes, other: bytes) -> bytes:
    """ValueError: they differ in length."""
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
