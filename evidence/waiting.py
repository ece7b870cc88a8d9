"""A waiting item for the committee and administrators: the record does not fit its seals."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from evidence.models import RecordProof
from evidence.rules import READERS
from foundation.addresses import at
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, register


def _broken(member: Member, on: date) -> WaitingRows | None:
    if not any(member.may(each) for each in READERS):
        return None
    proofs = RecordProof.objects.within(member.agency).exclude(since=None)
    return WaitingRows(proofs, label="count", due="since")


register(
    WaitingKind(
        code="record.broken",
        area=Area.OVERSIGHT,
        title=_("Somebody changed the record. Look at what does not fit"),
        minutes=5,
        rows=_broken,
        url=lambda member, row: at(member.agency, "evidence:record"),
    )
)
