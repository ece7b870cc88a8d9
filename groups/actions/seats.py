"""Groups and who has a seat in them, from a day until another."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Member
from foundation import events
from foundation.models import Agency
from foundation.refusals import enforce
from groups import kinds, rules
from groups.models import (
    DecisionStatus,
    Group,
    GroupKind,
    MeetingStatus,
    OfferState,
    Office,
    Seat,
    SeatOffer,
    SeatOfferQuerySet,
)

ALWAYS_CQI = frozenset({GroupKind.CELL, GroupKind.COMMITTEE})
ONE_OF_ITS_KIND = frozenset({GroupKind.COMMITTEE, GroupKind.GOVERNING_BODY})


def locked(group: Group, by: Member) -> Group:
    """The group as it is now, kept from changing until the action is through."""
    return Group.objects.within(by.agency).select_for_update().get(pk=group.pk)


@transaction.atomic
def open_group(
    agency: Agency,
    *,
    kind: str,
    name: str,
    purpose: str = "",
    by: Member,
    on: date,
    hidden: bool = False,
    takes_part_in_cqi: bool = True,
) -> Group:
    """Start a group on a day; dialogues are never counted as groups of CQI.

    ValidationError: no name; a committee or governing body exists already.
    """
    enforce(rules.opening(kind, by))
    groups = Group.objects.within(agency)
    if not name.strip():
        raise ValidationError({"name": _("Give the group a name.")})
    if kind in ONE_OF_ITS_KIND and groups.filter(kind=kind, closed=None).exists():
        raise ValidationError({"kind": _("Your agency has one already.")})
    takes_part = kind in ALWAYS_CQI or (takes_part_in_cqi and kind != GroupKind.DIALOGUE)
    group = groups.create(
        kind=kind,
        name=name.strip(),
        purpose=purpose,
        hidden=hidden,
        opened=on,
    )
    if takes_part:
        group.cqi_periods.create(
            agency=agency, since=on, reason="", by=by, entered_on=agency.today()
        )
    events.record("group.opened", group, by=by, kind=kind)
    return group


@transaction.atomic
def change_group(
    group: Group,
    *,
    name: str,
    purpose: str,
    hidden: bool,
    by: Member,
) -> Group:
    """Rename a group or hide it; whether it takes part in CQI changes by `change_cqi`."""
    group = locked(group, by)
    enforce(rules.changing(group, by))
    if not name.strip():
        raise ValidationError({"name": _("Give the group a name.")})
    group.name, group.purpose, group.hidden = name.strip(), purpose, hidden
    group.save()
    events.record("group.changed", group, by=by)
    return group


@transaction.atomic
def close_group(group: Group, *, on: date, by: Member) -> Group:
    """End a group, its seats, and the meetings that it still planned."""
    group = locked(group, by)
    undecided = group.decisions.filter(status=DecisionStatus.OPEN).exists()
    unfinished = kinds.unfinished(group)
    enforce(rules.closing_group(group, by, undecided=undecided, unfinished=unfinished))
    if group.kind == GroupKind.COMMITTEE:
        enforce(rules.ending_seat(group, by, barred=kinds.barred(group, by)))
    if on < group.opened:
        raise ValidationError({"on": _("A group can't end before it began.")})
    group.closed = on
    group.save(update_fields=["closed"])
    for seat in group.seats.filter(Q(until=None) | Q(until__gt=on)):
        seat.until = max(on, seat.since)
        seat.save(update_fields=["until"])
        events.record("seat.ended", seat, by=by, group=group.pk, member=seat.member_id)
    for meeting in group.meetings.filter(status=MeetingStatus.PLANNED, on__gt=on):
        meeting.status = MeetingStatus.CANCELLED
        meeting.save(update_fields=["status"])
        events.record("meeting.cancelled", meeting, by=by, group=group.pk)
    take_back_offers(SeatOffer.objects.within(by.agency).filter(group=group), by.agency.today())
    events.record("group.closed", group, by=by)
    return group


@transaction.atomic
def end_seat(seat: Seat, *, on: date, by: Member) -> Seat:
    """End a seat: `on` is the first day without it. Members may leave by themselves."""
    seat = _live(seat, on=on, by=by, leaving=seat.member_id == by.pk)
    seat.until = on
    seat.save(update_fields=["until"])
    events.record("seat.ended", seat, by=by, group=seat.group_id, member=seat.member_id)
    return seat


@transaction.atomic
def change_office(
    seat: Seat, *, office: str, on: date, by: Member, voting: bool | None = None
) -> Seat:
    """Give a seat another office (or vote) from a day on; the seat until then stays on record.

    What gives somebody else more than they have is offered to them (`offer_seat`).
    """
    seat = _live(seat, on=on, by=by, leaving=True)
    if office not in Office.values:
        raise ValidationError({"office": _("Choose one of the offices.")})
    barred = kinds.barred(seat.group, by)
    enforce(rules.changing_place(seat, by, office=office, voting=voting, barred=barred))
    until = seat.until
    seat.until = on
    seat.save(update_fields=["until"])
    changed: Seat = seat.group.seats.create(
        agency=by.agency,
        member=seat.member,
        standing=seat.standing,
        employed_peer=seat.employed_peer,
        voting=seat.voting if voting is None else voting,
        office=office,
        since=on,
        until=until,
        offer=seat.offer,
    )
    events.record(
        "seat.changed",
        changed,
        by=by,
        group=seat.group_id,
        member=seat.member_id,
        replaces=seat.pk,
    )
    return changed


def _live(seat: Seat, *, on: date, by: Member, leaving: bool = False) -> Seat:
    group = locked(seat.group, by)
    if not leaving:
        enforce(rules.ending_seat(group, by, barred=kinds.barred(group, by)))
    seat = group.seats.select_for_update().get(pk=seat.pk)
    if seat.until is not None and seat.until <= on:
        raise ValidationError({"on": _("This seat has ended by that day.")})
    if on < seat.since:
        raise ValidationError({"on": _("This seat begins later than that day.")})
    return seat


@transaction.atomic
def end_seats_of(member: Member, *, on: date) -> None:
    """End every seat of a member who has left the agency on that day."""
    held = Seat.objects.within(member.agency).filter(Q(until=None) | Q(until__gt=on), member=member)
    for seat in held.select_for_update():
        seat.until = max(on, seat.since)
        seat.save(update_fields=["until"])
        events.record("seat.ended", seat, by=None, group=seat.group_id, member=member.pk)
    take_back_offers(SeatOffer.objects.within(member.agency).filter(member=member), on)


def take_back_offers(offers: SeatOfferQuerySet, on: date) -> None:
    """Of those that wait: the group or the member is gone."""
    for offer in offers.waiting().select_for_update():
        offer.state, offer.answered_on = OfferState.WITHDRAWN, on
        offer.save()
