"""What waits for readers and the board's chair. No title says what a concern is about."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from concerns.models import Concern, ConcernSeal, KeyHolder, TakenOn
from foundation.addresses import at
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, register


def _asked(member: Member, on: date) -> WaitingRows:
    rows = KeyHolder.objects.within(member.agency).lasting().filter(member=member, public_key="")
    return WaitingRows(rows, label=Value(""))


def _to_do(member: Member, on: date) -> WaitingRows:
    """The reader's own row, once, while a concern is unread or a complaint is not handed in."""
    to_hand_in = Concern.objects.within(member.agency).to_hand_in()
    seals = ConcernSeal.objects.within(member.agency).filter(holder=OuterRef("pk"))
    seals = seals.exclude(envelope=None)
    due = seals.filter(Q(read_on=None) | Q(concern__in=to_hand_in))
    rows = KeyHolder.objects.within(member.agency).keyed().filter(Exists(due), member=member)
    return WaitingRows(rows, label=Value(""))


def _to_answer(member: Member, on: date) -> WaitingRows:
    rows = TakenOn.objects.within(member.agency).unanswered().filter(chair=member)
    return WaitingRows(rows, label=Value(""), due="answer_by")


register(
    WaitingKind(
        code="concerns.asked",
        area=Area.PEOPLE,
        title=_("Say whether you want to read concerns"),
        minutes=5,
        rows=_asked,
        url=lambda member, row: at(member.agency, "concerns:own"),
    )
)
register(
    WaitingKind(
        code="concerns.to_read",
        area=Area.PEOPLE,
        title=_("Read concerns, together with another reader"),
        minutes=20,
        rows=_to_do,
        url=lambda member, row: at(member.agency, "concerns:reading"),
    )
)
register(
    WaitingKind(
        code="concerns.to_answer",
        area=Area.PEOPLE,
        title=_("Answer what two readers brought to you"),
        minutes=30,
        rows=_to_answer,
        url=lambda member, row: at(member.agency, "concerns:brought", pk=row.subject_id),
    )
)
