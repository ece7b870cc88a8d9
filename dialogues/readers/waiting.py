"""Waiting items for administrators: to name readers for the whole program."""

from datetime import date

from django.db.models import Exists, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from dialogues.dialogue.models import Dialogue
from dialogues.readers import rules
from dialogues.readers.models import ProgramReader
from foundation.addresses import at
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRow, WaitingRows, register


def _nobody_named(member: Member, on: date) -> WaitingRows | None:
    """For administrators, once there is a dialogue but no reader."""
    if rules.naming_readers(member) is not None:
        return None
    agencies = Dialogue.objects.within(member.agency).order_by("pk")
    named = ProgramReader.objects.within(member.agency).reading(on)
    first = Dialogue.objects.within(member.agency).order_by("pk").values("pk")[:1]
    return WaitingRows(agencies.filter(~Exists(named), pk__in=first), label=Value(""))


def _readers(member: Member, row: WaitingRow) -> str:
    return at(member.agency, "dialogues:program_readers")


register(
    WaitingKind(
        code="dialogues.nobody_named",
        area=Area.DIALOGUES,
        title=_("Name who reads words to the whole program"),
        minutes=5,
        rows=_nobody_named,
        url=_readers,
    )
)
