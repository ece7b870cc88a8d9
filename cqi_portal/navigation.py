"""What the layout needs on every page: at most five ways on, by what the member does here."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission, Role
from foundation.addresses import at

Items = list[tuple[str | Promise, str]]

CONSUMER: Items = [
    (_("Home"), "home_of"),
    (_("My cells"), "cells:cells"),
    (_("Have your say"), "dialogues:have_your_say"),
    (_("My payments"), "compensation:my_payments"),
    (_("Help"), "help"),
]
STAFF: Items = [
    (_("Home"), "home_of"),
    (_("Cells"), "cells:cells"),
    (_("Dialogues"), "dialogues:dialogues"),
    (_("Measures"), "cells:measures"),
    (_("Surveys"), "satisfaction:rounds"),
]
MONEY: Items = [
    (_("Home"), "home_of"),
    (_("Payments"), "compensation:payments"),
    (_("Cells"), "cells:cells"),
    (_("Dialogues"), "dialogues:dialogues"),
    (_("Help"), "help"),
]
OVERSIGHT: Items = [
    (_("Home"), "home_of"),
    (_("Dashboard"), "indicators:dashboard"),
    (_("Reviews"), "oversight:reviews"),
    (_("Recommendations"), "oversight:recommendations"),
    (_("Help"), "help"),
]
ADMINISTRATOR: Items = [
    (_("Home"), "home_of"),
    (_("People"), "accounts:people"),
    (_("Indicators"), "indicators:dashboard"),
    (_("Settings"), "settings"),
    (_("Activity"), "accounts:activity"),
]


def is_consumers_view(member: Member) -> bool:
    """Whoever has no role sees the same pages, so that the pages give nobody away."""
    return member.roles <= {Role.COMMITTEE}


LEFT: Items = [
    (_("What is mine"), "accounts:what_is_mine"),
    (_("My payments"), "compensation:my_payments"),
    (_("What I said"), "dialogues:my_words"),
]


def _items(member: Member) -> Items:
    if member.has_left:
        return LEFT
    if member.may(Permission.MANAGE_PEOPLE):
        return ADMINISTRATOR
    if member.may(Permission.FACILITATE):
        return STAFF
    if member.may(Permission.SEE_PAYMENTS):
        return MONEY
    if member.may(Permission.OVERSEE) or member.may(Permission.ANSWER_FOR_MANAGEMENT):
        return OVERSIGHT
    return CONSUMER


def navigation(request: HttpRequest) -> dict[str, Any]:
    agency = getattr(request, "agency", None)
    member: Member | None = getattr(request, "member", None)
    if agency is None or member is None:
        return {}
    items: list[dict[str, Any]] = [
        {"title": title, "url": at(agency, name)} for title, name in _items(member)
    ]
    # The longest address that leads here; home is the beginning of all of them, and leads nowhere.
    home = at(agency, "home_of")
    leading = [
        item["url"]
        for item in items
        if request.path == item["url"]
        or (item["url"] != home and request.path.startswith(str(item["url"])))
    ]
    here = max(leading, key=len, default="")
    for item in items:
        item["current"] = item["url"] == here
    return {
        "agency": agency,
        "home_url": at(agency, "home_of"),
        "inbox_url": at(agency, "notifications:inbox"),
        "account_url": at(agency, "accounts:me"),
        "help_url": "" if member.has_left else at(agency, "help"),
        "privacy_url": reverse("privacy"),
        "unread": getattr(member, "unread", 0),
        "navigation": items,
    }
