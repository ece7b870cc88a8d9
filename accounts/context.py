from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts import sessions


def session_limits(request: HttpRequest) -> dict[str, Any]:
    """What the layout needs to warn people before their session ends."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "idle_seconds": sessions.idle_seconds(request.session),
        "stay_url": reverse("account_stay"),
    }
