"""Where others' pages lead to what is recorded of two people who must not meet."""

from typing import Any

from foundation import slots
from foundation.http import AgencyRequest
from safety import apart, rules


def _list(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    """Under the list of people, for administrators."""
    if rules.keeping_apart(request.member) is not None:
        return None
    return "safety/to_no_contacts.html", {}


def _own(request: AgencyRequest, subject: Any) -> tuple[str, dict[str, Any]] | None:
    """On somebody's own page, where they were told of one."""
    if not apart.own(request.member).exists():
        return None
    return "safety/to_my_no_contacts.html", {}


slots.register("accounts.people", _list)
slots.register("accounts.me", _own)
