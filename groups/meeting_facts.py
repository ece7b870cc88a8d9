"""What the page after a meeting rests on: who was expected, the last meeting, the next date."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import Member
from groups import recurrence
from groups.models import (
    DecisionStatus,
    Meeting,
    MeetingSeries,
    MeetingStatus,
    PaperRecord,
    Position,
    Seat,
)
from groups.not_expected import not_expected
from groups.rules import lasting
from safety.models import NoContact


@dataclass(frozen=True)
class Expected:
    """Everybody with a seat on the day of the meeting, by name; `voting`: keys of voters.

    `not_expected`: keys of those whom nobody waits for; they can come all the same. `alternates`:
    by key of who steps in, for whom.
    """

    people: tuple[Member, ...]
    voting: frozenset[int]
    not_expected: frozenset[int] = frozenset()
    alternates: Mapping[int, int] = field(default_factory=dict)

    def missed(self, came: Collection[int]) -> list[Member]:
        """Those who were expected and did not come."""
        here = {*came, *self.not_expected}
        return [each for each in self.people if each.pk not in here]

    def all_voted(self, came: Collection[int]) -> bool:
        """Whether everybody with a vote was there."""
        return bool(self.voting) and self.voting <= self.with_those_stood_for(came)

    def with_those_stood_for(self, came: Collection[int]) -> set[int]:
        """Whoever came, and those whose alternate did."""
        return {*came, *(self.alternates[key] for key in came if key in self.alternates)}


def expected(meeting: Meeting) -> Expected:
    """People whose data was erased are not asked about; one query."""
    seats = Seat.objects.within(meeting.agency).on(meeting.on).filter(group=meeting.group_id)
    rows = seats.filter(member__erased_at=None).select_related("member", "stands_in")
    rows = rows.annotate(unexpected=not_expected(meeting))
    found = list(rows.order_by("member__shown_name", "pk"))
    voting = frozenset(seat.member_id for seat in found if seat.voting)
    left_out = frozenset(seat.member_id for seat in found if vars(seat)["unexpected"])
    stood = {seat.member_id: seat.stands_in.holder_id for seat in found if seat.stands_in}
    return Expected(tuple(seat.member for seat in found), voting, left_out, stood)


def to_tell(meeting: Meeting, missed: Collection[Member]) -> list[Member]:
    """Those of them who may be told what was decided; one query.

    Not who has left the group or the program, who is away or paused, or who must not meet somebody
    of the group: who stays away for such a reason is never nudged.
    """
    agency = meeting.agency
    today = agency.today()
    orders = NoContact.objects.within(agency).lasting(today)
    others = lasting(agency, today).filter(group=meeting.group_id)
    apart = Q(one=OuterRef("pk"), other__in=others.values("member"))
    apart |= Q(other=OuterRef("pk"), one__in=others.values("member"))
    sits = Seat.objects.within(agency).on(today).filter(group=meeting.group_id)
    rows = Member.objects.within(agency).on(today).expected(today)
    rows = rows.filter(
        ~Exists(orders.filter(apart)),
        Exists(sits.filter(member=OuterRef("pk"))),
        pk__in=[each.pk for each in missed],
        erased_at=None,
    )
    found = list(rows.select_related("user").order_by("pk"))
    for member in found:
        member.agency = agency
    return found


def neighbors(meeting: Meeting) -> tuple[Meeting | None, Meeting | None]:
    """The group's meeting before this one that was held, and the next one planned; one query."""
    others = Meeting.objects.within(meeting.agency).filter(group=meeting.group_id)
    others = others.exclude(pk=meeting.pk)
    held = others.filter(status=MeetingStatus.HELD, starts_at__lt=meeting.starts_at)
    after = max(meeting.starts_at, timezone.now())
    planned = others.filter(status=MeetingStatus.PLANNED, starts_at__gt=after)
    last = Subquery(held.order_by("-starts_at", "-pk").values("pk")[:1])
    following = Subquery(planned.order_by("starts_at", "pk").values("pk")[:1])
    found = {each.status: each for each in others.filter(Q(pk=last) | Q(pk=following))}
    for each in found.values():
        each.agency, each.group = meeting.agency, meeting.group
    return found.get(MeetingStatus.HELD), found.get(MeetingStatus.PLANNED)


def suggested(meeting: Meeting, last: Meeting | None, now: datetime) -> datetime | None:
    """The next date: of its series, or if the distance of the last two meetings goes on."""
    if meeting.series is not None:
        return _of_series(meeting, meeting.series, now)
    if last is None:
        return None
    apart = (meeting.on - last.on).days
    if apart < 1:
        return None
    here = timezone.localtime(meeting.starts_at)
    found = here + timedelta(days=apart)
    while found <= now:
        found += timedelta(days=apart)
    return found


def _of_series(meeting: Meeting, series: MeetingSeries, now: datetime) -> datetime:
    days = recurrence.days(series.rhythm, series.first_on)
    following = (day for day in days if day > meeting.on)
    moments = (recurrence.moment(day, series.clock, meeting.agency.zone).at for day in following)
    return next(moment for moment in moments if moment > now)


def decisions_of(meeting: Meeting) -> list[PaperRecord]:
    """What was decided in a meeting and written down from it; one query."""
    records = PaperRecord.objects.within(meeting.agency).filter(meeting=meeting)
    records = records.exclude(decision__status=DecisionStatus.WITHDRAWN)
    said = Position.objects.within(meeting.agency).current().filter(decision=OuterRef("decision"))
    rows = records.select_related("decision").annotate(spoken=ArraySubquery(said.values("member")))
    found: list[PaperRecord] = list(rows.order_by("pk"))
    for record in found:
        record.decision.agency, record.decision.group = meeting.agency, meeting.group
    return found


def spoken(record: PaperRecord) -> set[int]:
    """Who is on record as having said something to a decision of `decisions_of`."""
    return set(vars(record)["spoken"])
