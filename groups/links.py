"""Titles and addresses of groups, meetings and decisions, for those who may know of them."""

from collections.abc import Collection, Iterable

from accounts.models import Member
from foundation import links
from foundation.addresses import at
from foundation.links import Link
from groups import rules
from groups.models import Decision, Group, GroupQuerySet, Meeting, hand_on, place


def _visible(reader: Member) -> GroupQuerySet:
    return Group.objects.within(reader.agency).visible_to(reader, reader.agency.today())


def groups(ids: Collection[int], reader: Member) -> dict[int, Link]:
    rows = _visible(reader).filter(pk__in=ids).values_list("pk", "name")
    return _links("groups:group", rows, reader)


def meetings(ids: Collection[int], reader: Member) -> dict[int, Link]:
    rows = Meeting.objects.within(reader.agency).filter(group__in=_visible(reader), pk__in=ids)
    return _links("groups:meeting", rows.values_list("pk", "group__name"), reader)


def decisions(ids: Collection[int], reader: Member) -> dict[int, Link]:
    """Of those that the reader may read: an open proposal is for the people of its group."""
    known = Decision.objects.within(reader.agency).filter(group__in=_visible(reader), pk__in=ids)
    today = reader.agency.today()
    rows = list(known.select_related("group").annotate(**place(reader, today, "group")))
    for row in rows:
        hand_on(row, row.group)
    told = [row for row in rows if rules.reading_decision(row, reader) is None]
    return _links("groups:decision", ((row.pk, row.title) for row in told), reader)


def _links(page: str, rows: Iterable[tuple[int, str]], reader: Member) -> dict[int, Link]:
    return {pk: Link(title, at(reader.agency, page, pk=pk)) for pk, title in rows}


links.register_many("groups.group", groups)
links.register_many("groups.meeting", meetings)
links.register_many("groups.decision", decisions)
