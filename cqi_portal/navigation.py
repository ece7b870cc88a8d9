"""What the layout needs on every page: the ways on, all that the member's roles together allow."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission, Role
from foundation.addresses import at
from foundation.models import Agency


@dataclass(frozen=True)
class Way:
    """A link of the navigation; for whoever has one of `needs`, or for everybody."""

    title: str | Promise
    name: str
    needs: frozenset[Permission] = frozenset()
    # Further addresses, by name, from which on the reader is still there.
    also: tuple[str, ...] = ()


def _of(*needs: Permission) -> frozenset[Permission]:
    return frozenset(needs)


HOME = Way(_("Home"), "home_of")
OWN = (
    Way(_("Have your say"), "dialogues:have_your_say"),
    Way(_("My payments"), "compensation:my_payments"),
)
# Without a role, or with a seat on the committee: the same for who uses services and for staff.
PLAIN = (
    HOME,
    Way(_("My cells"), "cells:cells"),
    *OWN,
    Way(
        _("Oversight"),
        "oversight:committee",
        _of(Permission.OVERSEE),
        also=("indicators:dashboard", "oversight:reviews", "oversight:recommendations"),
    ),
    Way(_("Help"), "help"),
)
_PROGRAM = _of(Permission.OVERSEE, Permission.ANSWER_FOR_MANAGEMENT)
WORKING = (
    HOME,
    Way(_("Cells"), "cells:cells"),
    Way(_("Dialogues"), "dialogues:dialogues"),
    Way(_("Measures"), "measures:measures", _of(Permission.FACILITATE)),
    Way(_("Dashboard"), "indicators:dashboard", _PROGRAM | {Permission.MANAGE_SETTINGS}),
    Way(_("Reviews"), "oversight:reviews", _PROGRAM),
    Way(_("Recommendations"), "oversight:recommendations", _PROGRAM),
    Way(_("Surveys"), "satisfaction:rounds", _of(Permission.RUN_SURVEYS)),
    Way(_("Payments"), "compensation:payments", _of(Permission.SEE_PAYMENTS)),
    Way(_("People"), "accounts:people", _of(Permission.MANAGE_PEOPLE)),
    Way(_("Settings"), "settings", _of(Permission.MANAGE_SETTINGS)),
    Way(_("Activity"), "accounts:activity", _of(Permission.SEE_ACTIVITY)),
    *OWN,
)
LEFT = (
    Way(_("What is mine"), "accounts:what_is_mine"),
    Way(_("My payments"), "compensation:my_payments"),
    Way(_("What I said"), "dialogues:my_words"),
)


def is_consumers_view(member: Member) -> bool:
    """Whoever has no role sees the same pages, so that the pages give nobody away."""
    return member.roles <= {Role.COMMITTEE}


def _ways(member: Member) -> list[Way]:
    if member.has_left:
        return list(LEFT)
    ways = PLAIN if is_consumers_view(member) else WORKING
    return [way for way in ways if not way.needs or any(map(member.may, way.needs))]


def _near(path: str, way: Way, agency: Agency, home: str) -> int:
    """How closely a way leads to this page; home begins all, and leads nowhere."""
    urls = [at(agency, name) for name in (way.name, *way.also)]
    leading = [url for url in urls if path == url or (url != home and path.startswith(url))]
    return max(map(len, leading), default=0)


def navigation(request: HttpRequest) -> dict[str, Any]:
    agency = getattr(request, "agency", None)
    member: Member | None = getattr(request, "member", None)
    if agency is None or member is None:
        return {}
    home, ways = at(agency, "home_of"), _ways(member)
    near = [_near(request.path, way, agency, home) for way in ways]
    here = near.index(max(near)) if any(near) else None
    items = [
        {"title": way.title, "url": at(agency, way.name), "current": number == here}
        for number, way in enumerate(ways)
    ]
    return {
        "agency": agency,
        "home_url": home,
        "inbox_url": at(agency, "notifications:inbox"),
        "account_url": at(agency, "accounts:me"),
        "help_url": "" if member.has_left else at(agency, "help"),
        "privacy_url": reverse("privacy"),
        "unread": getattr(member, "unread", 0),
        "navigation": items,
    }
