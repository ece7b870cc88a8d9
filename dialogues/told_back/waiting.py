"""Waiting items about themes: to decide what happens with them, and to reply."""

from datetime import date

from django.db.models import F, Min, OuterRef, Q, Subquery
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.permissions import Permission
from dialogues.dialogue.models import FACILITATING_OFFICES
from dialogues.policies import DISPOSITION, REPLY
from dialogues.themes.models import Theme, ThemeQuerySet, Words
from foundation.addresses import at
from groups.models import Seat
from groups.waiting import RUNS_A_GROUP
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRow, WaitingRows, register


def _facilitated(member: Member, on: date) -> ThemeQuerySet:
    """Themes of the dialogues that the member facilitates."""
    seats = Seat.objects.within(member.agency).on(on).filter(member=member)
    running = seats.filter(office__in=FACILITATING_OFFICES)
    mine = Q(dialogue__group__in=running.values("group"))
    if member.may(Permission.FACILITATE):
        # A dialogue where nobody holds an office belongs to every facilitator.
        offices = Seat.objects.within(member.agency).on(on).filter(office__in=FACILITATING_OFFICES)
        mine |= ~Q(dialogue__group__in=offices.values("group"))
    return Theme.objects.within(member.agency).filter(mine)


def _undisposed(member: Member, on: date) -> WaitingRows:
    themes = _facilitated(member, on).undisposed(on)
    return WaitingRows(
        themes, label="title", due=F("harvested_on") + DISPOSITION.span(member.agency, on)
    )


def _unanswered(member: Member, on: date) -> WaitingRows:
    themes = _facilitated(member, on).unanswered(on).filter(dispositions__on__lte=on).distinct()
    # Recording a theme late does not move the day its authors were promised.
    words = Words.objects.within(member.agency).filter(theme=OuterRef("pk")).order_by()
    promised = words.values("theme").annotate(
        first=Least(Min("contribution__reply_by"), Min("voice__reply_by"))
    )
    due = Least(
        F("harvested_on") + REPLY.span(member.agency, on), Subquery(promised.values("first"))
    )
    return WaitingRows(themes, label="title", due=due)


def _theme(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "dialogues:theme", pk=row.subject_id)


register(
    WaitingKind(
        code="dialogues.disposition",
        area=Area.DIALOGUES,
        title=_("Decide what happens next: “%(label)s”"),
        minutes=5,
        rows=_undisposed,
        url=_theme,
        needs=RUNS_A_GROUP,
        unless=lambda member: member.may(Permission.FACILITATE),
    )
)
register(
    WaitingKind(
        code="dialogues.reply",
        area=Area.DIALOGUES,
        title=_("Reply to those who said it: “%(label)s”"),
        minutes=10,
        rows=_unanswered,
        url=_theme,
        needs=RUNS_A_GROUP,
        unless=lambda member: member.may(Permission.FACILITATE),
    )
)
