"""Navigation for every page: all links that any of the member's roles allows."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission, Role
from foundation import redisclosure
from foundation.addresses import at
from foundation.models import Agency


@dataclass(frozen=True)
class NavigationLink:
    """A navigation link, for members with any of the permissions in `needs`, or for everybody."""

    title: str | Promise
    name: str
    needs: frozenset[Permission] = frozenset()
    # Names of further pages on which this link is marked as current.
    also: tuple[str, ...] = ()


def _of(*needs: Permission) -> frozenset[Permission]:
    return frozenset(needs)


HOME = NavigationLink(_("Home"), "home_of")
OWN = (
    NavigationLink(_("Have your say"), "dialogues:have_your_say"),
    NavigationLink(_("My payments"), "compensation:my_payments"),
)
# The same links for consumers, staff without a role and committee members.
PLAIN = (
    HOME,
    NavigationLink(_("My cells"), "cells:cells"),
    *OWN,
    NavigationLink(
        _("Oversight"),
        "oversight:committee",
        _of(Permission.OVERSEE),
        also=("indicators:dashboard", "oversight:reviews", "oversight:recommendations"),
    ),
    NavigationLink(_("Help"), "help"),
)
_PROGRAM = _of(Permission.OVERSEE, Permission.ANSWER_FOR_MANAGEMENT)
WORKING = (
    HOME,
    NavigationLink(_("Cells"), "cells:cells"),
    NavigationLink(_("Dialogues"), "dialogues:dialogues"),
    NavigationLink(_("Measures"), "measures:measures", _of(Permission.FACILITATE)),
    NavigationLink(_("Dashboard"), "indicators:dashboard", _PROGRAM | {Permission.MANAGE_SETTINGS}),
    NavigationLink(_("Reviews"), "oversight:reviews", _PROGRAM),
    NavigationLink(_("Recommendations"), "oversight:recommendations", _PROGRAM),
    NavigationLink(_("Surveys"), "satisfaction:rounds", _of(Permission.RUN_SURVEYS)),
    NavigationLink(_("Payments"), "compensation:payments", _of(Permission.SEE_PAYMENTS)),
    NavigationLink(_("People"), "accounts:people", _of(Permission.MANAGE_PEOPLE)),
    NavigationLink(_("Settings"), "settings", _of(Permission.MANAGE_SETTINGS)),
    NavigationLink(_("Activity"), "accounts:activity", _of(Permission.SEE_ACTIVITY)),
    *OWN,
)
LEFT = (
    NavigationLink(_("What is mine"), "accounts:what_is_mine"),
    NavigationLink(_("My payments"), "compensation:my_payments"),
    NavigationLink(_("What I said"), "dialogues:my_words"),
)


# The settings page: title, purpose and address of each link.
SETTINGS = [
    (_("People"), _("Who takes part, as what, with which roles."), "accounts:people"),
    (_("Groups"), _("Committee, governing body, councils, and who sits in them."), "groups:list"),
    (_("Documents"), _("Mission statement, CQI process, charter."), "documents:list"),
    (_("Payment plan"), _("What an hour is worth, and how soon it is paid."), "compensation:plan"),
    (_("Indicators"), _("The terms by which the seven signs are judged."), "indicators:settings"),
    (_("Surveys"), _("Asking how taking part was."), "satisfaction:rounds"),
    (
        _("Time zone"),
        _("By which clock you meet, and days begin."),
        "groups:time_zone",
    ),
    (
        _("Outside contacts"),
        _("Whom people can call outside, and the reporting rule of your state."),
        "safety:contacts",
    ),
    (
        _("Agreements"),
        _("What has to be signed before real people take part."),
        "privacy:agreements",
    ),
    (
        _("Legal orders and holds"),
        _("Who asked for records by law, and what must not be deleted."),
        "privacy:orders",
    ),
    (
        _("How long things are kept"),
        _("The schedule of deletion, what would go by it, and how to undo it."),
        "privacy:schedule",
    ),
    (
        _("Backups"),
        _("When the last backup was written, and when one was last proved."),
        "recovery:backups",
    ),
]


def is_consumers_view(member: Member) -> bool:
    """Members without a role all get the same pages, so that the pages give no consumer away."""
    return member.roles <= {Role.COMMITTEE}


def _ways(member: Member) -> list[NavigationLink]:
    if member.has_left:
        return list(LEFT)
    ways = PLAIN if is_consumers_view(member) else WORKING
    return [way for way in ways if not way.needs or any(map(member.may, way.needs))]


def _near(path: str, way: NavigationLink, agency: Agency, home: str) -> int:
    """How closely a link matches this page.

    Home's address begins every other address, so it matches only itself.
    """
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
        # Whoever prints without a role prints what is theirs, which the agency discloses to nobody.
        "redisclosure": "" if is_consumers_view(member) else redisclosure.notice(agency),
    }
