"""Pages of upper apps that need a measure, and resume once it is defined."""

from collections.abc import Callable

from foundation.http import AgencyRequest
from groups.models import Group

Asking = Callable[[AgencyRequest, Group, str], str | None]

_asking: dict[str, Asking] = {}


def register(parameter: str, page: Asking) -> None:
    """Register the page for the code in this parameter; None for codes that are not the owner's."""
    _asking[parameter] = page


def asked_by(request: AgencyRequest, owner: Group) -> str:
    """The page that a measure is being defined for; empty without one."""
    for parameter, page in _asking.items():
        code = request.GET.get(parameter, "")
        if code and (found := page(request, owner, code)):
            return found
    return ""
