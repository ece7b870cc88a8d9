"""Groups and their dated seats."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.actions.leaves import cut_by, note_cut, save_within
from accounts.leaves import Clip, Leave
from accounts.models import Member
from foundation import events
from foundation.models import Agency
from foundation.refusals import enforce
from groups import rules
from groups.models import (
    Ending,
    Group,
    GroupKind,
    LateEnd,
    Motion,
    OfferState,
    Office,
    Seat,
    SeatOffer,
    SeatOfferQuerySet,
)

ALWAYS_CQI = frozenset({GroupKind.CELL, GroupKind.COMMITTEE})
ONE_OF_ITS_KIND = frozenset({GroupKind.COMMITTEE, GroupKind.GOVERNING_BODY})


def locked(group: Group, by: Member) -> Group:
    """The group's current row, locked until the action is done."""
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
    """Open a group on a day; dialogues never count as groups of CQI.

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
    """Rename or hide a group; `change_cqi` changes whether it takes part in CQI."""
    group = locked(group, by)
    enforce(rules.changing(group, by))
    if not name.strip():
        raise ValidationError({"name": _("Give the group a name.")})
    group.name, group.purpose, group.hidden = name.strip(), purpose, hidden
    group.save()
    events.record("group.changed", group, by=by)
    return group


def say_why_late(group: Group, seat: Seat | None, *, on: date, by: Member, reason: str) -> None:
    """Require a reason for changing past days, and mark those days as corrected."""
    today = by.agency.today()
    if on >= today:
        return
    if not reason.strip():
        raise ValidationError(
            {"late_reason": _("This day has passed. Say why it is written down only now.")}
        )
    LateEnd.objects.within(by.agency).create(
        group=group, seat=seat, on=on, entered_on=today, by=by, reason=reason.strip()
    )


def finish(
    seat: Seat, *, on: date, ending: Ending, motion: Motion | None = None, by: Member | None
) -> None:
    """Set the first day without the (locked) seat, and how it ended."""
    seat.until, seat.ending, seat.ends_by = on, ending, motion
    seat.save(update_fields=["until", "ending", "ends_by"])
    events.record("seat.ended", seat, by=by, group=seat.group_id, member=seat.member_id)


@transaction.atomic
def end_seat(seat: Seat, *, on: date, by: Member, late_reason: str = "") -> Seat:
    """End a seat: `on` is the first day without it. Members may leave by themselves.

    ValidationError: a past day without a reason.
    """
    leaving = seat.member_id == by.pk
    seat = _live(seat, on=on, by=by, leaving=leaving)
    say_why_late(seat.group, seat, on=on, by=by, reason=late_reason)
    finish(seat, on=on, ending=Ending.LEFT if leaving else Ending.DECIDED, by=by)
    return seat


@transaction.atomic
def change_office(
    seat: Seat,
    *,
    office: str,
    on: date,
    by: Member,
    voting: bool | None = None,
    late_reason: str = "",
) -> Seat:
    """Change a seat's office (or vote) from a day on; the seat until then stays on record.

    Giving somebody else more takes an offer (`offer_seat`).
    """
    seat = _live(seat, on=on, by=by, leaving=True)
    if office not in Office.values:
        raise ValidationError({"office": _("Choose one of the offices.")})
    enforce(rules.changing_place(seat, by, office=office, voting=voting))
    say_why_late(seat.group, seat, on=on, by=by, reason=late_reason)
    return follow(seat, office=office, voting=voting, on=on, by=by)


def follow(seat: Seat, *, office: str, voting: bool | None, on: date, by: Member) -> Seat:
    """Give the (locked) seat's member another place from that day on."""
    enforce(rules.leaving_stand_in(seat))
    until, ending, ends_by = seat.until, seat.ending, seat.ends_by
    seat.until, seat.ending, seat.ends_by = on, Ending.REPLACED, None
    seat.save(update_fields=["until", "ending", "ends_by"])
    changed = Seat(
        agency=by.agency,
        group=seat.group,
        member=seat.member,
        standing=seat.standing,
        employed_peer=seat.employed_peer,
        voting=seat.voting if voting is None else voting,
        office=office,
        since=on,
        until=until,
        ending=ending,
        ends_by=ends_by,
        offer=seat.offer,
    )
    save_within("seat", changed, instead_of=seat, ending=Ending.PROGRAM, ends_by=None)
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
        enforce(rules.ending_seat(group, by))
    seat = group.seats.select_for_update(of=("self",)).get(pk=seat.pk)
    if seat.until is not None and seat.until <= on:
        raise ValidationError({"on": _("This seat has ended by that day.")})
    if on < seat.since:
        raise ValidationError({"on": _("This seat begins later than that day.")})
    return seat


@transaction.atomic
def end_seats_of(member: Member, *, on: date, leave: Leave | None = None) -> None:
    """End every seat of a member who has left the agency on that day."""
    held = Seat.objects.within(member.agency).filter(Q(until=None) | Q(until__gt=on), member=member)
    for seat in held.select_for_update():
        if leave is not None:
            note_cut(leave, "seat", seat)
        finish(seat, on=max(on, seat.since), ending=Ending.PROGRAM, by=None)
    take_back_offers(SeatOffer.objects.within(member.agency).filter(member=member), on)


def bring_seats_back(leave: Leave) -> None:
    """Restore the seats that a withdrawn leave had cut short, in groups that are still open.

    Except seats given by decisions, which only a new seat can prolong.
    """
    seats = Seat.objects.within(leave.agency).filter(stands_in=None).select_related("group")
    for clip, seat in cut_by(leave, "seat", seats.filter(ending=Ending.PROGRAM)):
        if seat.group.kind in ONE_OF_ITS_KIND or _is_in_the_way(clip, seat):
            continue
        seat.until, seat.ending, seat.ends_by_id = clip.until, clip.ending, clip.ends_by
        seat.save(update_fields=["until", "ending", "ends_by"])
        events.record(
            "seat.changed",
            seat,
            by=None,
            group=seat.group_id,
            member=seat.member_id,
            replaces=seat.pk,
        )


def _is_in_the_way(clip: Clip, seat: Seat) -> bool:
    """Whether the group has ended, or the person sits there on another seat."""
    later = Seat.objects.within(seat.agency).filter(group=seat.group_id, member=seat.member_id)
    later = later.exclude(pk=seat.pk).filter(Q(until=None) | Q(until__gt=F("since")))
    closed = seat.group.closed
    return later.filter(since__gte=seat.since).exists() or (
        closed is not None and (clip.until is None or clip.until > closed)
    )


def take_back_offers(offers: SeatOfferQuerySet, on: date) -> None:
    """Withdraw pending offers, since the group or the member is gone."""
    for offer in offers.waiting().select_for_update():
        offer.become(OfferState.WITHDRAWN)
        offer.answered_on = on
        offer.save()
