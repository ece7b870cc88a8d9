"""Presenter of the list of groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.utils.translation import gettext as _

from foundation.addresses import at
from foundation.models import Agency
from foundation.presenting import EmptyShown, PageLink, written
from groups.composition import ConsumerShare
from groups.models import Group


@dataclass(frozen=True)
class GroupShown:
    """A group in the list; `starts` is empty unless it is yet to start."""

    name: str
    href: str
    kind: str
    starts: str
    share: ConsumerShare | None


@dataclass(frozen=True)
class GroupsPage:
    """The list: the reader's own groups, then the others, with or without their shares.

    `empty` is shown if there are none, for a searched name or at all.
    """

    mine: Sequence[GroupShown]
    others: Sequence[GroupShown]
    heading: str
    with_shares: bool
    empty: EmptyShown | None
    adding: Sequence[PageLink]


def group_shown(group: Group, on: date, share: ConsumerShare | None = None) -> GroupShown:
    """`on` is today; no query."""
    starts = _("Starts on %(day)s") % {"day": written(group.opened)}
    return GroupShown(
        name=group.name,
        href=at(group.agency, "groups:group", pk=group.pk),
        kind=group.get_kind_display(),
        starts=starts if group.opened > on else "",
        share=share,
    )


def groups_page(
    agency: Agency,
    mine: Sequence[GroupShown],
    others: Sequence[GroupShown],
    *,
    with_shares: bool,
    there: bool,
    may_add: bool,
) -> GroupsPage:
    """`there`: there are groups, regardless of the search; no query."""
    address = partial(at, agency)
    add = PageLink(
        _("Set up a council, the board or the oversight committee"), address("groups:add")
    )
    return GroupsPage(
        mine=mine,
        others=others,
        heading=_("Other groups") if mine else _("All groups"),
        with_shares=with_shares,
        empty=None if mine or others else _empty(agency, there=there, may_add=may_add),
        adding=[add] if may_add and there else [],
    )


def _empty(agency: Agency, *, there: bool, may_add: bool) -> EmptyShown:
    if there:
        return EmptyShown(
            heading=_("No group has this name"),
            text=_("Try only a part of the name."),
            action=_("See all groups"),
            href=at(agency, "groups:list"),
            kind="secondary",
        )
    return EmptyShown(
        heading=_("No groups yet"),
        text=_("Cells, councils and committees are listed here once somebody starts them."),
        action=_("Set up a group"),
        href=at(agency, "groups:add") if may_add else "",
        icon="users",
    )
