"""Words about orientations: who had one, when, how long and from whom."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Member
from compensation.other_work.forms import minutes_of
from compensation.other_work.reading import Oriented
from foundation.addresses import at
from foundation.presenting import written
from groups.models import Group

HEAD = [gettext_lazy("Name"), gettext_lazy("Orientation")]


def orientation_rows(
    people: Iterable[Oriented], group: Group, reader: Member, *, paid: bool
) -> list[list[object]]:
    """One row for each person: their name, which leads to the form, and what is on record.

    `reader`: somebody who runs this group. `paid`: today's plan pays orientation, so that they may
    write it down, except their own.
    """
    return [[_name(each, group, reader, paid=paid), _told(each)] for each in people]


def _name(each: Oriented, group: Group, reader: Member, *, paid: bool) -> object:
    if each.member.pk == reader.pk or not paid:
        return str(each.member)
    href = at(reader.agency, "compensation:orientation", pk=group.pk, member=each.member.pk)
    return {"text": str(each.member), "href": href}


def _told(each: Oriented) -> str:
    if each.row is None:
        return _("Not yet")
    minutes = minutes_of(each.row.hours)
    said = ngettext(
        "%(day)s, %(minutes)d minute, by %(name)s",
        "%(day)s, %(minutes)d minutes, by %(name)s",
        minutes,
    )
    return said % {"day": written(each.row.on), "minutes": minutes, "name": each.row.given_by}
