from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """What the layout needs on every page."""
    return {"navigation": [], "agency": getattr(request, "agency", None)}
