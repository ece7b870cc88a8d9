"""allauth's pages for typing an e-mailed code, with a limit that holds.

allauth keeps a code's wrong tries in the visitor's session. Simultaneous tries all read the same
number there, so six digits could be guessed in days. This limit counts each try per address,
whatever the session.
"""

from typing import Any

from allauth.account import views as account
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse


def _too_many(request: HttpRequest, action: str, about: str) -> bool:
    return not ratelimit.consume(request, action=action, key=about)


class ConfirmLoginCodeView(account.ConfirmLoginCodeView):  # type: ignore[misc]
    """Signing in with a code; the same for an address that nobody has."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        about = str(self._process.state.get("email", "")).lower()
        if self._action == "verify" and _too_many(request, "code", about):
            return ratelimit.respond_429(request)  # type: ignore[no-any-return]
        return super().post(request, *args, **kwargs)  # type: ignore[no-any-return]


class ConfirmEmailCodeView(account.ConfirmEmailVerificationCodeView):  # type: ignore[misc]
    """Proving that an address is one's own."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        about = str(self._process.email).lower()
        if self._action == "verify" and _too_many(request, "address_code", about):
            return ratelimit.respond_429(request)  # type: ignore[no-any-return]
        return super().post(request, *args, **kwargs)  # type: ignore[no-any-return]
