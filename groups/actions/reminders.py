"""Reminders of meetings: at most once for each day and distance, to those who want them."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import EmailLevel, Member, MemberQuerySet
from foundation.models import Agency
from groups.models import (
    Meeting,
    MeetingReminder,
    MeetingStatus,
    RemindedAhead,
    Seat,
    Supporter,
)
from groups.not_expected import not_expected
from groups.policies import DAY_BEFORE, REMINDER_HOUR, WEEK_BEFORE
from notifications.actions import tell_all
from notifications.models import TextNumber
from safety.models import NoContact

SPANS = {RemindedAhead.DAY: DAY_BEFORE.span, RemindedAhead.WEEK: WEEK_BEFORE.span}
# By how often somebody wants to be written to; who wants texts for meetings is reminded the day
# before in any case.
WANTED_BY = {
    RemindedAhead.DAY: (EmailLevel.EACH, EmailLevel.DIGEST),
    RemindedAhead.WEEK: (EmailLevel.EACH,),
}


def due(meeting: Meeting) -> RemindedAhead | None:
    """Which reminder of a meeting is due today where the agency is."""
    agency = meeting.agency
    if meeting.status != MeetingStatus.PLANNED:
        return None
    if timezone.now().astimezone(agency.zone).hour < REMINDER_HOUR.value:
        return None
    return _ahead(meeting)


def _ahead(meeting: Meeting) -> RemindedAhead | None:
    left = meeting.on - meeting.agency.today()
    return next((each for each, span in SPANS.items() if span == left), None)


def expected_at(meeting: Meeting) -> MemberQuerySet:
    """People who sit in the group now and on that day.

    Not those who are not expected on either day, nor two who must not meet, should both sit there.
    """
    agency, today = meeting.agency, meeting.agency.today()
    there = Seat.objects.within(agency).on(meeting.on).filter(group=meeting.group_id)
    now = Seat.objects.within(agency).on(today).filter(group=meeting.group_id)
    apart = NoContact.objects.within(agency).lasting(today)
    apart = apart.filter(
        Q(one=OuterRef("pk"), other__in=there.values("member"))
        | Q(other=OuterRef("pk"), one__in=there.values("member"))
    )
    people = Member.objects.within(agency).on(today).expected(today)
    return people.filter(
        ~Exists(apart),
        ~not_expected(meeting, "pk"),
        pk__in=there.values("member"),
        erased_at=None,
    ).filter(pk__in=now.values("member"))


def to_remind(meeting: Meeting, ahead: RemindedAhead) -> MemberQuerySet:
    """People expected at the meeting who want this reminder."""
    texts = TextNumber.objects.within(meeting.agency).live()
    wanted = Q(email_level__in=WANTED_BY[ahead])
    if ahead is RemindedAhead.DAY:
        wanted |= Q(Exists(texts.filter(member=OuterRef("pk"), meetings=True)))
    return expected_at(meeting).filter(wanted)


def helpers_to_remind(meeting: Meeting, ahead: RemindedAhead) -> list[tuple[Member, Supporter]]:
    """Supporters who get the reminders of somebody expected there, by how often they want mail."""
    agency, today = meeting.agency, meeting.agency.today()
    here = Member.objects.within(agency).on(today).expected(today)
    here = here.filter(email_level__in=WANTED_BY[ahead])
    pairs = NoContact.objects.within(agency).lasting(today)
    pairs = pairs.filter(
        Q(one=OuterRef("member"), other=OuterRef("supporter"))
        | Q(other=OuterRef("member"), one=OuterRef("supporter"))
    )
    rows = (
        Supporter.objects.within(agency)
        .helping()
        .filter(
            ~Exists(pairs),
            gets_reminders=True,
            member__in=expected_at(meeting).values("pk"),
            supporter__in=here.values("pk"),
        )
    )
    found = list(rows.select_related("supporter__user").order_by("supporter", "pk"))
    for row in found:
        row.agency = row.supporter.agency = agency
    return [(row.supporter, row) for row in found]


@transaction.atomic
def remind_of_meeting(meeting: Meeting) -> int:
    """Remind of a meeting if a reminder is due and was not sent; return how many people got it.

    The meeting is locked, so a second worker waits and then finds the first one's mark.
    """
    rows = Meeting.objects.within(meeting.agency).select_related("group")
    meeting = rows.select_for_update(of=("self",)).get(pk=meeting.pk)
    ahead = due(meeting)
    if ahead is None or not meeting.group.is_open(meeting.on):
        return 0
    _mark, created = MeetingReminder.objects.within(meeting.agency).get_or_create(
        agency=meeting.agency, meeting=meeting, ahead=ahead, on=meeting.on
    )
    if not created:
        return 0
    people = list(to_remind(meeting, ahead).select_related("user").order_by("pk"))
    tell_all([(each, meeting) for each in people], "meeting.near", title=meeting.group.name)
    # They hear neither of which group nor when; looking at the dates is logged.
    tell_all(helpers_to_remind(meeting, ahead), "supporter.near", title="")
    return len(people)


def told_today(agency: Agency, meetings: Iterable[Meeting]) -> None:
    """Send no reminder today of meetings that people are told of in another message anyway."""
    near = [(each, _ahead(each)) for each in meetings]
    MeetingReminder.objects.within(agency).bulk_create(
        [
            MeetingReminder(agency=agency, meeting=each, ahead=ahead, on=each.on)
            for each, ahead in near
            if ahead is not None
        ],
        ignore_conflicts=True,
    )
