"""What waits in dialogues: themes to deal with, rules to read, two questions to answer."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from dialogues.models import Dialogue, GroundRules, SessionTurn, Theme, ThemeQuerySet
from dialogues.policies import DISPOSITION, QUESTIONS, REPLY
from dialogues.rules import FACILITATING_OFFICES
from foundation.addresses import at
from groups.models import Attendance, GroupKind, MeetingStatus, Seat
from notifications.waiting import Kind, Row, Rows, register


def _facilitated(member: Member, on: date) -> ThemeQuerySet:
    """Themes of the dialogues that the member facilitates; all, for a facilitator without any."""
    seats = Seat.objects.within(member.agency).on(on).filter(member=member)
    running = seats.filter(office__in=FACILITATING_OFFICES)
    mine = Q(dialogue__group__in=running.values("group"))
    if member.may(Permission.FACILITATE):
        # A dialogue in which nobody has an office is every facilitator's.
        offices = Seat.objects.within(member.agency).on(on).filter(office__in=FACILITATING_OFFICES)
        mine |= ~Q(dialogue__group__in=offices.values("group"))
    return Theme.objects.within(member.agency).filter(mine)


def _undisposed(member: Member, on: date) -> Rows:
    themes = _facilitated(member, on).undisposed(on)
    return Rows(themes, label="title", due=F("harvested_on") + DISPOSITION.span(member.agency, on))


def _unanswered(member: Member, on: date) -> Rows:
    themes = _facilitated(member, on).unanswered(on).filter(dispositions__on__lte=on).distinct()
    return Rows(themes, label="title", due=F("harvested_on") + REPLY.span(member.agency, on))


def _unread_rules(member: Member, on: date) -> Rows:
    seats = Seat.objects.within(member.agency).on(on).filter(member=member)
    dialogues = Dialogue.objects.within(member.agency).open(on)
    current = GroundRules.objects.within(member.agency).filter(
        dialogue__in=dialogues.filter(group__in=seats.values("group"))
    )
    newer = GroundRules.objects.within(member.agency).filter(
        dialogue=OuterRef("dialogue"), number__gt=OuterRef("number")
    )
    unread = current.exclude(Exists(newer)).exclude(acknowledgements__member=member)
    return Rows(unread, label="dialogue__group__name", subject="dialogue_id")


def _questions(member: Member, on: date) -> Rows:
    open_for = QUESTIONS.span(member.agency, on)
    turns = SessionTurn.objects.within(member.agency).filter(member=member)
    there = Attendance.objects.within(member.agency).filter(
        member=member,
        meeting__group__kind=GroupKind.DIALOGUE,
        meeting__status=MeetingStatus.HELD,
        meeting__on__lte=on,
        meeting__on__gt=on - open_for,
    )
    return Rows(
        there.exclude(meeting__in=turns.values("meeting")),
        label="meeting__group__name",
        due=F("meeting__on") + open_for - timedelta(days=1),
        subject="meeting_id",
    )


def _theme(member: Member, row: Row) -> str:
    return at(member.agency, "dialogues:theme", pk=row.subject_id)


def _dialogue(member: Member, row: Row) -> str:
    return at(member.agency, "dialogues:ground_rules", pk=row.subject_id)


def _session(member: Member, row: Row) -> str:
    return at(member.agency, "dialogues:closing_questions", pk=row.subject_id)


register(
    Kind(
        code="dialogues.disposition",
        title=_("Say what becomes of the theme “%(label)s”"),
        minutes=5,
        rows=_undisposed,
        url=_theme,
    )
)
register(
    Kind(
        code="dialogues.reply",
        title=_("Reply to those who said it: “%(label)s”"),
        minutes=10,
        rows=_unanswered,
        url=_theme,
    )
)
register(
    Kind(
        code="dialogues.ground_rules",
        title=_("Read the ground rules of “%(label)s”"),
        minutes=2,
        rows=_unread_rules,
        url=_dialogue,
    )
)
register(
    Kind(
        code="dialogues.closing_questions",
        title=_("Two questions about “%(label)s”"),
        minutes=1,
        rows=_questions,
        url=_session,
    )
)
