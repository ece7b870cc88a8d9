"""Closing groups with everything that ends with them, and reopening them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actions.leaves import save_within
from accounts.models import Member
from foundation import events
from foundation.refusals import enforce
from groups import kinds, rules
from groups.actions.seats import finish, locked, say_why_late, take_back_offers
from groups.models import (
    CalledOff,
    Closure,
    CutSeat,
    DecisionStatus,
    Ending,
    Group,
    MeetingStatus,
    Motion,
    Seat,
    SeatOffer,
)
from notifications.actions import tell


@transaction.atomic
def close_group(
    group: Group, *, on: date, by: Member, why: str = "", late_reason: str = ""
) -> Group:
    """Close a group, its seats and its planned meetings.

    ValidationError: a day before it began; a past day without a reason; a future day for a group
    whose work must be settled on the day it ends.
    """
    group = locked(group, by)
    undecided = group.decisions.filter(status=DecisionStatus.OPEN).exists()
    unfinished = kinds.unfinished(group)
    enforce(rules.closing_group(group, by, undecided=undecided, unfinished=unfinished))
    if on < group.opened:
        raise ValidationError({"on": _("A group can't end before it began.")})
    if on > by.agency.today() and kinds.ends_at_once(group):
        raise ValidationError(
            {"on": _("Choose today or an earlier day. Its work ends with it, on that same day.")}
        )
    say_why_late(group, None, on=on, by=by, reason=late_reason)
    return end_group(group, on=on, by=by, why=why)


def end_group(
    group: Group, *, on: date, by: Member, motion: Motion | None = None, why: str = ""
) -> Group:
    """Close the (locked) group and all that ends with it; the caller has checked the rules.

    A group that an earlier decision already ends keeps that day.
    """
    if closure_of(group) is not None:
        return group
    today = by.agency.today()
    group.closed = on
    group.save(update_fields=["closed"])
    closure = Closure.objects.within(by.agency).create(
        group=group, on=on, entered_on=today, by=by, why=why.strip()
    )
    for seat in group.seats.filter(Q(until=None) | Q(until__gt=on)):
        seat.group = group
        closure.cuts.create(
            agency=by.agency,
            seat=seat,
            until=seat.until,
            ending=seat.ending,
            ends_by=seat.ends_by_id,
        )
        finish(seat, on=max(on, seat.since), ending=Ending.GROUP, motion=motion, by=by)
    for meeting in group.meetings.filter(status=MeetingStatus.PLANNED, on__gt=on):
        meeting.become(MeetingStatus.CANCELLED)
        meeting.save(update_fields=["status"])
        closure.called_off.create(agency=by.agency, meeting=meeting)
        events.record("meeting.cancelled", meeting, by=by, group=group.pk, closure=closure.pk)
    take_back_offers(SeatOffer.objects.within(by.agency).filter(group=group), today)
    events.record("group.closed", group, by=by, closure=closure.pk)
    return group


def closure_of(group: Group) -> Closure | None:
    """The closure under which the group is or will be closed."""
    return (
        Closure.objects.within(group.agency)
        .standing()
        .select_related("by")
        .filter(group=group)
        .first()
    )


@transaction.atomic
def take_closing_back(group: Group, *, because: str, by: Member) -> Group:
    """Reopen the group as if it had never closed, with its seats and future meetings.

    The days since then count as corrected. ValidationError: no reason.
    """
    group = locked(group, by)
    closure = closure_of(group)
    enforce(rules.taking_closing_back(group, closure, by))
    assert closure is not None
    if not because.strip():
        raise ValidationError({"because": _("Say why the group goes on after all.")})
    today = by.agency.today()
    closure.taken_back_on, closure.taken_back_by = today, by
    closure.taken_back_because = because.strip()
    closure.save()
    group.closed = None
    group.save(update_fields=["closed"])
    told = [each.member for each in _bring_seats_back(closure)]
    called_off = CalledOff.objects.within(by.agency).filter(closure=closure)
    for meeting in group.meetings.filter(
        pk__in=called_off.values("meeting"), status=MeetingStatus.CANCELLED, on__gte=today
    ):
        meeting.become(MeetingStatus.PLANNED)
        meeting.save(update_fields=["status"])
        events.record("meeting.planned", meeting, by=by, group=group.pk, closure=closure.pk)
    events.record("group.closing_taken_back", group, by=by, closure=closure.pk)
    for member in told:
        if member.pk != by.pk:
            tell(member, "group.goes_on", subject=group, title=group.name)
    return group


def _bring_seats_back(closure: Closure) -> list[Seat]:
    """Restore the seats that ended with the group, within their members' time here."""
    back = []
    cuts = CutSeat.objects.within(closure.agency).filter(closure=closure)
    for cut in cuts.select_related("seat__member__user", "seat__group").order_by("pk"):
        seat = cut.seat
        if seat.ending != Ending.GROUP or seat.until is None:
            continue
        seat.member.agency = closure.agency
        seat.until, seat.ending, seat.ends_by_id = cut.until, cut.ending, cut.ends_by
        save_within("seat", seat, ending=Ending.PROGRAM, ends_by=None)
        events.record(
            "seat.changed",
            seat,
            by=None,
            group=seat.group_id,
            member=seat.member_id,
            replaces=seat.pk,
        )
        if seat.until is None or seat.until > closure.agency.today():
            back.append(seat)
    return back
