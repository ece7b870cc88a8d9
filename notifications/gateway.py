"""How texts leave: a gateway of the installation, behind one small protocol.

`Webhook` posts JSON to an address of `https`: `{"id": …, "to": "+1…", "text": …}`. The id is the
same at each attempt, also as `Idempotency-Key`. The request is signed: `Portal-Signature` is the
HMAC-SHA256, in hex, of the seconds in `Portal-Time`, a dot and the body. What the gateway reports
back is signed in the same way.
"""

import hmac
import http.client
import ipaddress
import json
import re
import socket
import ssl
import time
from collections.abc import Buffer
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

SECONDS = 10
# A report older or newer than this was perhaps sent before, by somebody who listened.
SKEW = 300
GONE, NOT_A_NUMBER = 410, 422
# Where a network translates to addresses of IPv4.
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")


class NotSentError(OSError):
    """The gateway did not take the text; it can be tried again."""


class UnreachableError(Exception):
    """The gateway says that this number gets no texts."""


class StoppedError(Exception):
    """The gateway says that this number wants no texts."""


class Gateway(Protocol):
    def send(self, *, key: str, to: str, text: str) -> None:
        """Hand over one text; OSError, UnreachableError or StoppedError if it is not taken."""


def is_there() -> bool:
    return settings.TEXTS is not None


def gateway() -> Gateway:
    """The gateway of this installation; RuntimeError if there is none."""
    if settings.TEXTS is None:
        raise RuntimeError("no gateway for texts is set up")
    made: Gateway = import_string(settings.TEXTS["BACKEND"])(**settings.TEXTS["OPTIONS"])
    return made


def signature(secret: str, seconds: str, body: bytes) -> str:
    return hmac.new(secret.encode(), seconds.encode() + b"." + body, "sha256").hexdigest()


def is_signed(
    headers: "http.client.HTTPMessage | dict[str, str]", body: bytes, now: datetime
) -> bool:
    """Whether a report comes from whoever has the secret, and was made just now."""
    seconds = str(headers.get("Portal-Time", ""))
    secret = settings.TEXTS["OPTIONS"].get("secret", "") if settings.TEXTS else ""
    if not secret or re.fullmatch(r"[0-9]{1,12}", seconds) is None:
        return False
    if abs(now.timestamp() - int(seconds)) > SKEW:
        return False
    given = str(headers.get("Portal-Signature", ""))
    return hmac.compare_digest(signature(secret, seconds, body).encode(), given.encode())


@dataclass(frozen=True)
class Webhook:
    """An address of `https` that takes texts.

    It must be public, unless the installation says `private`: whoever could set the address must
    not reach what lies behind the portal's own walls. `ca`: a file of certificates to trust.
    """

    url: str
    secret: str
    private: bool = False
    ca: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme != "https" or not parts.hostname or parts.username or parts.fragment:
            raise ValueError("TEXTS_URL needs an address that begins with https://")

    def send(self, *, key: str, to: str, text: str) -> None:
        body = json.dumps({"id": key, "to": to, "text": text}).encode()
        seconds = str(int(timezone.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "Portal-Time": seconds,
            "Portal-Signature": signature(self.secret, seconds, body),
        }
        status = self._post(body, headers)
        if status == NOT_A_NUMBER:
            raise UnreachableError
        if status == GONE:
            raise StoppedError
        if not http.HTTPStatus(200) <= status < http.HTTPStatus(300):
            raise NotSentError(f"the gateway answered {status}")

    def _post(self, body: bytes, headers: dict[str, str]) -> int:
        """Send it to an address that was looked at; a redirect is an answer like any other."""
        parts = urlsplit(self.url)
        host, port = parts.hostname or "", parts.port or http.client.HTTPS_PORT
        connection = _Pinned(host, port, self._place(host, port), self._trusted)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            connection.request("POST", path, body=body, headers=headers)
            return connection.getresponse().status
        except http.client.HTTPException as error:
            raise NotSentError("the gateway’s answer can't be read") from error
        finally:
            connection.close()

    def _place(self, host: str, port: int) -> tuple[str, int]:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        places = [(str(address[0]), port) for _f, _t, _p, _n, address in found]
        if not self.private and not all(_is_public(place) for place, _port in places):
            raise NotSentError("the gateway’s name leads to a private address")
        return places[0]

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self.ca or None)
        context.sslsocket_class = _Timed
        return context


class _Timed(ssl.SSLSocket):
    """Gives up at a moment, however slowly the other side goes on: a timeout is for one read."""

    until = 0.0

    def recv_into(self, buffer: Buffer, nbytes: int | None = None, flags: int = 0) -> int:
        self.settimeout(_left(self.until))
        return super().recv_into(buffer, nbytes, flags)

    def send(self, data: Buffer, flags: int = 0) -> int:
        self.settimeout(_left(self.until))
        return super().send(data, flags)


def _left(until: float) -> float:
    """Seconds until then; TimeoutError if there are none."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("the gateway was too slow")
    return left


class _Pinned(http.client.HTTPSConnection):
    """A connection to the very address that was looked at, so that the name can't lead elsewhere.

    The certificate has to be that of the name. Connecting, asking and the answer take so many
    seconds together, at most.
    """

    def __init__(
        self, host: str, port: int, place: tuple[str, int], context: ssl.SSLContext
    ) -> None:
        super().__init__(host, port, timeout=SECONDS, context=context)
        self._place, self._trusted = place, context

    def connect(self) -> None:
        until = time.monotonic() + SECONDS
        raw = socket.create_connection(self._place, SECONDS)
        try:
            raw.settimeout(_left(until))
            wrapped = self._trusted.wrap_socket(raw, server_hostname=self.host)
            assert isinstance(wrapped, _Timed)
            wrapped.until = until
            self.sock = wrapped
        except BaseException:
            raw.close()
            raise


def _is_public(place: str) -> bool:
    """An address of the open network; one of IPv4 in the guise of IPv6 is looked at as that."""
    address = ipaddress.ip_address(place.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour
        if address in TRANSLATED:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        address = inside or address
    return address.is_global and not address.is_multicast
