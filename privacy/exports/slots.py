"""A link on a person's own page."""

from typing import Any

from foundation import slots
from foundation.http import AgencyRequest


def _own(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]]:
    return "privacy/exports/to_my_data.html", {}


slots.register("accounts.me", _own)
