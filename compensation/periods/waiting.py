"""Waiting items about the books: some to close together, or that do not agree."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from compensation.periods import rules
from compensation.periods.models import AccountingPeriod, LedgerProof
from foundation.addresses import at
from notifications.areas import Area
from notifications.waiting import WaitingKind, WaitingRows, register


def _to_close(member: Member, on: date) -> WaitingRows | None:
    hands = rules.hands(member)
    if not hands:
        return None
    asked = AccountingPeriod.objects.within(member.agency).asked().exclude(asked_by=member)
    others = [hand for hand in rules.HANDS if {*rules.HANDS} - {hand} <= {*hands}]
    return WaitingRows(asked.filter(asked_as__in=others), label="last")


def _disagreeing(member: Member, on: date) -> WaitingRows | None:
    if rules.asking(member) is not None:
        return None
    proofs = LedgerProof.objects.within(member.agency).exclude(since=None)
    return WaitingRows(proofs, label="postings", due="since")


register(
    WaitingKind(
        code="books.disagree",
        area=Area.PAYMENTS,
        title=_("The ledger does not agree with the payments. Look at it"),
        minutes=5,
        rows=_disagreeing,
        url=lambda member, row: at(member.agency, "compensation:ledger"),
    )
)
register(
    WaitingKind(
        code="books.to_close",
        area=Area.PAYMENTS,
        title=_("Close the books together with somebody"),
        minutes=5,
        rows=_to_close,
        url=lambda member, row: at(member.agency, "compensation:close_books", pk=row.subject_id),
    )
)
