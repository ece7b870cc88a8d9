"""Waiting items about words: to read them, and to put them into a theme."""

from datetime import date

from django.db.models import Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from dialogues.dialogue.models import FACILITATING_OFFICES, Dialogue
from dialogues.readers.models import ProgramReader
from dialogues.themes import unheard
from foundation.addresses import at
from groups.models import Seat
from groups.waiting import RUNS_A_GROUP
from notifications.areas import Area
from notifications.waiting import Precondition, WaitingKind, WaitingRow, WaitingRows, register


def _words_waiting(member: Member, on: date, clock: str, *, unread: bool) -> WaitingRows:
    """Dialogues the member leads with words that nobody read, or that are in no theme."""
    seats = Seat.objects.within(member.agency).on(on)
    running = seats.filter(member=member, office__in=FACILITATING_OFFICES)
    mine = Q(group__in=running.values("group"))
    if member.may(Permission.FACILITATE):
        offices = seats.filter(office__in=FACILITATING_OFFICES)
        mine |= ~Q(group__in=offices.values("group"))
    first = unheard.earliest(member.agency, on, clock, unread=unread)
    dialogues = Dialogue.objects.within(member.agency).filter(mine).annotate(first=first)
    return WaitingRows(dialogues, label="group__name", due="first")


def _unread(member: Member, on: date) -> WaitingRows:
    return _words_waiting(member, on, "look_by", unread=True)


def _unheard(member: Member, on: date) -> WaitingRows:
    return _words_waiting(member, on, "hear_by", unread=False)


def _reading(member: Member, on: date) -> QuerySet[ProgramReader]:
    return ProgramReader.objects.within(member.agency).reading(on).filter(member=member)


READS_FOR_THE_PROGRAM = Precondition("dialogues.reads_for_the_program", _reading)


def _program_waiting(member: Member, on: date, clock: str, *, unread: bool) -> WaitingRows:
    first = unheard.earliest_of_program(member.agency, on, clock, unread=unread)
    return WaitingRows(_reading(member, on).annotate(first=first), label=Value(""), due="first")


def _program_unread(member: Member, on: date) -> WaitingRows:
    return _program_waiting(member, on, "look_by", unread=True)


def _program_unheard(member: Member, on: date) -> WaitingRows:
    return _program_waiting(member, on, "hear_by", unread=False)


def _words(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "dialogues:unheard", pk=row.subject_id)


def _program(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "dialogues:unheard_program")


register(
    WaitingKind(
        code="dialogues.first_look",
        area=Area.DIALOGUES,
        title=_("Read what people said in “%(label)s”"),
        minutes=5,
        rows=_unread,
        url=_words,
        needs=RUNS_A_GROUP,
        unless=lambda member: member.may(Permission.FACILITATE),
        dated=True,
    )
)
register(
    WaitingKind(
        code="dialogues.unheard",
        area=Area.DIALOGUES,
        title=_("Put what people said in “%(label)s” into a theme"),
        minutes=10,
        rows=_unheard,
        url=_words,
        needs=RUNS_A_GROUP,
        unless=lambda member: member.may(Permission.FACILITATE),
        dated=True,
    )
)
register(
    WaitingKind(
        code="dialogues.program_first_look",
        area=Area.DIALOGUES,
        title=_("Read what people said to the whole program"),
        minutes=5,
        rows=_program_unread,
        url=_program,
        needs=READS_FOR_THE_PROGRAM,
        dated=True,
    )
)
register(
    WaitingKind(
        code="dialogues.program_unheard",
        area=Area.DIALOGUES,
        title=_("Put what people said to the whole program into a theme"),
        minutes=10,
        rows=_program_unheard,
        url=_program,
        needs=READS_FOR_THE_PROGRAM,
        dated=True,
    )
)
