"""Who is not expected at a meeting: one answer, which gives no reason.

Away, paused, or said that they can't come: whoever arranges the meeting can't tell which.
"""

from django.db.models import Exists, OuterRef, Q

from accounts.away import away_on
from accounts.models import Member, Pause
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


def names_not_expected(meeting: Meeting) -> list[str]:
    """For whoever arranges a meeting to come; one query."""
    seats = Seat.objects.within(meeting.agency).on(meeting.on).filter(group=meeting.group_id)
    there = Member.objects.within(meeting.agency).filter(
        not_expected(meeting, "pk"), pk__in=seats.values("member"), erased_at=None
    )
    return list(there.order_by("shown_name", "pk").values_list("shown_name", flat=True))


def says_not_coming(meeting: Meeting, member_id: int) -> bool:
    """Whether they said that they can't come, and did not take it back."""
    said = NotComing.objects.within(meeting.agency).filter(meeting=meeting, on=meeting.on)
    return said.filter(member=member_id, taken_back=False).exists()
