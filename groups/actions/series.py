"""Series of meetings: planned, moved and called off in one step, told in one message."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import Member
from foundation import events
from foundation.refusals import enforce
from groups import recurrence, rules
from groups.actions.seats import locked
from groups.models import Group, Meeting, MeetingSeries, MeetingStatus
from groups.scheduling import Beyond, PlannedBeyond, foreseen, keep_beyond, planning_within


def planned_of(group: Group, on: date) -> list[Meeting]:
    """The group's planned meetings from that day on, the next one first."""
    rows = Meeting.objects.within(group.agency).filter(
        group=group, status=MeetingStatus.PLANNED, on__gte=on
    )
    return list(rows.order_by("starts_at", "pk"))


def following(meeting: Meeting) -> list[Meeting]:
    """This meeting, and the later planned ones of its series."""
    rows = Meeting.objects.within(meeting.agency).filter(
        series=meeting.series_id, status=MeetingStatus.PLANNED, starts_at__gte=meeting.starts_at
    )
    return list(rows.order_by("starts_at", "pk"))


def stamp(meetings: Iterable[Meeting]) -> str:
    """Tells these meetings, as they are, from any others: for a page that lists them first."""
    listed = ",".join(f"{each.pk}:{each.version}" for each in meetings)
    return sha256(listed.encode()).hexdigest()


def _same(meetings: Iterable[Meeting], seen: str | None) -> None:
    if seen is not None and stamp(meetings) != seen:
        raise ValidationError(
            _("Somebody changed the meetings meanwhile. Look at the dates again, then save."),
            code="seen",
        )


@transaction.atomic
def plan_series(
    group: Group,
    *,
    rhythm: str,
    starts_at: datetime,
    days: Sequence[date],
    minutes_planned: int = 60,
    place: str = "",
    remote_link: str = "",
    seen: str | None = None,
    beyond: str = "",
    by: Member,
) -> MeetingSeries:
    """Plan a meeting on each of these days, at the hour of `starts_at` (by the clock, no zone).

    `seen`: the stamp of the group's planned meetings that `by` saw; `beyond`: why, if the budget is
    not enough. ValidationError: no day; a day that is over, or on which the group does not exist;
    other meetings than seen.
    """
    group = locked(group, by)
    enforce(rules.entering(group, by, past=False))
    today = by.agency.today()
    _same(planned_of(group, today), seen)
    moments = _moments(group, sorted(days), starts_at, by)
    if not moments:
        raise ValidationError({"days": _("Choose at least one day.")})
    found = foreseen(group, by.agency, [each.date() for each in moments], minutes_planned)
    enforce(planning_within(found, beyond))
    series: MeetingSeries = group.series.create(
        agency=by.agency,
        rhythm=rhythm,
        first_on=moments[0].date(),
        clock=starts_at.time(),
        until=moments[-1].date(),
        made_on=today,
        made_by=by,
    )
    rows = [
        Meeting(
            agency=by.agency,
            group=group,
            series=series,
            starts_at=each,
            on=each.date(),
            dated_on=today,
            minutes_planned=minutes_planned,
            place=place,
            remote_link=remote_link,
        )
        for each in moments
    ]
    bulk_create_with_history(rows, Meeting)
    events.record("series.planned", series, by=by, group=group.pk, number=len(rows))
    if beyond:
        first_on = moments[0].date()
        keep_beyond(found, PlannedBeyond(group, len(rows), first_on, Beyond(beyond), by))
    return series


def _moments(group: Group, days: Sequence[date], starts_at: datetime, by: Member) -> list[datetime]:
    """The hour on each day; ValidationError for a past one, or a day without the group."""
    zone, now = by.agency.zone, timezone.now()
    found = [recurrence.moment(each, starts_at.time(), zone).at for each in days]
    if found and min(found) <= now:
        raise ValidationError({"starts_at": _("Choose a day and hour to come.")})
    if not all(group.is_open(each.date()) for each in found):
        raise ValidationError({"starts_at": _("The group does not exist on each of these days.")})
    return found


def _locked(meeting: Meeting, by: Member, seen: str | None) -> tuple[MeetingSeries, list[Meeting]]:
    """The series and the meetings from this one on, locked, the group first."""
    group = locked(meeting.group, by)
    now = Meeting.objects.within(by.agency).select_related("series").get(pk=meeting.pk)
    now.group = group
    enforce(rules.changing_series(now, by))
    rows = following(now)
    held = Meeting.objects.within(by.agency).filter(pk__in=[each.pk for each in rows])
    found = list(held.select_for_update(of=("self",)).order_by("starts_at", "pk"))
    _same(found, seen)
    assert now.series is not None
    now.series.group = group
    return now.series, found


@transaction.atomic
def move_series(
    meeting: Meeting,
    *,
    starts_at: datetime,
    minutes_planned: int,
    place: str,
    remote_link: str = "",
    seen: str | None = None,
    by: Member,
) -> MeetingSeries:
    """Move this meeting to this day and hour (by the clock), and the later ones like it.

    `seen`: the stamp of these meetings as `by` saw them. ValidationError: as for planning.
    """
    series, found = _locked(meeting, by, seen)
    recurrence.fits(series.rhythm, starts_at.date())
    days = recurrence.moved(series.rhythm, [each.on for each in found], starts_at.date())
    moments = _moments(series.group, days, starts_at, by)
    for each, moment in zip(found, moments, strict=True):
        each.put_on(moment, moment.date(), today=by.agency.today())
        each.minutes_planned, each.place = minutes_planned, place
        each.remote_link = remote_link
        each.version += 1
    changed = ["starts_at", "on", "dated_on", "minutes_planned", "place", "remote_link", "version"]
    bulk_update_with_history(found, Meeting, changed)
    series.first_on, series.clock = moments[0].date(), starts_at.time()
    series.until = max(each.date() for each in moments)
    series.save(update_fields=["first_on", "clock", "until"])
    events.record("series.changed", series, by=by, group=series.group_id, number=len(found))
    return series


@transaction.atomic
def cancel_series(meeting: Meeting, *, seen: str | None = None, by: Member) -> MeetingSeries:
    """Call off this meeting and the later planned ones of its series."""
    series, found = _locked(meeting, by, seen)
    for each in found:
        each.become(MeetingStatus.CANCELLED)
        each.version += 1
    bulk_update_with_history(found, Meeting, ["status", "version"])
    events.record("series.cancelled", series, by=by, group=series.group_id, number=len(found))
    return series
