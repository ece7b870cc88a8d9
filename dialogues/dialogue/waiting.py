"""Waiting items of a dialogue: ground rules to read."""

from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from dialogues.dialogue.models import Dialogue, GroundRules
from foundation.addresses import at
from groups.models import Seat
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRow, WaitingRows, register


def _unread_rules(member: Member, on: date) -> WaitingRows:
    seats = Seat.objects.within(member.agency).on(on).filter(member=member)
    dialogues = Dialogue.objects.within(member.agency).open(on)
    current = GroundRules.objects.within(member.agency).filter(
        dialogue__in=dialogues.filter(group__in=seats.values("group"))
    )
    newer = GroundRules.objects.within(member.agency).filter(
        dialogue=OuterRef("dialogue"), number__gt=OuterRef("number")
    )
    unread = current.exclude(Exists(newer)).exclude(acknowledgements__member=member)
    return WaitingRows(unread, label="dialogue__group__name", subject="dialogue_id")


def _dialogue(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "dialogues:ground_rules", pk=row.subject_id)


register(
    WaitingKind(
        code="dialogues.ground_rules",
        area=Area.VOTES,
        title=_("Read the ground rules of “%(label)s”"),
        minutes=2,
        rows=_unread_rules,
        url=_dialogue,
    )
)
