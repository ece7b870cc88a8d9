"""Who is not expected at a meeting: one answer, which gives no reason.

Away, paused, or said that they can't come: whoever arranges the meeting can't tell which.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.away import Away, away_on
from accounts.models import Member, MemberQuerySet, Pause
from foundation import prepared
from foundation.models import Agency, TenantQuerySet
from groups.models import Meeting, NotComing, Seat


def not_expected(meeting: Meeting, member: str = "member") -> Q:
    """A condition on rows with a member, to which this path leads."""
    agency, who = meeting.agency, OuterRef(member)
    away = away_on(agency, meeting.on).filter(member=who)
    paused = Pause.objects.within(agency).on(meeting.on).filter(member=who)
    said = NotComing.objects.within(agency).filter(
        meeting=meeting.pk, on=meeting.on, taken_back=False, member=who
    )
    return Q(Exists(away) | Exists(paused) | Exists(said))


def people_not_expected(meeting: Meeting) -> MemberQuerySet:
    """Those with a seat on the day of the meeting, by name."""
    seats = Seat.objects.within(meeting.agency).on(meeting.on).filter(group=meeting.group_id)
    there = Member.objects.within(meeting.agency).filter(
        not_expected(meeting, "pk"), pk__in=seats.values("member"), erased_at=None
    )
    return there.order_by("shown_name", "pk")


@dataclass(frozen=True)
class OwnComing:
    """A member's own part in a meeting, told to nobody but them."""

    says_no: bool = False
    away: bool = False
    steps_in: bool = False

    def __str__(self) -> str:
        if self.says_no:
            return _("You said you can’t be there. Nobody expects you.")
        if self.away:
            return _("You are away that day. Nobody expects you.")
        return _("You step in here for somebody who is away.") if self.steps_in else ""


def own_comings(meetings: Iterable[Meeting], member: Member) -> dict[int, OwnComing]:
    """The member's own part in each of these meetings, by its key; one query."""
    keys = [each.pk for each in meetings]
    values = {"agency": member.agency_id, "row": member.pk, "keys": keys}
    return {pk: OwnComing(*own) for pk, *own in prepared.of_agency(_own_parts).tuples(values)}


def _own_parts(agency: Agency) -> QuerySet[Any, Any]:
    meetings = Meeting.objects.within(agency).filter(prepared.one_of_keys("pk"))
    return meetings.values_list("pk", *_parts(agency, prepared.ROW).values())


def with_own_coming(
    meetings: TenantQuerySet[Meeting], agency: Agency, member: int
) -> TenantQuerySet[Meeting]:
    """Annotate meetings with what `own_coming` reads, for the member with this key."""
    return meetings.annotate(**_parts(agency, member))


def own_coming(meeting: Meeting) -> OwnComing:
    """The member's own part in a meeting of `with_own_coming`; no query."""
    return OwnComing(*(vars(meeting)[name] for name in _PARTS))


_PARTS = ("own_no", "own_away", "own_stepping_in")


def _parts(agency: Agency, member: int) -> dict[str, Exists]:
    on, own = OuterRef("on"), {"member": member}
    days = Q(until=None) | Q(until__gt=on)
    said = NotComing.objects.within(agency)
    said = said.filter(meeting=OuterRef("pk"), on=on, taken_back=False, **own)
    away = Away.objects.within(agency).filter(days, since__lte=on, **own)
    stands_in = Seat.objects.within(agency).exclude(stands_in=None)
    stands_in = stands_in.filter(days, group=OuterRef("group"), since__lte=on, **own)
    return dict(zip(_PARTS, (Exists(said), Exists(away), Exists(stands_in)), strict=True))


def says_not_coming(meeting: Meeting, member_id: int) -> bool:
    """Whether they said that they can't come, and did not take it back."""
    said = NotComing.objects.within(meeting.agency).filter(meeting=meeting, on=meeting.on)
    return said.filter(member=member_id, taken_back=False).exists()
