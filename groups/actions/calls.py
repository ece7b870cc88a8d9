"""Calling people about a meeting who get neither e-mail nor texts, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, Value
from django.utils import timezone

from accounts.models import EmailLevel, Member, MemberQuerySet
from foundation.models import TenantQuerySet
from foundation.refusals import enforce
from groups import rules
from groups.actions.meetings import locked_meeting
from groups.actions.reminders import expected_at
from groups.models import CallResult, Meeting, MeetingCall, MeetingStatus, Seat
from groups.not_expected import people_not_expected
from groups.policies import CALLS_AHEAD
from notifications.models import TextNumber


def to_call(meeting: Meeting) -> MemberQuerySet:
    """People expected at the meeting whom no e-mail and no text would reach, by name."""
    found = expected_at(meeting).filter(_unreached(meeting))
    return found.order_by("shown_name", "pk")


def left_out(meeting: Meeting) -> MemberQuerySet:
    """People whom no message reaches, and who are not on the sheet as they are not expected."""
    return people_not_expected(meeting).filter(_unreached(meeting))


def left_out_of(meetings: Sequence[Meeting], by: Member) -> MemberQuerySet:
    """The same, of several meetings of the agency of `by`."""
    found = Member.objects.within(by.agency)
    keys = [left_out(each).order_by().values("pk") for each in meetings]
    return found.filter(pk__in=keys[0].union(*keys[1:])) if keys else found.none()


def _unreached(meeting: Meeting) -> Q:
    texts = TextNumber.objects.within(meeting.agency).live()
    texts = texts.filter(member=OuterRef("pk"), meetings=True)
    no_mail = Q(user=None) | Q(user__email=None) | Q(user__email="")
    return (Q(email_level=EmailLevel.NONE) | no_mail) & ~Q(Exists(texts))


def results_of(meeting: Meeting) -> dict[int, str]:
    """What came of the calls so far, by the key of the person."""
    calls = MeetingCall.objects.within(meeting.agency).filter(meeting=meeting, on=meeting.on)
    return dict(calls.values_list("member", "result"))


def meetings_to_call_for(by: Member) -> TenantQuerySet[Meeting]:
    """Planned meetings of the coming days in groups that `by` runs, soonest first."""
    today = by.agency.today()
    seats = Seat.objects.within(by.agency).on(today)
    running = seats.filter(member=by, office__in=rules.RUNNING_OFFICES)
    meetings = Meeting.objects.within(by.agency).filter(
        status=MeetingStatus.PLANNED,
        on__range=(today, today + timedelta(days=CALLS_AHEAD.value)),
        group__in=running.values("group"),
    )
    return meetings.select_related("group").order_by("starts_at", "pk")


@dataclass(frozen=True)
class Calls:
    """Whom to call about one meeting, by name, and what came of it so far by the person's key."""

    meeting: Meeting
    people: Sequence[Member]
    results: Mapping[int, str]


def calls_for(meetings: Sequence[Meeting], by: Member) -> list[Calls]:
    """The sheets of several meetings of the agency of `by`, in three queries."""
    if not meetings:
        return []
    agency = by.agency
    wanted = []
    for each in meetings:
        each.agency = each.group.agency = agency
        marked = to_call(each).order_by().annotate(about=Value(each.pk, BigIntegerField()))
        wanted.append(marked.values_list("about", "pk"))
    first, *others = wanted
    pairs = set(first.union(*others, all=True) if others else first)
    members = Member.objects.within(agency).filter(pk__in={person for _, person in pairs})
    people = list(members.order_by("shown_name", "pk"))
    calls = MeetingCall.objects.within(agency).filter(
        meeting__in=[each.pk for each in meetings], on=F("meeting__on")
    )
    came = {
        (about, person): result
        for about, person, result in calls.values_list("meeting", "member", "result")
    }
    found = []
    for each in meetings:
        theirs = [person for person in people if (each.pk, person.pk) in pairs]
        results = {
            person.pk: came[each.pk, person.pk] for person in theirs if (each.pk, person.pk) in came
        }
        found.append(Calls(each, theirs, results))
    return found


@transaction.atomic
def note_calls(meeting: Meeting, *, results: Mapping[int, CallResult], by: Member) -> None:
    """Note whom `by` reached (by key of the person); who is not on the list is left out.

    No event tells of it: others read events, and nobody needs to know who has no phone.
    """
    meeting = locked_meeting(meeting, by)
    meeting.group.agency = by.agency
    enforce(rules.calling(meeting, by))
    known = to_call(meeting).filter(pk__in=results).order_by("pk")
    MeetingCall.objects.within(by.agency).bulk_create(
        [
            MeetingCall(
                agency=by.agency,
                meeting=meeting,
                member=each,
                on=meeting.on,
                result=results[each.pk],
                by=by,
                at=timezone.now(),
            )
            for each in known
        ],
        update_conflicts=True,
        unique_fields=["agency", "meeting", "member", "on"],
        update_fields=["result", "by", "at"],
    )
