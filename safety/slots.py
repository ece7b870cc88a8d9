"""Links from other apps' pages to no-contact orders."""

from typing import Any

from foundation import slots
from foundation.http import AgencyRequest
from safety import apart, rules


def _list(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    """A link for administrators, below the list of people."""
    if rules.keeping_apart(request.member) is not None:
        return None
    return "safety/to_no_contacts.html", {}


def _own(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    """A link on a person's own page, if they were told of an order."""
    if not apart.own(request.member).exists():
        return None
    return "safety/to_my_no_contacts.html", {}


slots.register("accounts.people", _list)
slots.register("accounts.me", _own)
