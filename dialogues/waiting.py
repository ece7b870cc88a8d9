"""What waits in dialogues: themes to deal with, rules to read, two questions to answer."""

from datetime import date, timedelta

from django.db.models import Exists, F, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, StandingKind
from accounts.permissions import Permission
from dialogues import rules, unheard
from dialogues.models import (
    Appeal,
    Dialogue,
    GroundRules,
    ProgramReader,
    SessionTurn,
    Side,
    Silencing,
    Theme,
    ThemeQuerySet,
    Words,
)
from dialogues.models.readers import FACILITATING_OFFICES
from dialogues.policies import DISPOSITION, QUESTIONS, REPLY
from foundation.addresses import at
from groups.models import Attendance, GroupKind, MeetingStatus, Seat
from notifications.areas import Area
from notifications.waiting import Kind, Row, Rows, register

STANDING = {
    Side.CONSUMER: StandingKind.PRIMARY_CONSUMER,
    Side.PROVIDER: StandingKind.PROVIDER,
}


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
    # A theme that was written down late moves no day that was promised to who said it.
    words = Words.objects.within(member.agency).filter(theme=OuterRef("pk")).order_by()
    promised = words.values("theme").annotate(
        first=Least(Min("contribution__reply_by"), Min("voice__reply_by"))
    )
    due = Least(
        F("harvested_on") + REPLY.span(member.agency, on), Subquery(promised.values("first"))
    )
    return Rows(themes, label="title", due=due)


def _words_waiting(member: Member, on: date, clock: str, *, unread: bool) -> Rows:
    """The dialogues that the member leads with words that nobody read, or that are in no theme."""
    seats = Seat.objects.within(member.agency).on(on)
    running = seats.filter(member=member, office__in=FACILITATING_OFFICES)
    mine = Q(group__in=running.values("group"))
    if member.may(Permission.FACILITATE):
        offices = seats.filter(office__in=FACILITATING_OFFICES)
        mine |= ~Q(group__in=offices.values("group"))
    first = unheard.earliest(member.agency, on, clock, unread=unread)
    dialogues = Dialogue.objects.within(member.agency).filter(mine).annotate(first=first)
    return Rows(dialogues.exclude(first=None), label="group__name", due="first")


def _unread(member: Member, on: date) -> Rows:
    return _words_waiting(member, on, "look_by", unread=True)


def _unheard(member: Member, on: date) -> Rows:
    return _words_waiting(member, on, "hear_by", unread=False)


def _program_waiting(member: Member, on: date, clock: str, *, unread: bool) -> Rows:
    first = unheard.earliest_of_program(member.agency, on, clock, unread=unread)
    mine = ProgramReader.objects.within(member.agency).reading(on).filter(member=member)
    return Rows(mine.annotate(first=first).exclude(first=None), label=Value(""), due="first")


def _program_unread(member: Member, on: date) -> Rows:
    return _program_waiting(member, on, "look_by", unread=True)


def _program_unheard(member: Member, on: date) -> Rows:
    return _program_waiting(member, on, "hear_by", unread=False)


def _nobody_named(member: Member, on: date) -> Rows | None:
    """For administrators, once there is a dialogue: somebody has to be named."""
    if rules.naming_readers(member) is not None:
        return None
    agencies = Dialogue.objects.within(member.agency).order_by("pk")
    named = ProgramReader.objects.within(member.agency).reading(on)
    first = Dialogue.objects.within(member.agency).order_by("pk").values("pk")[:1]
    return Rows(agencies.filter(~Exists(named), pk__in=first), label=Value(""))


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


def _words(member: Member, row: Row) -> str:
    return at(member.agency, "dialogues:unheard", pk=row.subject_id)


def _program(member: Member, row: Row) -> str:
    return at(member.agency, "dialogues:unheard_program")


def _readers(member: Member, row: Row) -> str:
    return at(member.agency, "dialogues:program_readers")


def _theme(member: Member, row: Row) -> str:
    return at(member.agency, "dialogues:theme", pk=row.subject_id)


def _dialogue(member: Member, row: Row) -> str:
    return at(member.agency, "dialogues:ground_rules", pk=row.subject_id)


def _session(member: Member, row: Row) -> str:
    return at(member.agency, "dialogues:closing_questions", pk=row.subject_id)


def _to_agree(member: Member, on: date) -> Rows:
    """Requests of one side for which the member stands for the other; who, says `sides`."""
    seats = Seat.objects.within(member.agency).on(on)
    leads = seats.filter(office__in=FACILITATING_OFFICES, group__kind=GroupKind.DIALOGUE)
    standing_in = seats.filter(
        Q(group__kind=GroupKind.COMMITTEE) | Q(pk__in=leads.values("pk")), member=member
    )
    waits = Q(pk__in=[])
    for mine, theirs in ((Side.CONSUMER, Side.PROVIDER), (Side.PROVIDER, Side.CONSUMER)):
        of_side = {"standing": STANDING[mine], "employed_peer": False}
        here = leads.filter(group=OuterRef("dialogue__group"), **of_side)
        able = Exists(here.filter(member=member)) | (
            ~Exists(here) & Exists(standing_in.filter(**of_side))
        )
        waits |= Q(asked_side=theirs) & Q(able)
    rows = Silencing.objects.within(member.agency).undecided(on).exclude(asked_by=member)
    return Rows(
        rows.filter(waits),
        label=Value(""),
        due=F("until") - timedelta(days=1),
        subject=Value(0),
    )


def _appeals(member: Member, on: date) -> Rows:
    seats = Seat.objects.within(member.agency).on(on).of_consumers()
    mine = seats.filter(group__kind=GroupKind.COMMITTEE, member=member)
    rows = Appeal.objects.within(member.agency).filter(outcome="", until__gt=on)
    rows = rows.exclude(votes__member=member).exclude(silencing__asked_by=member)
    rows = rows.exclude(silencing__agreed_by=member)
    rows = rows.exclude(silencing__contribution__author=member)
    return Rows(
        rows.filter(Exists(mine)),
        label=Value(""),
        due=F("until") - timedelta(days=1),
        subject=Value(0),
    )


def _asked(member: Member, row: Row) -> str:
    return at(member.agency, "dialogues:asked")


def _appealed(member: Member, row: Row) -> str:
    return at(member.agency, "dialogues:appeals")


register(
    Kind(
        code="dialogues.silencing",
        area=Area.DIALOGUES,
        title=_("Somebody asks to set words aside: agree or say no"),
        minutes=3,
        rows=_to_agree,
        url=_asked,
    )
)
register(
    Kind(
        code="dialogues.appeal",
        area=Area.DIALOGUES,
        title=_("Somebody wants their words back: decide with others of the committee"),
        minutes=5,
        rows=_appeals,
        url=_appealed,
    )
)
register(
    Kind(
        code="dialogues.first_look",
        area=Area.DIALOGUES,
        title=_("Read what people said in “%(label)s”"),
        minutes=5,
        rows=_unread,
        url=_words,
    )
)
register(
    Kind(
        code="dialogues.unheard",
        area=Area.DIALOGUES,
        title=_("Put what people said in “%(label)s” into a theme"),
        minutes=10,
        rows=_unheard,
        url=_words,
    )
)
register(
    Kind(
        code="dialogues.program_first_look",
        area=Area.DIALOGUES,
        title=_("Read what people said to the whole program"),
        minutes=5,
        rows=_program_unread,
        url=_program,
    )
)
register(
    Kind(
        code="dialogues.program_unheard",
        area=Area.DIALOGUES,
        title=_("Put what people said to the whole program into a theme"),
        minutes=10,
        rows=_program_unheard,
        url=_program,
    )
)
register(
    Kind(
        code="dialogues.nobody_named",
        area=Area.DIALOGUES,
        title=_("Name who reads words to the whole program"),
        minutes=5,
        rows=_nobody_named,
        url=_readers,
    )
)
register(
    Kind(
        code="dialogues.disposition",
        area=Area.DIALOGUES,
        title=_("Say what becomes of the theme “%(label)s”"),
        minutes=5,
        rows=_undisposed,
        url=_theme,
    )
)
register(
    Kind(
        code="dialogues.reply",
        area=Area.DIALOGUES,
        title=_("Reply to those who said it: “%(label)s”"),
        minutes=10,
        rows=_unanswered,
        url=_theme,
    )
)
register(
    Kind(
        code="dialogues.ground_rules",
        area=Area.VOTES,
        title=_("Read the ground rules of “%(label)s”"),
        minutes=2,
        rows=_unread_rules,
        url=_dialogue,
    )
)
register(
    Kind(
        code="dialogues.closing_questions",
        area=Area.VOTES,
        title=_("Two questions about “%(label)s”"),
        minutes=1,
        rows=_questions,
        url=_session,
    )
)
