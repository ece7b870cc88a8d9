"""Navigation for every page: all links that any of the member's roles allows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from accounts.anybody import anybody
from accounts.models import Member
from accounts.permissions import Permission, Role
from cells.cell.models import Cell
from dialogues.dialogue.models import Dialogue
from foundation import prepared, redisclosure
from foundation.addresses import at
from foundation.models import Agency
from groups.models import Group, GroupKind


@dataclass(frozen=True)
class NavigationLink:
    """A navigation link, for members with any of the permissions in `needs`, or for everybody."""

    title: str | Promise
    name: str
    needs: frozenset[Permission] = frozenset()
    # Names of further pages on which this link is marked as current.
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShownLink:
    """A link as the page shows it, with the person's own cells or dialogues under it."""

    title: str | Promise
    url: str
    current: bool = False
    own: tuple["ShownLink", ...] = ()


@dataclass(frozen=True)
class LinkGroup:
    """Links under one heading; consumers' links have none."""

    title: str | Promise
    links: tuple[ShownLink, ...]


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
# Everybody else's links, in groups.
DESK = (
    (
        _("Work"),
        (
            HOME,
            NavigationLink(_("Cells"), "cells:cells"),
            NavigationLink(_("Dialogues"), "dialogues:dialogues"),
            NavigationLink(_("Measures"), "measures:measures", _of(Permission.FACILITATE)),
        ),
    ),
    (
        _("Program"),
        (
            NavigationLink(_("Dashboard"), "indicators:dashboard"),
            NavigationLink(_("Oversight committee"), "oversight:committee"),
            NavigationLink(_("Reviews"), "oversight:reviews", _PROGRAM),
            NavigationLink(_("Recommendations"), "oversight:recommendations", _PROGRAM),
            NavigationLink(_("Documents"), "documents:list"),
            NavigationLink(_("Surveys"), "satisfaction:rounds", _of(Permission.RUN_SURVEYS)),
            NavigationLink(_("Groups"), "groups:list"),
        ),
    ),
    (
        _("Money"),
        (
            NavigationLink(_("Payments"), "compensation:payments", _of(Permission.SEE_PAYMENTS)),
            NavigationLink(_("Payment plan"), "compensation:plan"),
        ),
    ),
    (
        _("Administration"),
        (
            NavigationLink(_("People"), "accounts:people", _of(Permission.MANAGE_PEOPLE)),
            NavigationLink(_("Settings"), "settings", _of(Permission.MANAGE_SETTINGS)),
            NavigationLink(_("Activity"), "accounts:activity", _of(Permission.SEE_ACTIVITY)),
        ),
    ),
    (_("You"), (*OWN, NavigationLink(_("Help"), "help"))),
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
    (
        _("Indicators"),
        _("Thresholds and other terms of the seven indicators."),
        "indicators:settings",
    ),
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
        _("Is the record whole?"),
        _("Whether anybody changed records after they were sealed."),
        "evidence:record",
    ),
    (
        _("Backups"),
        _("When the last backup was written, and when one was last proved."),
        "recovery:backups",
    ),
    (
        _("Texts"),
        _("Whether texts to people’s phones are sent."),
        "notifications:text_sending",
    ),
]


def is_consumers_view(member: Member) -> bool:
    """Members without a role all get the same pages, so that the pages give no consumer away."""
    return member.roles <= {Role.COMMITTEE}


def is_desk(member: Member) -> bool:
    """Whether the person works at the desk: with navigation at the side, in groups."""
    return not (member.has_left or is_consumers_view(member))


def _groups(member: Member) -> list[tuple[str | Promise, list[NavigationLink]]]:
    """The links that this person may follow, in groups; a group without any is left out."""
    if member.has_left:
        return [("", list(LEFT))]
    groups = [("", PLAIN)] if is_consumers_view(member) else DESK
    allowed = [(title, [way for way in ways if _may(member, way)]) for title, ways in groups]
    return [(title, ways) for title, ways in allowed if ways]


def _may(member: Member, way: NavigationLink) -> bool:
    return not way.needs or any(map(member.may, way.needs))


def _own(member: Member, on: date) -> QuerySet[Any]:
    """Name of each open cell or dialogue in which the person has a seat, and its key as either."""
    groups = Group.objects.within(member.agency).open(on).seating(member, on)
    theirs = groups.filter(kind__in=(GroupKind.CELL, GroupKind.DIALOGUE)).order_by("name", "pk")
    cells = Cell.objects.within(member.agency).filter(group=OuterRef("pk"))
    dialogues = Dialogue.objects.within(member.agency).filter(group=OuterRef("pk"))
    return theirs.values_list(
        "name", Subquery(cells.values("pk")), Subquery(dialogues.values("pk"))
    )


def _own_links(member: Member, on: date) -> dict[str, tuple[ShownLink, ...]]:
    """The person's own cells and dialogues, by the name of the page that lists them all."""
    anyone = anybody(member, on, ruled=False)
    asked = prepared.prepared(
        (_own, *anyone.key), lambda: _own(anyone.member, on), anyone.stand_ins
    )
    rows = asked.tuples(anyone.values)
    agency = member.agency
    return {
        "cells:cells": tuple(
            ShownLink(name, at(agency, "cells:cell", pk=cell)) for name, cell, _ in rows if cell
        ),
        "dialogues:dialogues": tuple(
            ShownLink(name, at(agency, "dialogues:dialogue", pk=dialogue))
            for name, _, dialogue in rows
            if dialogue
        ),
    }


def links_of(member: Member, path: str) -> list[LinkGroup]:
    """The navigation of this person, with the link marked that is nearest to the page."""
    agency = member.agency
    groups = _groups(member)
    own = _own_links(member, agency.today()) if is_desk(member) else {}
    reached = [
        url
        for _title, ways in groups
        for way in ways
        for url in (
            *(at(agency, name) for name in (way.name, *way.also)),
            *(link.url for link in own.get(way.name, ())),
        )
    ]
    here = _nearest(path, reached, at(agency, "home_of"))
    return [
        LinkGroup(title, tuple(_link(way, own.get(way.name, ()), here, agency) for way in ways))
        for title, ways in groups
    ]


def _link(
    way: NavigationLink, own: tuple[ShownLink, ...], here: str | None, agency: Agency
) -> ShownLink:
    urls = [at(agency, name) for name in (way.name, *way.also)]
    marked = tuple(replace(link, current=link.url == here) for link in own)
    return ShownLink(way.title, urls[0], current=here in urls, own=marked)


def _nearest(path: str, urls: Iterable[str], home: str) -> str | None:
    """The longest of these addresses that begins the path.

    Home's address begins every other address, so it matches only itself.
    """
    leading = [url for url in urls if path == url or (url != home and path.startswith(url))]
    return max(leading, key=len, default=None)


def navigation(request: HttpRequest) -> dict[str, Any]:
    agency = getattr(request, "agency", None)
    member: Member | None = getattr(request, "member", None)
    if agency is None or member is None:
        return {}
    return {
        "agency": agency,
        "home_url": at(agency, "home_of"),
        "inbox_url": at(agency, "notifications:inbox"),
        "account_url": at(agency, "accounts:me"),
        "help_url": "" if member.has_left else at(agency, "help"),
        "privacy_url": reverse("privacy"),
        "unread": getattr(member, "unread", 0),
        # Parts of a page are rendered with these values, too, and have no use for it.
        "navigation": SimpleLazyObject(partial(links_of, member, request.path)),
        "desk": is_desk(member),
        # Whoever prints without a role prints what is theirs, which the agency discloses to nobody.
        "redisclosure": "" if is_consumers_view(member) else redisclosure.notice(agency),
    }
