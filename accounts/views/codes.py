"""Typing a code from an e-mail: allauth's pages, with a limit that counts.

allauth keeps the wrong tries of a code in the visitor's session. Many tries sent at once all read
the same number there, so that it limits nothing: six digits would be found in days. This limit
counts each try, for the address it is about, in whichever session it comes.
"""

from typing import Any

from allauth.account import views as account
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse


def _too_many(request: HttpRequest, action: str, about: str) -> bool:
    return not ratelimit.consume(request, action=action, key=about)


class ConfirmLoginCodeView(account.ConfirmLoginCodeView):  # type: ignore[misc]
    """Signing in by a code; the same for an address that nobody has."""

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
