"""Words about deputies."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from accounts.permissions import Role
from compensation.deputies import rules
from compensation.deputies.models import Deputy
from compensation.deputies.reading import last_day
from foundation.addresses import at
from foundation.presenting import written

HEAD = [
    gettext_lazy("Stands in"),
    gettext_lazy("For"),
    gettext_lazy("As"),
    gettext_lazy("Days"),
    gettext_lazy("State"),
]


def desk_words(deputy: Deputy, reader: Member) -> str:
    """For somebody who stands in today, or whom somebody stands in for."""
    known = {
        "name": deputy.member,
        "holder": deputy.holder,
        "role": str(Role(deputy.grant.role).label),
        "day": written(last_day(deputy)),
    }
    if deputy.member_id == reader.pk:
        return _("You stand in for %(holder)s through %(day)s (%(role)s).") % known
    return _("%(name)s stands in for you through %(day)s (%(role)s).") % known


def rows_shown(deputies: Iterable[Deputy], reader: Member, on: date) -> list[list[object]]:
    days = _("%(since)s to %(last)s")
    rows = []
    for each in deputies:
        since, last = each.grant.since, last_day(each)
        over, begun = last < on, since <= on
        state: object = _("Over") if over else _("Now") if begun else _("To come")
        if rules.ending_deputy(each, reader) is None:
            state = {
                "text": _("End it"),
                "href": at(each.agency, "compensation:end_deputy", pk=each.pk),
            }
        told = days % {"since": written(since), "last": written(max(since, last))}
        rows.append(
            [
                each.member.full_name,
                each.holder.full_name,
                str(Role(each.grant.role).label),
                told,
                state,
            ]
        )
    return rows
