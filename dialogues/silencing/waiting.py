"""Waiting items about setting words aside: to agree, and to decide an appeal."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, StandingKind
from dialogues.dialogue.models import FACILITATING_OFFICES
from dialogues.sessions.models import SessionSide
from dialogues.silencing.models import Appeal, Silencing
from foundation.addresses import at
from groups.models import GroupKind, Seat, SeatQuerySet
from notifications.areas import Area
from notifications.waiting import Precondition, WaitingKind, WaitingRow, WaitingRows, register

STANDING = {
    SessionSide.CONSUMER: StandingKind.PRIMARY_CONSUMER,
    SessionSide.PROVIDER: StandingKind.PROVIDER,
}


def _answering(member: Member, on: date) -> SeatQuerySet:
    """The member's seats in a committee, and those in which they lead a dialogue."""
    leads = Q(group__kind=GroupKind.DIALOGUE, office__in=FACILITATING_OFFICES)
    mine = Seat.objects.within(member.agency).on(on).filter(member=member)
    return mine.filter(leads | Q(group__kind=GroupKind.COMMITTEE))


ANSWERS_FOR_A_SIDE = Precondition("dialogues.answers_for_a_side", _answering)


def _to_agree(member: Member, on: date) -> WaitingRows:
    """Requests of the other side that the member may answer; `sides` says who may."""
    seats = Seat.objects.within(member.agency).on(on)
    leads = seats.filter(office__in=FACILITATING_OFFICES, group__kind=GroupKind.DIALOGUE)
    standing_in = seats.filter(
        Q(group__kind=GroupKind.COMMITTEE) | Q(pk__in=leads.values("pk")), member=member
    )
    waits = Q(pk__in=[])
    for mine, theirs in (
        (SessionSide.CONSUMER, SessionSide.PROVIDER),
        (SessionSide.PROVIDER, SessionSide.CONSUMER),
    ):
        of_side = {"standing": STANDING[mine], "employed_peer": False}
        here = leads.filter(group=OuterRef("dialogue__group"), **of_side)
        able = Exists(here.filter(member=member)) | (
            ~Exists(here) & Exists(standing_in.filter(**of_side))
        )
        waits |= Q(asked_side=theirs) & Q(able)
    rows = Silencing.objects.within(member.agency).undecided(on).exclude(asked_by=member)
    return WaitingRows(
        rows.filter(waits),
        label=Value(""),
        due=F("until") - timedelta(days=1),
        subject=Value(0),
    )


def _appeals(member: Member, on: date) -> WaitingRows:
    seats = Seat.objects.within(member.agency).on(on).of_consumers()
    mine = seats.filter(group__kind=GroupKind.COMMITTEE, member=member)
    rows = Appeal.objects.within(member.agency).filter(outcome="", until__gt=on)
    rows = rows.exclude(votes__member=member).exclude(silencing__asked_by=member)
    rows = rows.exclude(silencing__agreed_by=member)
    rows = rows.exclude(silencing__contribution__author=member)
    return WaitingRows(
        rows.filter(Exists(mine)),
        label=Value(""),
        due=F("until") - timedelta(days=1),
        subject=Value(0),
    )


def _asked(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "dialogues:asked")


def _appealed(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "dialogues:appeals")


register(
    WaitingKind(
        code="dialogues.silencing",
        area=Area.DIALOGUES,
        title=_("Somebody asks to set words aside: agree or say no"),
        minutes=3,
        rows=_to_agree,
        url=_asked,
        needs=ANSWERS_FOR_A_SIDE,
    )
)
register(
    WaitingKind(
        code="dialogues.appeal",
        area=Area.DIALOGUES,
        title=_("Somebody wants their words back: decide with others of the committee"),
        minutes=5,
        rows=_appeals,
        url=_appealed,
        needs=ANSWERS_FOR_A_SIDE,
    )
)
