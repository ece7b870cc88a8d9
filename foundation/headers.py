"""Headers of every page: keep no copy, and use none of the device's sensors."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

# Passkeys are the only device feature that the portal uses.
PERMISSIONS = ", ".join(
    (
        *(f"{what}=()" for what in ("camera", "display-capture", "geolocation", "microphone")),
        *(f"{what}=()" for what in ("payment", "serial", "usb")),
        *(f"publickey-credentials-{what}=(self)" for what in ("create", "get")),
    )
)


class HeadersMiddleware:
    """Add headers, so that on a shared computer the back button shows no earlier user's pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        add_never_cache_headers(response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
