"""Who was asked to give time to something, told by upper apps to each other by its code.

So that whoever pays for time need not know what it was given to.
"""

from collections.abc import Callable

from accounts.models import Member, MemberQuerySet
from foundation.models import Agency

# The members who were asked, by the key of what they were asked to do.
type Asked = Callable[[Agency, int], MemberQuerySet]

_asked: dict[str, Asked] = {}


def register(code: str, members: Asked) -> None:
    _asked[code] = members


def of(code: str, agency: Agency, key: int) -> list[Member]:
    """Everybody who was asked, whatever they did about it; empty for what nobody registered."""
    if code not in _asked:
        return []
    found = list(_asked[code](agency, key).order_by("pk"))
    for member in found:
        member.agency = agency
    return found
