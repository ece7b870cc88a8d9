"""The way to say that a look or an entry was not right, beside each."""

from typing import Any

from foundation import slots
from foundation.http import AgencyRequest


def _beside(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]]:
    return "privacy/denials/deny_link.html", {"done": subject}


def _below(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]]:
    return "privacy/denials/to_denials.html", {}


slots.register("accounts.done_with_mine", _beside)
slots.register("accounts.who_looked", _below)
