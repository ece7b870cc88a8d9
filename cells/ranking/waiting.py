"""Waiting items: votes, and ideas to write in silence."""

from datetime import date

from django.db.models import (
    Exists,
    OuterRef,
    Q,
)
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from cells.cell.place import run_by_nobody
from cells.ranking import secrecy
from cells.ranking.models import Ballot, PriorityRound, RoundStatus, SilentIdea
from groups.models import Seat
from groups.rules import RUNNING_OFFICES, works_with_groups
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, page, register


def _votes(member: Member, on: date) -> WaitingRows:
    seats = Seat.objects.within(member.agency).on(on).voting().filter(member=member)
    mine = Ballot.objects.within(member.agency).filter(secrecy.ballot_of(member))
    rounds = PriorityRound.objects.within(member.agency).open()
    waiting = rounds.filter(~Exists(mine), cell__group__in=seats.values("group"), closes_on__gte=on)
    return WaitingRows(waiting, label="cell__group__name", due="closes_on")


def _silence(member: Member, on: date) -> WaitingRows:
    """Ideas are requested, and the member has not written one down."""
    seats = Seat.objects.within(member.agency).on(on).filter(member=member)
    written = SilentIdea.objects.within(member.agency).filter(round=OuterRef("pk"), member=member)
    rounds = PriorityRound.objects.within(member.agency).filter(status=RoundStatus.GATHERING)
    mine = rounds.filter(~Exists(written), cell__group__in=seats.values("group"))
    return WaitingRows(mine, label="question")


def _closings(member: Member, on: date) -> WaitingRows:
    """Votes to close, for people who run the cell; if nobody does, for all who work with groups."""
    seats = Seat.objects.within(member.agency).on(on)
    running = seats.filter(member=member, office__in=RUNNING_OFFICES).values("group")
    mine = Q(opened_by=member) | Q(cell__group__in=running)
    if works_with_groups(member):
        mine |= run_by_nobody(member.agency, on, "cell__group")
    rounds = PriorityRound.objects.within(member.agency).ended(on).filter(mine)
    return WaitingRows(rounds, label="cell__group__name", due="closes_on")


register(
    WaitingKind(
        code="cells.vote",
        area=Area.VOTES,
        title=_("Vote on what comes first: %(label)s"),
        minutes=3,
        rows=_votes,
        url=page("cells:round"),
        codes=secrecy.voters,
    )
)
register(
    WaitingKind(
        code="cells.silence",
        area=Area.VOTES,
        title=_("Write down your ideas: %(label)s"),
        minutes=5,
        rows=_silence,
        url=page("cells:round"),
    )
)
register(
    WaitingKind(
        code="cells.close_vote",
        area=Area.VOTES,
        title=_("The last day to vote is over. Close the vote or give more time: %(label)s"),
        minutes=2,
        rows=_closings,
        url=page("cells:round"),
    )
)
