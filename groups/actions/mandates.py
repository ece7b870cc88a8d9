"""Carrying out motions once their decision is adopted or their resolution attested."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actions.leaves import save_within
from accounts.models import Member, StandingKind
from foundation import events
from groups import rules
from groups.actions.closing import end_group
from groups.actions.offers import possible, put_offer
from groups.actions.seats import finish, follow, locked
from groups.models import (
    Decision,
    DecisionStatus,
    Ending,
    Group,
    Motion,
    MotionKind,
    Office,
    Seat,
    SeatOffer,
)


def take_effect(decision: Decision, *, by: Member | None) -> None:
    """Carry out an adopted decision about seats; inside a transaction.

    `by`: whoever closed it; if a job did, whoever proposed it.
    """
    motion = decision.motion
    if motion is not None and decision.status == DecisionStatus.ADOPTED:
        motion.decision = decision
        actor = by or decision.proposed_by
        actor.agency = decision.agency
        carry_out(motion, by=actor)


def carry_out(motion: Motion, *, by: Member) -> None:
    """Carry out a motion of an adopted decision or attested resolution; inside a transaction.

    Skip what is no longer possible (the person left, the seat has ended): the decision stands.
    """
    group = locked(motion.group, by)
    today = by.agency.today()
    match motion.kind:
        case MotionKind.SEAT:
            _offer(motion, group, today, by)
        case MotionKind.CONFIRM:
            for seat in founding_seats(group, today):
                seat.until, seat.ending, seat.ends_by = None, "", motion
                save_within("seat", seat, ending=Ending.PROGRAM)
                events.record("seat.confirmed", seat, by=by, group=group.pk, member=seat.member_id)
        case MotionKind.DISSOLVE:
            end_group(group, on=max(motion.since, today), by=by, motion=motion)
        case _:
            _take_away(motion, group, today, by)
    motion.carried_out_on = today
    motion.save(update_fields=["carried_out_on"])


def founding_seats(group: Group, on: date) -> list[Seat]:
    """Seats that end with the founding unless they are confirmed."""
    seats = Seat.objects.within(group.agency).on(on).filter(group=group, ending=Ending.TERM)
    return list(seats.select_for_update(of=("self",)).order_by("pk"))


def _offer(motion: Motion, group: Group, today: date, by: Member) -> None:
    member = motion.member
    assert member is not None
    member.agency = by.agency
    paper = motion.resolution
    since = motion.since if paper is not None else max(motion.since, today)
    reason = ""
    if since < today and paper is not None:
        reason = _("From the paper of %(day)s.") % {"day": date_format(paper.on, "F j, Y")}
    try:
        possible(group, member, since)
    except ValidationError:
        return
    waiting = SeatOffer.objects.within(by.agency).waiting().filter(group=group, member=member)
    if waiting.exists():
        return
    offered_by = paper.entered_by if paper is not None else _asked_of(motion).proposed_by
    put_offer(
        group,
        member,
        standing=StandingKind.PRIMARY_CONSUMER if motion.for_consumers else "",
        voting=motion.voting,
        office=motion.office,
        since=since,
        late_reason=reason,
        held=rules.stands_in_the_way(group, member, today),
        motion=motion,
        offered_by=offered_by,
        by=by,
    )


def _asked_of(motion: Motion) -> Decision:
    assert motion.decision is not None
    return motion.decision


def _take_away(motion: Motion, group: Group, today: date, by: Member) -> None:
    on = max(motion.since, today)
    live = group.seats.filter(Q(until=None) | Q(until__gt=on), member=motion.member, since__lte=on)
    seat = live.select_for_update(of=("self",)).first()
    if seat is None:
        return
    seat.group = group
    if motion.kind == MotionKind.END:
        finish(seat, on=on, ending=Ending.DECIDED, motion=motion, by=by)
    else:
        follow(seat, office=motion.office or Office.NONE, voting=motion.voting, on=on, by=by)
