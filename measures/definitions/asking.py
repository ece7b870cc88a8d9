"""Pages of upper apps on which a measure was missing: once it is defined, they go on."""

from collections.abc import Callable

from foundation.http import AgencyRequest
from groups.models import Group

Asking = Callable[[AgencyRequest, Group, str], str | None]

_asking: dict[str, Asking] = {}


def register(parameter: str, page: Asking) -> None:
    """The page that the code in this parameter leads to; None for what the owner does not have."""
    _asking[parameter] = page


def asked_by(request: AgencyRequest, owner: Group) -> str:
    """The page that a measure is defined for; empty without one."""
    for parameter, page in _asking.items():
        code = request.GET.get(parameter, "")
        if code and (found := page(request, owner, code)):
            return found
    return ""
