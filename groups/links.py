"""Titles and addresses of groups, meetings and decisions, for those who may know of them."""

from accounts.models import Member
from foundation import links
from foundation.addresses import at
from foundation.links import Link
from groups.models import Decision, Group, GroupQuerySet, Meeting


def _visible(reader: Member) -> GroupQuerySet:
    return Group.objects.within(reader.agency).visible_to(reader, reader.agency.today())


def group(pk: int, reader: Member) -> Link | None:
    found = _visible(reader).filter(pk=pk).values_list("name", flat=True).first()
    return Link(found, at(reader.agency, "groups:group", pk=pk)) if found else None


def meeting(pk: int, reader: Member) -> Link | None:
    meetings = Meeting.objects.within(reader.agency).filter(group__in=_visible(reader), pk=pk)
    found = meetings.values_list("group__name", flat=True).first()
    return Link(found, at(reader.agency, "groups:meeting", pk=pk)) if found else None


def decision(pk: int, reader: Member) -> Link | None:
    decisions = Decision.objects.within(reader.agency).filter(group__in=_visible(reader), pk=pk)
    found = decisions.values_list("title", flat=True).first()
    return Link(found, at(reader.agency, "groups:decision", pk=pk)) if found else None


links.register("groups.group", group)
links.register("groups.meeting", meeting)
links.register("groups.decision", decision)
